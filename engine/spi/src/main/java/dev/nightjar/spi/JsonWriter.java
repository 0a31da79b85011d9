package dev.nightjar.spi;

import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** A growing array of bytes that trees and parts of other arrays are written to. */
final class JsonWriter {

  private static final String HEX = "0123456789ABCDEF";

  /** Bytes of one character in a string: an escape of six. */
  private static final int LONGEST = 6;

  private byte[] bytes;
  private int size;

  JsonWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /**
   * The bytes of a tree.
   *
   * @param depth how many levels it will lie inside of
   * @throws Rejected when it has no JSON form: half a surrogate pair, no finite number, too deep
   */
  static byte[] write(JsonNode value, int depth) {
    var writer = new JsonWriter(128);
    writer.value(value, depth);
    return writer.toBytes();
  }

  /** As {@link #write}, behind what there is. */
  void value(JsonNode value) {
    value(value, 0);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** What was written, up to {@link #size}; changes with what is written next. */
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Whether the last byte is a certain one, of ASCII. */
  boolean endsWith(char ascii) {
    return size > 0 && bytes[size - 1] == ascii;
  }

  /**
   * Begins a member of the object that was begun last.
   *
   * @param name in its quotes
   * @return where the name begins
   */
  int member(byte[] name) {
    reserve(name.length + 2);
    if (bytes[size - 1] != '{') {
      bytes[size++] = ',';
    }
    int start = size;
    System.arraycopy(name, 0, bytes, start, name.length);
    bytes[start + name.length] = ':';
    size = start + name.length + 1;
    return start;
  }

  /** A string of UTF-8. */
  void string(byte[] utf8, int from, int end) {
    reserve(end - from + 2);
    bytes[size++] = '"';
    int copied = from;
    int at = JsonScanner.special(utf8, from, end);
    while (at < end) {
      raw(utf8, copied, at);
      reserve(LONGEST);
      escape((char) utf8[at]);
      copied = at + 1;
      at = JsonScanner.special(utf8, copied, end);
    }
    raw(utf8, copied, end);
    raw('"');
  }

  void number(long value) {
    ascii(Long.toString(value));
  }

  /** Takes back what was written last. */
  void truncate(int length) {
    size = length;
  }

  void raw(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, size, end - start);
    size += end - start;
  }

  void raw(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  void string(String text) {
    int length = text.length();
    reserve(length + 2);
    bytes[size++] = '"';
    int at = 0;
    while (at < length && isPlain(text.charAt(at))) {
      bytes[size++] = (byte) text.charAt(at++);
    }
    if (at < length) {
      escaped(text, at);
    }
    raw('"');
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  }

  private void escaped(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      reserve(LONGEST);
      if (c < 0x80) {
        ascii(c);
      } else if (!Character.isSurrogate(c)) {
        character(c);
      } else {
        character(Utf8.pair(text, i));
        i++;
      }
    }
  }

  private void ascii(char c) {
    if (c < ' ' || c == '"' || c == '\\') {
      escape(c);
    } else {
      bytes[size++] = (byte) c;
    }
  }

  /** In two to four bytes. */
  private void character(int c) {
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
    } else {
      if (c < 0x10000) {
        bytes[size++] = (byte) (0xE0 | (c >> 12));
      } else {
        bytes[size++] = (byte) (0xF0 | (c >> 18));
        bytes[size++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      }
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    bytes[size++] = (byte) (0x80 | (c & 0x3F));
  }

  private void value(JsonNode node, int depth) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node, inside(depth));
      case ARRAY -> array(node, inside(depth));
      case STRING -> string(node.stringValue());
      case NUMBER -> number(node);
      case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
      case NULL, MISSING -> ascii("null");
      case BINARY -> string(Base64.getEncoder().encodeToString(node.binaryValue()));
      case POJO -> throw new IllegalArgumentException("a tree holds an object that is no JSON");
    }
  }

  private static int inside(int depth) {
    if (depth >= JsonScanner.MAX_DEPTH) {
      throw new Rejected("nested deeper than " + JsonScanner.MAX_DEPTH + " levels");
    }
    return depth + 1;
  }

  private void object(JsonNode object, int depth) {
    char before = '{';
    for (var member : object.properties()) {
      raw(before);
      before = ',';
      string(member.getKey());
      raw(':');
      value(member.getValue(), depth);
    }
    if (before == '{') {
      raw('{');
    }
    raw('}');
  }

  private void array(JsonNode array, int depth) {
    raw('[');
    boolean first = true;
    for (JsonNode element : array) {
      if (!first) {
        raw(',');
      }
      first = false;
      value(element, depth);
    }
    raw(']');
  }

  private void number(JsonNode number) {
    if ((number.isDouble() || number.isFloat()) && !Double.isFinite(number.asDouble(Double.NaN))) {
      throw new Rejected("JSON has no form for the number " + number.asString());
    }
    ascii(number.asString());
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  private void escape(char c) {
    raw('\\');
    switch (c) {
      case '"', '\\' -> raw(c);
      case '\b' -> raw('b');
      case '\f' -> raw('f');
      case '\n' -> raw('n');
      case '\r' -> raw('r');
      case '\t' -> raw('t');
      default -> {
        ascii("u00");
        raw(HEX.charAt(c >> 4));
        raw(HEX.charAt(c & 0xF));
      }
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), size + (size >> 1)));
    }
  }
}
