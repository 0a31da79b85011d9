package dev.nightjar.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of the cache's bundles, in a folder of their own. A bundle's name begins with the time
 * when it was made, in milliseconds.
 */
final class CacheFiles {

  /**
   * A file that belongs to no bundle is left alone so long: its bundle may be about to be noted.
   */
  private static final Duration UNNOTED = Duration.ofHours(1);

  private final Path folder;
  private final InstantSource clock;
  private int made;

  CacheFiles(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  Path file(String bundle, int number) {
    return folder.resolve(bundle + "." + number);
  }

  /**
   * Links files into the folder, or copies them where that cannot be; they are on disk afterwards.
   *
   * @return the bundle's name
   */
  synchronized String add(List<Path> files) throws IOException {
    Files.createDirectories(folder);
    while (true) {
      String name = name();
      try {
        add(files, name);
        return name;
      } catch (FileAlreadyExistsException taken) {
        // By a process of the same number, in another container.
      }
    }
  }

  private void add(List<Path> files, String name) throws IOException {
    var done = new ArrayList<Path>();
    try {
      for (Path from : files) {
        Path to = file(name, done.size());
        link(from, to);
        done.add(to);
        flush(to, StandardOpenOption.WRITE);
      }
      if (!done.isEmpty()) {
        flush(folder, StandardOpenOption.READ);
      }
    } catch (IOException e) {
      done.forEach(CacheFiles::remove);
      throw e;
    }
  }

  private String name() {
    made++;
    return "%013d-%d-%d".formatted(clock.millis(), ProcessHandle.current().pid(), made);
  }

  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException otherDisk) {
      Path beside = to.resolveSibling(to.getFileName() + ".new");
      Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void flush(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  void remove(String bundle, int files) {
    for (int i = 0; i < files; i++) {
      remove(file(bundle, i));
    }
  }

  /** What cannot be removed now is found by a later sweep. */
  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException later) {
      // It takes room and is used by nobody.
    }
  }

  /**
   * Removes files that a process left behind which died before it noted them.
   *
   * @param known whether there is a bundle of a name
   */
  void sweep(Predicate<String> known) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    long before = clock.instant().minus(UNNOTED).toEpochMilli();
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.toList();
    }
    for (Path file : found) {
      String name = file.getFileName().toString();
      int dot = name.indexOf('.');
      int dash = name.indexOf('-');
      if (dash > 0 && dot > dash && time(name.substring(0, dash)) < before) {
        if (!known.test(name.substring(0, dot))) {
          remove(file);
        }
      }
    }
  }

  private static long time(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException notOurs) {
      return Long.MAX_VALUE;
    }
  }
}
