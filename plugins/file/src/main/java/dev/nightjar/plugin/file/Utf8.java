package dev.nightjar.plugin.file;

/** Checks bytes to be UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. */
final class Utf8 {

  private Utf8() {}

  /** The index of the first byte that belongs to no character, counted from 0, or -1. */
  static int firstInvalid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int size = bytes[at] >= 0 ? 1 : character(bytes, at, end);
      if (size == 0) {
        return at - offset;
      }
      at += size;
    }
    return -1;
  }

  /** How many bytes the character of more than one byte at an index has, or 0. */
  private static int character(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    int size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (size == 0 || end - at < size) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
