package dev.nightjar.plugin.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds keys that {@link Arrays#compareUnsigned(byte[], byte[])} puts in the order of what they
 * were made of. No value's bytes are the beginning of another's, so values can follow each other.
 */
final class KeyBytes {

  private static final int NUMBER = 0x10;
  private static final int TEXT = 0x20;
  private static final int TRUTH = 0x30;
  private static final int OTHER = 0x40;

  /** Greater than all others, also when those are turned. */
  private static final int NOTHING = 0xff;

  private byte[] bytes = new byte[32];
  private int length;

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void nothing() {
    put(NOTHING);
  }

  void truth(boolean value) {
    put(TRUTH);
    put(value ? 1 : 0);
  }

  void text(String text) {
    put(TEXT);
    ended(text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] value) {
    put(TEXT);
    ended(value);
  }

  void other(String json) {
    put(OTHER);
    ended(json.getBytes(StandardCharsets.UTF_8));
  }

  void number(ExactNumber number) {
    put(NUMBER);
    put(number.sign() + 1);
    if (number.sign() != 0) {
      int start = length;
      // The offset makes negative exponents smaller, read without a sign.
      long exponent = number.exponent() ^ Long.MIN_VALUE;
      for (int shift = 56; shift >= 0; shift -= 8) {
        put((int) (exponent >>> shift) & 0xff);
      }
      ended(number.digits().getBytes(StandardCharsets.ISO_8859_1));
      if (number.sign() < 0) {
        invert(start);
      }
    }
  }

  /** Turns the order of the value that starts at an index, unless it is nothing. */
  void turn(int start) {
    if ((bytes[start] & 0xff) != NOTHING) {
      invert(start);
    }
  }

  private void invert(int start) {
    for (int i = start; i < length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  /** The bytes and an end that is smaller than any byte; a zero among them is marked. */
  private void ended(byte[] value) {
    for (byte b : value) {
      put(b);
      if (b == 0) {
        put(0xff);
      }
    }
    put(0);
    put(0);
  }

  private void put(int b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) b;
  }
}
