package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.nio.charset.StandardCharsets;

/** The bytes between the two quotes of a string, in a JSON record. */
final class StringBytes {

  private StringBytes() {}

  /** How many characters they stand for. */
  static int codePoints(byte[] in, int from, int to) {
    int count = 0;
    int at = from;
    while (at < to) {
      if (in[at] == '\\') {
        at += in[at + 1] == 'u' ? unicode(in, at) : 2;
        count++;
      } else {
        // All bytes of a character but its first begin with the bits 10.
        count += (in[at] & 0xC0) != 0x80 ? 1 : 0;
        at++;
      }
    }
    return count;
  }

  /** The bytes of an escape with digits; of a pair of them that is one character, both. */
  private static int unicode(byte[] in, int at) {
    int first = Character.digit(in[at + 2], 16);
    int second = Character.digit(in[at + 3], 16);
    return first == 0xD && second >= 8 ? 12 : 6;
  }

  /** The text that they stand for. */
  static String text(byte[] in, int from, int to) {
    return isEscaped(in, from, to)
        ? DataRecord.checkedJson(in, from - 1, to - from + 2, Origin.NONE).json().asString()
        : new String(in, from, to - from, StandardCharsets.UTF_8);
  }

  /** Whether there are escapes among them. */
  static boolean isEscaped(byte[] in, int from, int to) {
    for (int at = from; at < to; at++) {
      if (in[at] == '\\') {
        return true;
      }
    }
    return false;
  }
}
