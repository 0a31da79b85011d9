package dev.nightjar.runtime;

import dev.nightjar.spi.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which files a run may write and how messages name them. */
final class Folders {

  /** More links than this one behind the other are a circle. */
  private static final int LINKS = 40;

  private final Path base;
  private final Path root;
  private final boolean allowOutside;

  /** What the text of a path begins with that lies below the workflow's folder. */
  private final String below;

  /**
   * The folders of a run.
   *
   * @param base the workflow file's folder, where its paths start
   * @param root the folder the run was started for: nothing is written outside of it
   */
  Folders(Path base, Path root, boolean allowOutside) {
    this.base = base;
    this.root = root;
    this.allowOutside = allowOutside;
    String start = base.toAbsolutePath().normalize().toString();
    this.below = start.endsWith("/") ? start : start + "/";
  }

  /** The workflow file's folder. */
  Path base() {
    return base;
  }

  /** Relative where the file lies below the workflow's folder. */
  String display(Path path) {
    String text = path.toString();
    if (isNormal(text) && path.getFileSystem().equals(base.getFileSystem())) {
      boolean isBelow = text.startsWith(below) && text.length() > below.length();
      return isBelow ? text.substring(below.length()) : text;
    }
    Path plain = path.toAbsolutePath().normalize();
    Path start = base.toAbsolutePath().normalize();
    return plain.startsWith(start) && !plain.equals(start)
        ? start.relativize(plain).toString()
        : plain.toString();
  }

  /** Absolute and without detours, as nearly all of many files: their texts tell the rest. */
  private static boolean isNormal(String path) {
    return path.startsWith("/") && !path.contains("/.");
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
