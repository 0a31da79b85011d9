package dev.nightjar.spi;

/** Looks for bytes among others. */
final class ByteSearch {

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;

  private ByteSearch() {}

  /** The first place from {@code from} on where all of {@code wanted} stands, or -1. */
  static int find(byte[] in, int from, int to, byte[] wanted) {
    int rest = wanted.length - 1;
    int last = to - wanted.length;
    int at = from;
    if (Fast.ON) {
      // Eight places at once: those where both the first byte and the last one are right.
      long first = ONES * (wanted[0] & 0xFF);
      long end = ONES * (wanted[rest] & 0xFF);
      for (; at + rest <= to - Long.BYTES; at += Long.BYTES) {
        long wrong =
            ((long) Utf8.WORD.get(in, at) ^ first) | ((long) Utf8.WORD.get(in, at + rest) ^ end);
        // The high bit of each byte that is 0; a borrow may set it falsely behind a true one.
        long hits = (wrong - ONES) & ~wrong & HIGH_BITS;
        for (; hits != 0; hits &= hits - 1) {
          int place = at + (Long.numberOfTrailingZeros(hits) >>> 3);
          if (isAt(in, place, wanted)) {
            return place;
          }
        }
      }
    }
    for (; at <= last; at++) {
      if (isAt(in, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] in, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (in[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
