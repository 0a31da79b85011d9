package dev.nightjar.daemon.folder;

import dev.nightjar.stage.plugin.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The jars of a folder as they were when they last had settled. For one thread. */
final class PluginWatch {

  private final Path folder;
  private final KeptJars kept;
  private final SortedMap<Path, Jar> there = new TreeMap<>();
  private Map<Path, FileStamp> seen = Map.of();
  private @Nullable Problem unlisted;

  PluginWatch(Path folder, KeptJars kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * A jar that has settled.
   *
   * @param stamp null when it could not be read, which may be mended without a trace on the file
   * @param digest null when it is no jar
   * @param problem why not
   */
  private record Jar(
      @Nullable FileStamp stamp, @Nullable String digest, @Nullable Problem problem) {

    boolean tellsAs(@Nullable Jar other) {
      return other != null
          && Objects.equals(digest, other.digest)
          && Objects.equals(problem, other.problem);
    }
  }

  /**
   * Reads what is there, settled or not.
   *
   * @return the jars
   * @throws IOException when the folder cannot be listed
   */
  Set<Path> begin() throws IOException {
    seen = list();
    seen.forEach(this::read);
    return seen.keySet();
  }

  /** Reads what has changed and looks as it did in the look before; whether there was any. */
  boolean look() {
    Map<Path, FileStamp> now;
    try {
      now = list();
    } catch (IOException e) {
      boolean first = unlisted == null;
      unlisted = new Problem(folder, "cannot be listed; what was in force stays");
      return first;
    }
    boolean changed = unlisted != null;
    unlisted = null;
    for (Map.Entry<Path, FileStamp> file : now.entrySet()) {
      FileStamp stamp = file.getValue();
      Jar known = there.get(file.getKey());
      boolean read = known != null && stamp.equals(known.stamp());
      if (!read && stamp.equals(seen.get(file.getKey()))) {
        changed |= read(file.getKey(), stamp);
      }
    }
    Map<Path, FileStamp> before = seen;
    changed |= there.keySet().removeIf(jar -> !now.containsKey(jar) && !before.containsKey(jar));
    seen = now;
    return changed;
  }

  private Map<Path, FileStamp> list() throws IOException {
    Map<Path, FileStamp> jars = new HashMap<>();
    // A glob would be compiled at each look.
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> file.toString().endsWith(".jar"))) {
      for (Path file : files) {
        try {
          var listed =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          jars.put(file, FileStamp.of(file, listed));
        } catch (NoSuchFileException vanished) {
          // As if it had not been listed.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return jars;
  }

  /** Whether there is something else to tell of the jar than before. */
  private boolean read(Path file, FileStamp stamp) {
    Jar jar;
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("it is no file");
      }
      jar = new Jar(stamp, kept.keep(file), null);
      var listed = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!FileStamp.of(file, listed).equals(stamp)) {
        return false;
      }
    } catch (ZipException e) {
      jar = new Jar(stamp, null, new Problem(file, "is no jar, or not yet: " + e.getMessage()));
    } catch (IOException e) {
      jar = new Jar(null, null, new Problem(file, "cannot be copied: " + e.getMessage()));
    }
    return !jar.tellsAs(there.put(file, jar));
  }

  /** The digests of what is there; of a jar that cannot be read, the one that was in force. */
  SortedMap<Path, String> jars(SortedMap<Path, String> inForce) {
    SortedMap<Path, String> jars = new TreeMap<>();
    there.forEach((path, jar) -> {
      String digest = jar.digest() == null ? inForce.get(path) : jar.digest();
      if (digest != null) {
        jars.put(path, digest);
      }
    });
    return jars;
  }

  /** Of what is there, in force or not. */
  Stream<String> digests() {
    return there.values().stream().map(Jar::digest).filter(Objects::nonNull);
  }

  /** The jars that cannot be read as such, and the folder if it cannot be listed. */
  List<Problem> problems() {
    return Stream.concat(
            Stream.ofNullable(unlisted),
            there.values().stream().map(Jar::problem).filter(Objects::nonNull))
        .toList();
  }
}
