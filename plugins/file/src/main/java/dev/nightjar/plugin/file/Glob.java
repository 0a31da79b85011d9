package dev.nightjar.plugin.file;

import dev.nightjar.spi.PermanentFailure;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
  private final List<Path> found;
  private final Set<Place> visited = new HashSet<>();

  /** A folder looked at with the pattern's names from an index on. */
  private record Place(Path folder, int index) {}

  private Glob(Path root, List<String> names, Runnable pulse, List<Path> found) {
    this.root = root;
    this.names = names;
    this.pulse = pulse;
    this.found = found;
  }

  /**
   * Paths whose names match, in the order of their bytes, each once.
   *
   * @param written whether it is one that exists as it is written, which is taken whatever it is;
   *     of others {@link Found} tells whether they are files
   */
  record Matches(List<Path> paths, boolean written) {}

  /**
   * What may be meant, by the names alone: nothing is looked at but folders.
   *
   * @param pattern an absolute path
   * @param pulse called for each folder looked into
   * @throws PermanentFailure when a folder may not be listed, or the pattern is out of all measure
   */
  static Matches matches(Path pattern, Runnable pulse) throws IOException {
    String text = pattern.toString();
    if (Files.exists(pattern, LinkOption.NOFOLLOW_LINKS)) {
      return new Matches(List.of(pattern), true);
    }
    if (text.length() > LONGEST) {
      throw new PermanentFailure(
          "a path of " + text.length() + " characters: at most " + LONGEST + " can mean a file");
    }
    var found = new ArrayList<Path>();
    if (isPattern(text)) {
      for (String one : Braces.expand(text)) {
        Path path = pattern.getFileSystem().getPath(one);
        var glob = new Glob(path.getRoot(), names(path), pulse, found);
        glob.walk(glob.root, 0);
      }
    }
    return new Matches(sortedOnce(found), false);
  }

  private static List<Path> sortedOnce(List<Path> paths) {
    paths.sort(null);
    var once = new ArrayList<Path>(paths.size());
    for (Path path : paths) {
      if (once.isEmpty() || !once.getLast().equals(path)) {
        once.add(path);
      }
    }
    return once;
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
        if (matcher.matches(name(child))) {
          enter(child, index);
        }
      }
    }
  }

  private void enter(Path child, int index) throws IOException {
    if (index == names.size() - 1) {
      found.add(child);
    } else {
      walk(child, index + 1);
    }
  }

  /** Without a path of its own, which takes as long as to match it. */
  private static String name(Path child) {
    String text = child.toString();
    return text.substring(text.lastIndexOf(child.getFileSystem().getSeparator()) + 1);
  }

  private void descend(Path folder, int index) throws IOException {
    if (!visited.add(new Place(folder, index))) {
      return;
    }
    walk(folder, index + 1);
    for (Path child : list(folder)) {
      if (!name(child).startsWith(".") && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        descend(child, index);
      }
    }
  }

  private List<Path> list(Path folder) throws IOException {
    pulse.run();
    var children = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (NotDirectoryException | NoSuchFileException nothing) {
      return List.of();
    } catch (DirectoryIteratorException failure) {
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
