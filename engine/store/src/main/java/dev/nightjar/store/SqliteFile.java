package dev.nightjar.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What can be told of an SQLite file without SQLite, which would mend some of it, or take an empty
 * file for a new database.
 *
 * @param version of the schema, as far as it is in the file itself
 * @param whole whether all the pages are there that the first one counts
 */
record SqliteFile(int applicationId, int version, long bytes, boolean whole) {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 100;
  private static final int PAGE_SIZE = 16;
  private static final int PAGES = 28;
  private static final int VERSION = 60;
  private static final int APPLICATION = 68;

  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** What SQLite writes before it goes into the file itself. */
  static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  static boolean hasLog(Path file) throws IOException {
    Path log = log(file);
    return Files.exists(log) && Files.size(log) > 0;
  }

  /**
   * Reads the first bytes.
   *
   * @throws StoreException when it is no SQLite file, or no longer
   */
  static SqliteFile read(Path file, Damage damage) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    long bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      bytes = channel.size();
      while (header.hasRemaining() && channel.read(header) >= 0) {}
    }
    if (bytes == 0) {
      throw damage.found("it is empty");
    }
    if (header.hasRemaining()) {
      throw damage.found("it has only %,d bytes".formatted(bytes));
    }
    byte[] magic = new byte[MAGIC.length];
    header.get(0, magic);
    if (!java.util.Arrays.equals(magic, MAGIC)) {
      throw damage.found("it does not begin as an SQLite file does");
    }
    // 1 stands for 65,536, which does not fit.
    int size = Short.toUnsignedInt(header.getShort(PAGE_SIZE));
    long page = size == 1 ? 1 << 16 : size;
    long pages = Integer.toUnsignedLong(header.getInt(PAGES));
    return new SqliteFile(
        header.getInt(APPLICATION), header.getInt(VERSION), bytes, bytes >= pages * page);
  }
}
