package dev.nightjar.plugin.file;

import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A range of a file as it was when the work was cut up.
 *
 * @param name how messages and records name the file
 * @param offset the range's first byte
 * @param length bytes of the range
 * @param size bytes of the file
 * @param modified when it was last changed, as an ISO instant
 * @param file its number on the disk, where there are such; empty elsewhere
 * @param digest SHA-256 of the whole file; empty when it was not asked for
 */
record Piece(
    String name,
    Path path,
    long offset,
    long length,
    long size,
    String modified,
    String file,
    String digest) {

  /**
   * The whole of a file.
   *
   * @throws Unreadable when it is none
   */
  static Piece whole(String name, Found found, Stamps stamps) throws Unreadable {
    BasicFileAttributes looked = found.file();
    BasicFileAttributes file = looked == null ? inspect(name, found.path()) : checked(name, looked);
    String key = String.valueOf(file.fileKey());
    String modified = stamps.modified(file);
    return new Piece(name, found.path(), 0, file.size(), file.size(), modified, key, "");
  }

  /** The same, told by its bytes wherever it lies. */
  Piece digested(Stamps stamps) throws IOException, Unreadable {
    try (var in = new DigestInputStream(Channels.newInputStream(open(stamps)), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      checkUnchanged(stamps);
      String bytes = HexFormat.of().formatHex(in.getMessageDigest().digest());
      return new Piece(name, path, offset, length, size, modified, file, bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A file that cannot be looked at; opening it tells why. */
  static Piece unknown(String name, Path path) {
    return new Piece(name, path, 0, 0, -1, "", "", "");
  }

  Piece range(long from, long bytes) {
    return new Piece(name, path, from, bytes, size, modified, file, digest);
  }

  static Piece of(Split split, StepContext context) {
    JsonNode detail = split.detail();
    long size = detail.path("size").asLong();
    return new Piece(
        split.source(),
        context.resolve(detail.path("path").asString(split.source())),
        detail.path("offset").asLong(0),
        detail.path("length").asLong(size),
        size,
        detail.path("modified").asString(),
        detail.path("file").asString(),
        detail.path(Split.IDENTITY).path("digest").asString(""));
  }

  /**
   * Names the path only where the name does not, and the range where it is not all.
   *
   * @param base the folder that names start from
   */
  Split split(String base) {
    var detail = JsonNodeFactory.instance.objectNode();
    String text = path.toString();
    boolean isNamed = path.isAbsolute() && text.equals(name);
    if (!isNamed && !isBelow(base, text)) {
      detail.put("path", text);
    }
    if (offset != 0 || length != size) {
      detail.put("offset", offset).put("length", length);
    }
    detail.put("size", size).put("modified", modified).put("file", file);
    if (!digest.isEmpty()) {
      detail
          .putObject(Split.IDENTITY)
          .put("digest", digest)
          .put("offset", offset)
          .put("length", length);
    }
    return new Split(name, length, detail);
  }

  /** Whether the path is the name behind a folder's; by the texts, as there may be very many. */
  private boolean isBelow(String folder, String text) {
    int start = text.length() - name.length();
    return !folder.isEmpty()
        && start == folder.length() + 1
        && text.charAt(start - 1) == '/'
        && text.startsWith(folder)
        && text.endsWith(name);
  }

  /** The first byte behind the range. */
  long end() {
    return offset + length;
  }

  /** Whether the range begins where another one of the same file ends. */
  boolean follows(Piece other) {
    return path.equals(other.path) && offset == other.end() && offset > 0;
  }

  /**
   * What lies at a path, links followed.
   *
   * @throws Unreadable when that is no file to read
   */
  static BasicFileAttributes inspect(String name, Path path) throws Unreadable {
    try {
      return checked(name, Files.readAttributes(path, BasicFileAttributes.class));
    } catch (IOException failure) {
      throw new Unreadable("cannot read " + name + ": " + Reason.of(failure));
    }
  }

  private static BasicFileAttributes checked(String name, BasicFileAttributes file)
      throws Unreadable {
    if (file.isDirectory()) {
      throw new Unreadable(name + " is a folder: to read the files in it, write " + name + "/*");
    }
    if (!file.isRegularFile()) {
      throw new Unreadable(name + " is a device, a pipe or a socket: only files can be read");
    }
    return file;
  }

  /**
   * Opens the file.
   *
   * @throws Unreadable when it cannot be, or is no longer what it was
   */
  FileChannel open(Stamps stamps) throws Unreadable {
    checkUnchanged(stamps);
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException failure) {
      throw new Unreadable("cannot read " + name + ": " + Reason.of(failure));
    }
  }

  /**
   * The bytes of a small file that is not empty, read in one go.
   *
   * @return null when it cannot be read, or is no longer what it was; {@link #open} tells why
   */
  byte @Nullable [] readAtOnce(Stamps stamps) {
    File small = path.toFile();
    // A pipe has no length: to open one would wait.
    if (small.length() != size) {
      return null;
    }
    var bytes = new byte[(int) size];
    // A third of the code of a channel, which is for what takes longer.
    try (var in = new FileInputStream(small)) {
      boolean all = in.readNBytes(bytes, 0, bytes.length) == bytes.length;
      var now = Files.readAttributes(path, BasicFileAttributes.class);
      return all && now.isRegularFile() && isAsBefore(now, stamps) ? bytes : null;
    } catch (IOException failure) {
      return null;
    }
  }

  /**
   * Makes sure that the file is what it was: a record read while it changed may be half old and
   * half new.
   */
  void checkUnchanged(Stamps stamps) throws Unreadable {
    BasicFileAttributes now = inspect(name, path);
    if (!isAsBefore(now, stamps)) {
      throw new Unreadable(
          "%s was changed while it was read (%d bytes at first, now %d): run again when nothing writes to it"
              .formatted(name, size, now.size()));
    }
  }

  private boolean isAsBefore(BasicFileAttributes now, Stamps stamps) {
    return now.size() == size && stamps.modified(now).equals(modified);
  }
}
