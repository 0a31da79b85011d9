package dev.nightjar.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** What a task has left on disk. */
final class PartFolder {

  private PartFolder() {}

  /** The bytes of all files below it; -1 when there is no such folder. */
  static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return -1;
    }
    try {
      var sizes = new Sizes();
      Files.walkFileTree(folder, sizes);
      return sizes.bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Sizes extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }
  }
}
