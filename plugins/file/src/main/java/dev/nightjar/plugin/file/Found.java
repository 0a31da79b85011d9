package dev.nightjar.plugin.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Something that a path or a pattern means.
 *
 * @param file how it looked, links followed; null when it cannot be looked at: a link to nothing
 */
record Found(Path path, @Nullable BasicFileAttributes file) {

  /**
   * What lies at a path, by one call of the system where that is a file.
   *
   * @param written whether to take it whatever it is
   * @return null when there is nothing, or a folder or a link to one
   */
  static @Nullable Found at(Path path, boolean written) {
    try {
      var file = Files.readAttributes(path, BasicFileAttributes.class);
      return written || !file.isDirectory() ? new Found(path, file) : null;
    } catch (IOException failure) {
      return written || isThere(path) ? new Found(path, null) : null;
    }
  }

  private static boolean isThere(Path path) {
    try {
      return !Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory();
    } catch (IOException gone) {
      return false;
    }
  }
}
