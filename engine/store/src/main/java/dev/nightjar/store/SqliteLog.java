package dev.nightjar.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that SQLite has not put into the file yet. SQLite itself ends at the first frame
 * whose checksum is wrong, and takes what is behind it for what a crash has left: a spoiled bit
 * would take back transactions that were said to be safe. Where one that was flushed lies behind,
 * it was no crash.
 */
final class SqliteLog {

  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int MAGIC = 0x377f0682;

  /** A larger log than this would take too long; it comes about when somebody reads for hours. */
  private static final long LONGEST = 64L << 20;

  private final FileChannel channel;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER);
  private final int page;
  private final ByteOrder order;
  private int sum1;
  private int sum2;

  private SqliteLog(FileChannel channel) throws IOException {
    this.channel = channel;
    readFully(channel, header, 0);
    this.page = header.getInt(8);
    this.order = (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Whether transactions are there that SQLite would pass over. */
  static boolean isSpoiled(Path log) throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      if (channel.size() < HEADER || channel.size() > LONGEST) {
        return false;
      }
      return new SqliteLog(channel).isSpoiled();
    }
  }

  private boolean isSpoiled() throws IOException {
    boolean sound =
        (header.getInt(0) & ~1) == MAGIC && page >= 512 && page <= 65_536 && isSummed(header, 24);
    if (!sound) {
      return beginsInVain();
    }
    ByteBuffer frame = frame(0);
    long at = 0;
    while (frame != null && isOfThisLog(frame) && isWhole(frame)) {
      frame = frame(++at);
    }
    return hasFlushed(at);
  }

  /** Whether frames follow a header that is none. */
  private boolean beginsInVain() throws IOException {
    ByteBuffer first = ByteBuffer.allocate(FRAME_HEADER);
    return readFully(channel, first, HEADER)
        && (first.getInt(8) == header.getInt(16) || first.getInt(12) == header.getInt(20));
  }

  private @Nullable ByteBuffer frame(long number) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + page);
    return readFully(channel, frame, HEADER + number * (FRAME_HEADER + page)) ? frame : null;
  }

  /** Whether it was written since the log last began anew. */
  private boolean isOfThisLog(ByteBuffer frame) {
    return frame.getInt(8) == header.getInt(16) && frame.getInt(12) == header.getInt(20);
  }

  private boolean isWhole(ByteBuffer frame) {
    sum(frame, 0, 8);
    sum(frame, FRAME_HEADER, page);
    return sum1 == frame.getInt(16) && sum2 == frame.getInt(20);
  }

  private boolean isSummed(ByteBuffer bytes, int length) {
    sum(bytes, 0, length);
    return sum1 == bytes.getInt(length) && sum2 == bytes.getInt(length + 4);
  }

  private void sum(ByteBuffer bytes, int from, int length) {
    ByteBuffer words = bytes.duplicate().order(order);
    int one = sum1;
    int two = sum2;
    for (int at = from; at < from + length; at += 8) {
      one += words.getInt(at) + two;
      two += words.getInt(at + 4) + one;
    }
    sum1 = one;
    sum2 = two;
  }

  /** A transaction begins only when the one before it is flushed. */
  private boolean hasFlushed(long from) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(FRAME_HEADER);
    boolean over = false;
    for (long at = from; ; at++) {
      head.clear();
      if (!readFully(channel, head, HEADER + at * (FRAME_HEADER + page))) {
        return false;
      }
      if (isOfThisLog(head)) {
        if (over) {
          return true;
        }
        over = head.getInt(4) != 0;
      }
    }
  }

  /** False at the end of the file. */
  private static boolean readFully(FileChannel channel, ByteBuffer into, long at)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        return false;
      }
    }
    into.flip();
    return true;
  }
}
