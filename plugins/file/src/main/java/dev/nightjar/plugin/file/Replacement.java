package dev.nightjar.plugin.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A file's next content, on disk beside it until {@link #publish} puts it in its place. Closing
 * without that removes it.
 */
final class Replacement implements Closeable {

  /** Writes the content. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel file) throws IOException;
  }

  private final Path target;
  private final Path beside;

  private Replacement(Path target, Path beside) {
    this.target = target;
    this.beside = beside;
  }

  /**
   * Writes the next content of a file, all of it to disk.
   *
   * @param key the same for each attempt, so that one that died leaves nothing for long
   */
  static Replacement of(Path target, String key, Content content) throws IOException {
    return made(target, key, replacement -> replacement.write(content));
  }

  /**
   * Takes a file that is on disk already as the next content: by a second link to it where the disk
   * can, which spares writing it again.
   */
  static Replacement linked(Path target, String key, Path whole, Content copy) throws IOException {
    return made(
        target,
        key,
        replacement -> {
          if (!replacement.link(whole)) {
            replacement.write(copy);
          }
        });
  }

  /** Makes the file beside the target. */
  @FunctionalInterface
  private interface Making {
    void make(Replacement replacement) throws IOException;
  }

  private static Replacement made(Path target, String key, Making making) throws IOException {
    Path folder = folder(target);
    Files.createDirectories(folder);
    String name = ".nightjar-" + digest(key + '\n' + target);
    var replacement = new Replacement(target, folder.resolve(name));
    try {
      Files.deleteIfExists(replacement.beside);
      making.make(replacement);
      return replacement;
    } catch (IOException | RuntimeException | Error failure) {
      replacement.close();
      throw failure;
    }
  }

  private boolean link(Path whole) throws IOException {
    try {
      Files.createLink(beside, whole);
    } catch (UnsupportedOperationException | FileSystemException otherDisk) {
      return false;
    }
    keepMode(target);
    return true;
  }

  private void write(Content content) throws IOException {
    try (var file =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.writeTo(file);
      keepMode(target);
      file.force(true);
    }
  }

  /** Gives it the permissions of another file, if that is there. */
  void keepMode(Path file) throws IOException {
    var from = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    var to = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
    if (from != null && to != null && Files.exists(file)) {
      to.setPermissions(from.readAttributes().permissions());
    }
  }

  Path target() {
    return target;
  }

  /** Puts it in place in one step. The folder's entry is not yet on disk: see {@link #settle}. */
  void publish() throws IOException {
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(beside);
  }

  /** Waits until a folder's entries are on disk. */
  static void settle(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static Path folder(Path target) {
    return Objects.requireNonNull(target.getParent(), "a file lies in a folder");
  }

  private static String digest(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
