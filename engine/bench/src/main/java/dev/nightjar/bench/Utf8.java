package dev.nightjar.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** UTF-8 as the standard has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  static boolean valid(byte[] in, int from, int to) {
    int at = from;
    while (at >= 0 && at < to) {
      while (at <= to - Long.BYTES && ((long) WORD.get(in, at) & HIGHS) == 0) {
        at += Long.BYTES;
      }
      if (at == to) {
        return true;
      }
      at = in[at] >= 0 ? at + 1 : afterCharacter(in, at, to);
    }
    return at >= 0;
  }

  /** The index behind a character of two to four bytes, or -1 where there is none. */
  static int afterCharacter(byte[] in, int start, int end) {
    int first = in[start] & 0xFF;
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first < 0xC2 || first > 0xF4 || length > end - start) {
      return -1;
    }
    int second = in[start + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return -1;
    }
    for (int i = 2; i < length; i++) {
      if ((in[start + i] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return start + length;
  }
}
