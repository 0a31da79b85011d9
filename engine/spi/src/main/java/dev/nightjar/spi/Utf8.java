package dev.nightjar.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** UTF-8 without replacement: what is not well-formed is found, never turned into {@code ?}. */
final class Utf8 {

  /** Eight bytes at once, the first one lowest. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** The index of the first byte that belongs to no well-formed sequence, or -1. */
  static int firstInvalid(byte[] in, int from, int to) {
    int at = from;
    while (true) {
      at = skipAscii(in, at, to);
      if (at >= to) {
        return -1;
      }
      int length = sequence(in, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
  }

  /** Whether a text has UTF-8, and needs no escape in JSON. */
  static boolean isPlain(String text) {
    return loneSurrogate(text) < 0 && text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
  }

  private static int skipAscii(byte[] in, int from, int to) {
    int at = from;
    while (Fast.ON && at <= to - Long.BYTES) {
      long others = (long) WORD.get(in, at) & HIGH_BITS;
      if (others != 0) {
        return at + (Long.numberOfTrailingZeros(others) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to && in[at] >= 0) {
      at++;
    }
    return at;
  }

  /** The length of the well-formed sequence that starts here with no ASCII byte, 0 for none. */
  private static int sequence(byte[] in, int at, int to) {
    int first = in[at] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + length > to) {
      return 0;
    }
    int second = in[at + 1] & 0xFF;
    // Overlong forms, surrogates and what lies above U+10FFFF show in the second byte.
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((in[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /**
   * The bytes of a text.
   *
   * @throws Rejected when half a surrogate pair stands alone in it
   */
  static byte[] encode(String text) {
    int lone = loneSurrogate(text);
    if (lone >= 0) {
      throw half(text, lone);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The character of the surrogate pair at an index.
   *
   * @throws Rejected when only half of one is there
   */
  static int pair(String text, int at) {
    int character = text.codePointAt(at);
    if (Character.charCount(character) == 1) {
      throw half(text, at);
    }
    return character;
  }

  private static Rejected half(String text, int at) {
    return new Rejected(
        "half a surrogate pair at character "
            + (text.codePointCount(0, at) + 1)
            + ", which UTF-8 cannot express");
  }

  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** How many characters these bytes hold. */
  static int characters(byte[] in, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if ((in[i] & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }
}
