package dev.nightjar.spi;

import java.nio.charset.StandardCharsets;

/**
 * Thrown out of a scan where it finds a mistake; put into words behind it. Words that are made
 * where mistakes are found are compiled into the scan at each of those places, which has taken
 * several times as long as to compile the scan itself.
 */
final class JsonMistake extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String what;
  private final int at;

  private enum Kind {
    /** The value is none as a whole. */
    DOCUMENT,
    SYNTAX,
    EXPECTED,
    CONTROL_CHARACTER
  }

  private JsonMistake(Kind kind, String what, int at) {
    super(what, null, false, false);
    this.kind = kind;
    this.what = what;
    this.at = at;
  }

  /** What there is at a place, but for syntax. */
  static JsonMistake document(String what, int at) {
    return new JsonMistake(Kind.DOCUMENT, what, at);
  }

  /** What there is at a place. */
  static JsonMistake syntax(String what, int at) {
    return new JsonMistake(Kind.SYNTAX, what, at);
  }

  /** What there should be at a place. */
  static JsonMistake expected(String what, int at) {
    return new JsonMistake(Kind.EXPECTED, what, at);
  }

  /** A control character in a string. */
  static JsonMistake controlCharacter(int at) {
    return new JsonMistake(Kind.CONTROL_CHARACTER, "", at);
  }

  /** In words, with the place. */
  Rejected inWords(byte[] in, int from, int end) {
    String place = place(in, from, at);
    return new Rejected(
        switch (kind) {
          case DOCUMENT -> what + " at " + place;
          case SYNTAX -> malformed(place, what);
          case EXPECTED ->
              malformed(
                  place,
                  "expected " + what + " but found " + (at < end ? name(in, at, end) : "the end"));
          case CONTROL_CHARACTER ->
              malformed(place, "the control character " + name(in, at, end) + " in a string");
        });
  }

  private static String malformed(String place, String what) {
    return "malformed JSON at " + place + ": " + what;
  }

  private static String name(byte[] in, int at, int end) {
    int length = 1;
    while (at + length < end && (in[at + length] & 0xC0) == 0x80) {
      length++;
    }
    var found = new String(in, at, length, StandardCharsets.UTF_8);
    int character = found.codePointAt(0);
    return Character.isISOControl(character) ? "U+%04X".formatted(character) : found;
  }

  /** Column in characters; with the line where there are several. */
  private static String place(byte[] in, int from, int at) {
    int line = 1;
    int start = from;
    for (int i = from; i < at; i++) {
      if (in[i] == '\n') {
        line++;
        start = i + 1;
      }
    }
    int column = Utf8.characters(in, start, at) + 1;
    return line == 1 ? "column " + column : "line " + line + ", column " + column;
  }
}
