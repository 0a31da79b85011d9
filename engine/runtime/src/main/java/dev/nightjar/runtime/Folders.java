package dev.nightjar.runtime;

import dev.nightjar.spi.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which files a run may write and how messages name them.
 *
 * @param base the workflow file's folder, where its paths start
 * @param root the folder the run was started for: nothing is written outside of it
 */
record Folders(Path base, Path root, boolean allowOutside) {

  /** More links than this one behind the other are a circle. */
  private static final int LINKS = 40;

  /** Relative where the file lies below the workflow's folder. */
  String display(Path path) {
    Path plain = path.toAbsolutePath().normalize();
    Path start = base.toAbsolutePath().normalize();
    return plain.startsWith(start) && !plain.equals(start)
        ? start.relativize(plain).toString()
        : plain.toString();
  }

  /** The path itself, or a failure when it leads outside, links followed. */
  Path writable(Path path) {
    if (allowOutside) {
      return path;
    }
    try {
      if (real(path.toAbsolutePath(), 0).startsWith(root.toRealPath())) {
        return path;
      }
    } catch (IOException e) {
      throw new PermanentFailure("cannot tell where " + display(path) + " lies: " + e.getMessage());
    }
    throw new PermanentFailure(
        display(path)
            + " lies outside of "
            + root
            + ", the folder this run may write in; run with --allow-outside if that is meant");
  }

  /** Where a path leads, though the end of it may not be there yet. */
  private static Path real(Path path, int links) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    if (links > LINKS) {
      throw new IOException("its links lead in a circle");
    }
    Path parent = path.getParent();
    if (parent == null) {
      return path;
    }
    if (Files.isSymbolicLink(path)) {
      return real(parent.resolve(Files.readSymbolicLink(path)), links + 1);
    }
    Path name = path.getFileName();
    return real(parent, links).resolve(name).normalize();
  }
}
