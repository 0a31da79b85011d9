package dev.nightjar.daemon.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds workflow files: {@code *.yaml} and {@code *.yml} at any depth. Hidden files and folders are
 * left out, links to folders not followed; the folder that is asked for may be one.
 */
public final class WorkflowFiles {

  private WorkflowFiles() {}

  /**
   * What is there.
   *
   * @param files with how they looked
   * @param unread the folders that could not be listed, and why
   */
  record Listing(SortedMap<Path, FileStamp> files, SortedMap<Path, IOException> unread) {

    /** Whether a file lies where nobody could look. */
    boolean hides(Path file) {
      return unread.keySet().stream().anyMatch(file::startsWith);
    }
  }

  /**
   * The files below a folder, sorted.
   *
   * @throws IOException when the folder, or one in it, cannot be listed
   */
  public static List<Path> below(Path folder) throws IOException {
    Listing found = list(folder);
    if (!found.unread().isEmpty()) {
      throw found.unread().firstEntry().getValue();
    }
    return List.copyOf(found.files().keySet());
  }

  /** As much as can be listed. */
  static Listing list(Path folder) {
    var found = new Listing(new TreeMap<>(), new TreeMap<>());
    if (!Files.isDirectory(folder)) {
      IOException why =
          Files.exists(folder)
              ? new NotDirectoryException(folder.toString())
              : new NoSuchFileException(folder.toString());
      found.unread().put(folder, why);
      return found;
    }
    try {
      Path real = folder.toRealPath();
      Files.walkFileTree(real, new Search(real, folder, found));
    } catch (IOException e) {
      found.unread().put(folder, e);
    }
    return found;
  }

  /** What is found below where a folder really is goes by the name that it was given. */
  private static final class Search extends SimpleFileVisitor<Path> {

    private final Path start;
    private final Path named;
    private final boolean renamed;
    private final Listing found;

    Search(Path start, Path named, Listing found) {
      this.start = start;
      this.named = named;
      this.renamed = !start.equals(named);
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      Path name = folder.getFileName();
      boolean hidden = name != null && name.toString().startsWith(".") && !folder.equals(start);
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      if (!name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
        found.files().put(named(file), FileStamp.of(file, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) {
      boolean vanished = failure instanceof NoSuchFileException && !path.equals(start);
      if (!vanished) {
        found.unread().put(named(path), failure);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      if (failure != null) {
        found.unread().put(named(folder), failure);
      }
      return FileVisitResult.CONTINUE;
    }

    private Path named(Path path) {
      return renamed ? named.resolve(start.relativize(path)) : path;
    }
  }
}
