package dev.nightjar.plugin.file;

import dev.nightjar.spi.Doc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/** How a file's bytes are packed. */
public enum Compression {
  @Doc("As the file's name says, ending in .gz or not; when reading, as its first bytes say, too.")
  AUTO,
  @Doc("Not at all.")
  NONE,
  @Doc("gzip, of one member or several.")
  GZIP;

  /** Whether a file to read is gzip data. */
  boolean packed(Path path, FileChannel file) throws IOException {
    return this == GZIP || (this == AUTO && (namedGzip(path) || startsAsGzip(file)));
  }

  /** As {@link #packed(Path, FileChannel)}, of a file that begins with these bytes. */
  boolean packed(Path path, byte[] start) {
    return this == GZIP || (this == AUTO && (namedGzip(path) || startsAsGzip(start)));
  }

  /** Whether a file to write is to be gzip data. */
  boolean packs(Path path) {
    return this == GZIP || (this == AUTO && namedGzip(path));
  }

  private static boolean namedGzip(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  private static boolean startsAsGzip(FileChannel file) throws IOException {
    var start = ByteBuffer.allocate(2);
    return file.read(start, 0) == 2 && startsAsGzip(start.array());
  }

  private static boolean startsAsGzip(byte[] start) {
    return start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
  }
}
