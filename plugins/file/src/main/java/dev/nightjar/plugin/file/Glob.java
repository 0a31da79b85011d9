package dev.nightjar.plugin.file;

import dev.nightjar.spi.PermanentFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files a pattern means. {@code *}, {@code ?} and {@code [a-z]} match inside one name, {@code
 * {a,b}} is either of two texts, {@code **} is any number of folders.
 *
 * <p>As in a shell, a name that starts with a dot must be asked for with a dot, folders are no
 * match, and {@code **} does not follow links to folders, so it never runs in circles. A path that
 * exists as it is written is no pattern.
 */
final class Glob {

  private static final int LONGEST = 4096;

  private final Path root;
  private final List<String> names;
  private final Runnable pulse;
  private final Set<Path> found;
  private final Set<Place> visited = new HashSet<>();

  /** A folder looked at with the pattern's names from an index on. */
  private record Place(Path folder, int index) {}

  private Glob(Path root, List<String> names, Runnable pulse, Set<Path> found) {
    this.root = root;
    this.names = names;
    this.pulse = pulse;
    this.found = found;
  }

  /**
   * The files that match, in the order of their paths' bytes; a path that exists as written is
   * taken whatever it is.
   *
   * @param pattern an absolute path
   * @param pulse called for each folder looked into
   * @throws PermanentFailure when a folder may not be listed, or the pattern is out of all measure
   */
  static List<Path> files(Path pattern, Runnable pulse) throws IOException {
    String text = pattern.toString();
    if (Files.exists(pattern, LinkOption.NOFOLLOW_LINKS)) {
      return List.of(pattern);
    }
    if (text.length() > LONGEST) {
      throw new PermanentFailure(
          "a path of " + text.length() + " characters: at most " + LONGEST + " can mean a file");
    }
    var found = new TreeSet<Path>();
    if (isPattern(text)) {
      for (String one : Braces.expand(text)) {
        Path path = pattern.getFileSystem().getPath(one);
        var glob = new Glob(path.getRoot(), names(path), pulse, found);
        glob.walk(glob.root, 0);
      }
    }
    return List.copyOf(found);
  }

  /** Whether a path holds anything that a pattern is made of. */
  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
  }

  /** The names of a path; of several {@code **} in a row one, and a last one with a name behind. */
  private static List<String> names(Path path) {
    var names = new ArrayList<String>();
    for (Path part : path) {
      String name = part.toString();
      if (!name.equals("**") || names.isEmpty() || !names.getLast().equals("**")) {
        names.add(name);
      }
    }
    if (!names.isEmpty() && names.getLast().equals("**")) {
      names.add("*");
    }
    return names;
  }

  private void walk(Path folder, int index) throws IOException {
    String name = names.get(index);
    if (name.equals("**")) {
      descend(folder, index);
    } else if (!isPattern(name)) {
      enter(folder.resolve(name), index);
    } else {
      var matcher = NamePattern.of(name);
      for (Path child : list(folder)) {
        if (matcher.matches(child.getFileName().toString())) {
          enter(child, index);
        }
      }
    }
  }

  private void enter(Path child, int index) throws IOException {
    boolean last = index == names.size() - 1;
    if (!last) {
      walk(child, index + 1);
    } else if (isThere(child)) {
      found.add(child);
    }
  }

  /** Whether there is something that is no folder, nor a link to one. */
  private static boolean isThere(Path path) {
    try {
      var lies = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return !(lies.isSymbolicLink() ? Files.isDirectory(path) : lies.isDirectory());
    } catch (IOException gone) {
      return false;
    }
  }

  private void descend(Path folder, int index) throws IOException {
    if (!visited.add(new Place(folder, index))) {
      return;
    }
    walk(folder, index + 1);
    for (Path child : list(folder)) {
      if (!child.getFileName().toString().startsWith(".")
          && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        descend(child, index);
      }
    }
  }

  private List<Path> list(Path folder) throws IOException {
    pulse.run();
    var children = new ArrayList<Path>();
    try (Stream<Path> stream = Files.list(folder)) {
      stream.forEach(children::add);
    } catch (NotDirectoryException | NoSuchFileException nothing) {
      return List.of();
    } catch (UncheckedIOException failure) {
      throw unlisted(folder, "it breaks off", failure);
    } catch (IOException failure) {
      throw unlisted(folder, Reason.of(failure), failure);
    }
    return children;
  }

  private static PermanentFailure unlisted(Path folder, String reason, Exception failure) {
    return new PermanentFailure("cannot look for files in " + folder + ": " + reason, failure);
  }
}
