package dev.nightjar.daemon.trigger;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files that a pattern means, and which of them are new or changed and have settled. */
public final class FilesDue {

  /** The characters by which a name is a pattern. */
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  private final Path start;
  private final PathMatcher matcher;
  private final int depth;
  private final long settleNanos;

  /** By path, what a file is like that is not as it was seen, and since when it is. */
  private final Map<Path, Waiting> waiting = new HashMap<>();

  private record Waiting(String stamp, long since) {}

  /**
   * Watches.
   *
   * @param folder where a relative pattern starts, absolute
   * @param pattern such as {@code in/*.csv}; {@code **} means folders of any depth
   * @param settle how long a file has to stay as it is
   */
  public FilesDue(Path folder, String pattern, Duration settle) {
    Path whole = folder.resolve(pattern).normalize();
    this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + whole);
    Path fixed = whole;
    while (fixed.getParent() != null
        && (WILD.matcher(fixed.toString()).find() || fixed.equals(whole))) {
      fixed = fixed.getParent();
    }
    this.start = fixed;
    boolean deep = whole.toString().contains("**");
    this.depth = deep ? Integer.MAX_VALUE : whole.getNameCount() - fixed.getNameCount();
    this.settleNanos = settle.toNanos();
  }

  /**
   * What a look has found.
   *
   * @param settled stamps of the files that are due, by absolute path
   * @param gone files that were seen and are not there any more
   */
  public record Look(Map<String, String> settled, List<String> gone) {}

  /**
   * Looks.
   *
   * @param seen the stamps of files that have been due before
   * @param nanos a clock that only goes forward
   */
  public Look look(Map<String, String> seen, long nanos) {
    Map<Path, String> there = list();
    waiting.keySet().retainAll(there.keySet());
    Map<String, String> settled = new TreeMap<>();
    there.forEach((file, stamp) -> {
      if (stamp.equals(seen.get(file.toString()))) {
        waiting.remove(file);
        return;
      }
      Waiting known = waiting.get(file);
      if (known == null || !known.stamp().equals(stamp)) {
        known = new Waiting(stamp, nanos);
        waiting.put(file, known);
      }
      if (nanos - known.since() >= settleNanos) {
        settled.put(file.toString(), stamp);
      }
    });
    List<String> gone = new ArrayList<>();
    for (String file : seen.keySet()) {
      if (!there.containsKey(Path.of(file))) {
        gone.add(file);
      }
    }
    return new Look(settled, gone);
  }

  private Map<Path, String> list() {
    Map<Path, String> files = new HashMap<>();
    try {
      Files.walkFileTree(start, java.util.Set.of(), depth, new Listing(files));
    } catch (IOException unreadable) {
      // What cannot be listed now may be the next time.
      return files;
    }
    return files;
  }

  private final class Listing extends SimpleFileVisitor<Path> {

    private final Map<Path, String> files;

    Listing(Map<Path, String> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && matcher.matches(file)) {
        files.put(file, stamp(attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static String stamp(BasicFileAttributes attributes) {
    return attributes.size()
        + " "
        + attributes.lastModifiedTime().toInstant()
        + " "
        + attributes.fileKey();
  }
}
