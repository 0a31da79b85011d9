package dev.nightjar.bench;

/** White space as Unicode has it, in UTF-8 that is known to be right. */
final class WhiteBytes {

  private WhiteBytes() {}

  /** The first byte that is no white space, or the end. */
  static int start(byte[] in, int from, int to) {
    int at = from;
    while (at < to) {
      int length = in[at] >= 0 ? 1 : (in[at] & 0xFF) < 0xE0 ? 2 : 3;
      if (length > to - at || !is(in, at, length)) {
        return at;
      }
      at += length;
    }
    return at;
  }

  /** The index behind the last byte that is no white space, or the start. */
  static int end(byte[] in, int from, int to) {
    int at = to;
    while (at > from) {
      int start = at - 1;
      while (start > from && (in[start] & 0xC0) == 0x80) {
        start--;
      }
      if (!is(in, start, at - start)) {
        return at;
      }
      at = start;
    }
    return at;
  }

  private static boolean is(byte[] in, int at, int length) {
    return switch (length) {
      case 1 -> in[at] == ' ' || (in[at] >= '\t' && in[at] <= '\r');
      case 2 -> in[at] == (byte) 0xC2 && (in[at + 1] == (byte) 0x85 || in[at + 1] == (byte) 0xA0);
      case 3 ->
          isOfThree(((in[at] & 0xFF) << 16) | ((in[at + 1] & 0xFF) << 8) | (in[at + 2] & 0xFF));
      default -> false;
    };
  }

  /** U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000. */
  private static boolean isOfThree(int bytes) {
    return switch (bytes) {
      case 0xE19A80, 0xE280A8, 0xE280A9, 0xE280AF, 0xE2819F, 0xE38080 -> true;
      default -> bytes >= 0xE28080 && bytes <= 0xE2808A;
    };
  }
}
