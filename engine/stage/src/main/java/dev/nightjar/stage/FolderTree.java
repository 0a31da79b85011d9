package dev.nightjar.stage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folders of the engine's own, whose files nobody else reads. */
public final class FolderTree {

  /** With fewer entries than these it is not worth a second thread. */
  private static final int MANY = 8;

  private FolderTree() {}

  /**
   * Removes a file, or a folder and all below it; links are not followed, what is not there is
   * fine. What cannot be removed stays: it lies in a work folder and harms nobody.
   */
  public static void remove(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException leftBehind) {
      // Whoever comes next uses a folder of its own.
    }
  }

  /**
   * As {@link #remove}, several of the folder's entries at a time: to give back what the system
   * keeps of large files in memory takes as long as to write it there.
   */
  public static void removeTogether(Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      removeEntries(folder);
      remove(folder);
    }
  }

  private static void removeEntries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all = entries.toList();
      if (all.size() >= MANY) {
        all.parallelStream().forEach(FolderTree::remove);
      }
    } catch (IOException unlisted) {
      // Then nothing is shared out.
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
