package dev.nightjar.plugin.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes whose number nobody knows yet, kept in a scratch file beyond the first MiB and not kept at
 * all beyond a limit: however many come, memory is needed for those within the limit only, once.
 */
final class Gathered implements Closeable {

  /** What is kept of bytes over the limit, to recognise them by. */
  static final int HEAD = 256;

  private static final int IN_MEMORY = 1 << 20;

  private final int limit;
  private final Supplier<Path> scratch;
  private byte[] memory = new byte[0];
  private @Nullable FileChannel file;
  private long length;

  /**
   * Nothing so far.
   *
   * @param limit the most bytes to keep
   * @param scratch gives the folder for the scratch file, which is made when first asked for
   */
  Gathered(int limit, Supplier<Path> scratch) {
    this.limit = limit;
    this.scratch = scratch;
  }

  void add(byte[] bytes, int offset, int n) throws IOException {
    if (length + n <= IN_MEMORY) {
      if (length + n > memory.length) {
        memory = Arrays.copyOf(memory, (int) Math.min(IN_MEMORY, 2 * (length + n)));
      }
      System.arraycopy(bytes, offset, memory, (int) length, n);
    } else {
      spill(bytes, offset, n);
    }
    length += n;
  }

  private void spill(byte[] bytes, int offset, int n) throws IOException {
    if (file == null) {
      file =
          FileChannel.open(
              scratch.get().resolve("long-record"),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      writeFully(file, memory, 0, (int) length);
      memory = Arrays.copyOf(memory, (int) Math.min(length, HEAD));
      if (memory.length < HEAD) {
        int missing = Math.min(n, HEAD - memory.length);
        memory = Arrays.copyOf(memory, memory.length + missing);
        System.arraycopy(bytes, offset, memory, memory.length - missing, missing);
      }
    }
    // One byte more than the limit: it may be the carriage return that does not count.
    long room = limit + 1L - length;
    if (room > 0) {
      writeFully(file, bytes, offset, (int) Math.min(n, room));
    }
  }

  private static void writeFully(FileChannel file, byte[] bytes, int offset, int n)
      throws IOException {
    var buffer = ByteBuffer.wrap(bytes, offset, n);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  long length() {
    return length;
  }

  /** The first bytes, {@link #HEAD} at most. */
  byte[] head() {
    return Arrays.copyOf(memory, (int) Math.min(length, HEAD));
  }

  /** The first {@code n} bytes, which must lie within the limit. */
  byte[] bytes(int n) throws IOException {
    if (file == null) {
      return Arrays.copyOf(memory, n);
    }
    var all = ByteBuffer.allocate(n);
    while (all.hasRemaining() && file.read(all, all.position()) >= 0) {
      // Reads on until all is there.
    }
    return all.array();
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
