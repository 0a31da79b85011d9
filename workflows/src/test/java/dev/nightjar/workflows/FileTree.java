package dev.nightjar.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whole folders: copied, and read to be compared. */
final class FileTree {

  private FileTree() {}

  /** Copies the files below a folder whose relative paths are wanted. */
  static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    for (Map.Entry<String, Path> file : files(from).entrySet()) {
      if (wanted.test(Path.of(file.getKey()))) {
        Path target = to.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.copy(file.getValue(), target);
      }
    }
  }

  /**
   * Every file's content by its path below the folder; none for a folder that is not there. ISO
   * 8859-1 keeps each byte apart, so that equal texts are equal bytes.
   */
  static SortedMap<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    for (Map.Entry<String, Path> file : files(folder).entrySet()) {
      contents.put(file.getKey(), Files.readString(file.getValue(), StandardCharsets.ISO_8859_1));
    }
    return contents;
  }

  private static SortedMap<String, Path> files(Path folder) throws IOException {
    var files = new TreeMap<String, Path>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString(), file));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files;
  }
}
