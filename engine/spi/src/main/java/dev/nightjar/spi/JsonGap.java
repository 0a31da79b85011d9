package dev.nightjar.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes between two plain values that follow each other, which are strings, numbers and
 * literals: {@code },"total":}. Where they come again behind the same place, they lead to the same
 * one, and need not be looked at but compared.
 */
final class JsonGap {

  /** A place that begins or ends in a gap, no plain value. */
  record Mark(JsonPlace place, int at, boolean begins) {}

  private static final int[] NOTHING = {};

  /** Bytes of memory, about, without its own and its marks; and of a mark. */
  private static final int WEIGHT = 96;

  private static final int MARK_WEIGHT = 32;

  private final byte[] bytes;

  // The first and the last eight bytes as words; of fewer than eight, which bytes of the word
  // count.
  private final long first;
  private final long mask;
  private final long last;

  private final @Nullable JsonPlace target;
  private final Mark[] marks;

  /** Of the marks that are noted: where that is done, and how far into the gap they lie. */
  private int[] noted = NOTHING;

  /**
   * A gap.
   *
   * @param target the plain value behind it; null where the record ends
   */
  JsonGap(byte[] bytes, @Nullable JsonPlace target, Mark[] marks) {
    this.bytes = bytes;
    this.target = target;
    this.marks = marks;
    byte[] head = Arrays.copyOf(bytes, Math.max(bytes.length, Long.BYTES));
    this.first = (long) Utf8.WORD.get(head, 0);
    this.last = (long) Utf8.WORD.get(head, head.length - Long.BYTES);
    this.mask = bytes.length < Long.BYTES ? (1L << (Byte.SIZE * bytes.length)) - 1 : -1;
  }

  /** Bytes of memory, about. */
  int weight() {
    return WEIGHT + bytes.length + MARK_WEIGHT * marks.length;
  }

  int length() {
    return bytes.length;
  }

  @Nullable JsonPlace target() {
    return target;
  }

  /** Whether it lies here. */
  boolean isAt(byte[] in, int at, int end) {
    int after = at + bytes.length;
    if (after > end || !isSame(in, at, after)) {
      return false;
    }
    return target == null ? after == end : after < end && mayBeginPlain(in[after]);
  }

  private boolean isSame(byte[] in, int at, int after) {
    if (at > in.length - Long.BYTES) {
      return Arrays.equals(in, at, after, bytes, 0, bytes.length);
    }
    if ((((long) Utf8.WORD.get(in, at) ^ first) & mask) != 0) {
      return false;
    }
    return bytes.length <= Long.BYTES
        || ((long) Utf8.WORD.get(in, after - Long.BYTES) == last && isBetween(in, at));
  }

  /**
   * Whether a plain value may begin with a byte, and so the gap before it ends there: not with a
   * blank, another object or array, or the end of an empty one.
   */
  private static boolean mayBeginPlain(byte next) {
    return next > ' ' && next != '{' && next != '[' && next != ']';
  }

  /** Whether the bytes between the first and the last word are there. */
  private boolean isBetween(byte[] in, int at) {
    for (int i = Long.BYTES; i < bytes.length - Long.BYTES; i += Long.BYTES) {
      if ((long) Utf8.WORD.get(in, at + i) != (long) Utf8.WORD.get(bytes, i)) {
        return false;
      }
    }
    return true;
  }

  /** Notes the places that begin and end in it, where it lies at an index. */
  void note(int at, int[] notes) {
    for (int i = 0; i < noted.length; i += 2) {
      notes[noted[i]] = at + noted[i + 1];
    }
  }

  /** Finds out which of its marks are to be noted. */
  void choose() {
    var chosen = new int[2 * marks.length];
    int count = 0;
    for (Mark mark : marks) {
      if (mark.place().isNoted()) {
        chosen[count++] = mark.place().note(mark.begins());
        chosen[count++] = mark.at();
      }
    }
    noted = count == 0 ? NOTHING : Arrays.copyOf(chosen, count);
  }
}
