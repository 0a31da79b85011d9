package dev.nightjar.daemon.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a file was changed or replaced, without reading it.
 *
 * @param key what the file system knows it by, an inode; null where it has none
 */
record FileStamp(long size, FileTime modified, @Nullable Object key) {

  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  /** Of a file, or of what a link leads to; of the link itself where it leads nowhere. */
  static FileStamp of(Path file, BasicFileAttributes listed) {
    if (!listed.isSymbolicLink()) {
      return of(listed);
    }
    try {
      return of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (IOException leadsNowhere) {
      return of(listed);
    }
  }
}
