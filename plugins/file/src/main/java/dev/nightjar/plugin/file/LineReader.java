package dev.nightjar.plugin.file;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Cuts bytes into lines. A line ends with a line feed, a carriage return before it is dropped, and
 * the last one may lack its end. Each line is a slice of an array that is not written to again, so
 * it may be kept; lines of one array share it.
 *
 * <p>Memory: one array of 64 KiB at a time; for a line over 1 MiB, once its length; for one over
 * the limit nothing.
 */
final class LineReader {

  /** With what the system copies it from, it stays in the cache of a core. */
  private static final int BUFFER = 64 * 1024;

  /** A line longer than this is gathered outside the buffer. */
  private static final int LONG = 1 << 20;

  /** As for records: whether eight bytes are looked at together. */
  private static final boolean FAST = !"off".equals(System.getProperty("nightjar.fast"));

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NEWLINES = ONES * '\n';

  private final InputStream in;
  private final int limit;
  private final Supplier<Path> scratch;
  private final Runnable pulse;

  private byte[] buffer;
  private int start;
  private int end;

  /** The place in the source of the buffer's first byte. */
  private long base;

  /** The high bits of the bytes looked at; 0 as long as all are ASCII. */
  private long seen;

  private byte[] line = new byte[0];
  private int offset;
  private int length;
  private long place;
  private long full;

  /**
   * A reader at a place.
   *
   * @param position the place of the next byte of {@code in}
   * @param expected how many bytes there are, if known, to not take a large array for few; else -1
   * @param limit the longest line, in bytes
   * @param scratch gives a folder for long lines; to make one for each small file takes time
   * @param pulse called between arrays
   */
  LineReader(
      InputStream in,
      long position,
      long expected,
      int limit,
      Supplier<Path> scratch,
      Runnable pulse) {
    this.in = in;
    this.base = position;
    this.limit = limit;
    this.scratch = scratch;
    this.pulse = pulse;
    this.buffer = new byte[expected >= 0 && expected < BUFFER ? (int) expected + 1 : BUFFER];
  }

  /** The place of the first byte that belongs to no line yet. */
  long position() {
    return base + start;
  }

  byte[] line() {
    return line;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** The place of the line's first byte. */
  long place() {
    return place;
  }

  /** Whether the line is known to be ASCII. */
  boolean ascii() {
    return (seen & HIGHS) == 0;
  }

  /** How long the line is; more than {@link #length()} when over the limit and not kept. */
  long fullLength() {
    return full;
  }

  /** Passes over a byte order mark and says whether there was one. */
  boolean skipMark() throws IOException {
    while (end - start < 3 && fill()) {
      // Three bytes decide.
    }
    boolean mark =
        end - start >= 3
            && buffer[start] == (byte) 0xef
            && buffer[start + 1] == (byte) 0xbb
            && buffer[start + 2] == (byte) 0xbf;
    start += mark ? 3 : 0;
    return mark;
  }

  /** Passes over everything up to the next line's first byte, unless that lies beyond a place. */
  void skipToLine(long beyond) throws IOException {
    while (position() < beyond) {
      int newline = find(start);
      if (newline >= 0) {
        start = newline + 1;
        return;
      }
      start = end;
      if (!fill()) {
        return;
      }
    }
  }

  /** Goes to the next line, if there is one. */
  boolean next() throws IOException {
    seen = 0;
    int looked = 0;
    while (true) {
      int newline = find(start + looked);
      if (newline >= 0) {
        take(newline, newline + 1);
        return true;
      }
      looked = end - start;
      if (looked > LONG) {
        gather();
        return true;
      }
      if (!fill()) {
        if (start == end) {
          return false;
        }
        take(end, end);
        return true;
      }
    }
  }

  private void take(int lineEnd, int next) {
    boolean carriageReturn = next > lineEnd && lineEnd > start && buffer[lineEnd - 1] == '\r';
    line = buffer;
    offset = start;
    length = lineEnd - start - (carriageReturn ? 1 : 0);
    place = base + start;
    full = length;
    start = next;
    if (full > limit) {
      keepHead(Arrays.copyOfRange(line, offset, offset + Math.min(length, Gathered.HEAD)));
    }
  }

  private void keepHead(byte[] head) {
    line = head;
    offset = 0;
    length = head.length;
  }

  /** Takes a line that is longer than the buffer should grow. */
  private void gather() throws IOException {
    place = base + start;
    try (var gathered = new Gathered(limit, scratch)) {
      byte last = 0;
      int newline;
      do {
        newline = find(start);
        int to = newline >= 0 ? newline : end;
        gathered.add(buffer, start, to - start);
        last = to > start ? buffer[to - 1] : last;
        start = newline >= 0 ? newline + 1 : end;
      } while (newline < 0 && fill());
      full = gathered.length() - (newline >= 0 && last == '\r' ? 1 : 0);
      keepHead(full > limit ? gathered.head() : gathered.bytes((int) full));
    }
  }

  /** Reads more behind what there is, moving the rest to a new array when this one is full. */
  private boolean fill() throws IOException {
    pulse.run();
    if (end == buffer.length) {
      int rest = end - start;
      byte[] larger = new byte[Math.max(BUFFER, 2 * rest)];
      System.arraycopy(buffer, start, larger, 0, rest);
      base += start;
      buffer = larger;
      start = 0;
      end = rest;
    }
    int n = in.read(buffer, end, buffer.length - end);
    end += Math.max(0, n);
    return n > 0;
  }

  /** The first line feed from an index on, or -1. */
  private int find(int from) {
    int at = FAST ? findFast(from) : from;
    for (; at < end; at++) {
      if (buffer[at] == '\n') {
        return at;
      }
      seen |= buffer[at];
    }
    return -1;
  }

  /**
   * The first line feed from an index on; where there is none, or only among the last bytes, an
   * index up to which there is none. Four words at a time: most lines have a hundred bytes and
   * more.
   */
  private int findFast(int from) {
    byte[] in = buffer;
    int at = from;
    long all = 0;
    for (int last = end - 4 * Long.BYTES; at <= last; at += 4 * Long.BYTES) {
      long first = (long) WORD.get(in, at);
      long second = (long) WORD.get(in, at + Long.BYTES);
      long third = (long) WORD.get(in, at + 2 * Long.BYTES);
      long fourth = (long) WORD.get(in, at + 3 * Long.BYTES);
      if ((newlines(first) | newlines(second) | newlines(third) | newlines(fourth)) != 0) {
        break;
      }
      all |= first | second | third | fourth;
    }
    seen |= all;
    for (int last = end - Long.BYTES; at <= last; at += Long.BYTES) {
      long word = (long) WORD.get(in, at);
      long found = newlines(word);
      if (found != 0) {
        int n = Long.numberOfTrailingZeros(found) & ~7;
        seen |= word & ((1L << n) - 1);
        return at + (n >>> 3);
      }
      seen |= word;
    }
    return at;
  }

  /** The high bit of each byte that is a line feed; those above the lowest may be set wrongly. */
  private static long newlines(long word) {
    long difference = word ^ NEWLINES;
    return (difference - ONES) & ~difference & HIGHS;
  }
}
