package dev.nightjar.spi;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** JSON documents by chance, for tests: with blanks, escapes, odd numbers, names that repeat. */
final class JsonSamples {

  private static final String[] NAMES = {"a", "b", "c", "a b", "ä", "x\\ny", "\\u0061", "\\u00e4"};
  private static final String[] STRINGS = {
    "",
    "x",
    "hello, world",
    "ü€😀",
    "\\u20ac",
    "\\ud83d\\ude00",
    "tab\\tquote\\\"",
    "}{][,:",
    "\\\\"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "1.0",
    "1.50",
    "1e5",
    "1E+5",
    "-2.5e-3",
    "2147483648",
    "-9223372036854775808",
    "12345678901234567890",
    "0.1",
    "100",
    "1e400"
  };
  private static final String[] BLANKS = {"", "", "", " ", "\n", "\t\r", "  "};

  private final RandomGenerator chance;

  JsonSamples(RandomGenerator chance) {
    this.chance = chance;
  }

  byte[] document() {
    return (blank() + value(4) + blank()).getBytes(StandardCharsets.UTF_8);
  }

  /** The document with a byte changed, removed, doubled or put in, or its end cut off. */
  byte[] mutated(byte[] document) {
    var text = new StringBuilder(new String(document, StandardCharsets.ISO_8859_1));
    for (int n = chance.nextInt(3); n >= 0 && !text.isEmpty(); n--) {
      int at = chance.nextInt(text.length());
      switch (chance.nextInt(5)) {
        case 0 -> text.setCharAt(at, oddByte());
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, text.charAt(at));
        case 3 -> text.insert(at, oddByte());
        default -> text.setLength(at);
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What begins as a number, and mostly is one. */
  byte[] number() {
    String[] parts = {
      "0", "1", "7", "42", "00", "-", "+", ".", ".0", ".25", "e", "E", "e5", "E-3", " "
    };
    var number = new StringBuilder(chance.nextInt(3) == 0 ? "-" : "");
    number.append(chance.nextInt(10));
    for (int n = chance.nextInt(4); n > 0; n--) {
      number.append(pick(parts));
    }
    return number.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A string of escapes, pairs and halves of them, and characters of every length. */
  byte[] string() {
    String[] parts = {
      "a",
      "\u007f",
      "\u0080",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\ue000",
      "\ufeff",
      "\uffff",
      "😀",
      "\udbff\udfff",
      "\\n",
      "\\/",
      "\\\\",
      "\\\"",
      "\\u0000",
      "\\u00E9",
      "\\ud83d\\ude00",
      "\\uDBFF\\uDFFF",
      "\\ud83d",
      "\\ude00",
      "\\ud83d\\n",
      "\\ud83dx",
      "\\x",
      "\\u12",
      "\\u12g4",
      "\\",
      "\"",
      "\u0000",
      "\u001f",
      "\t"
    };
    // The first ones are of the kinds that are allowed.
    int kinds = chance.nextInt(3) > 0 ? 19 : parts.length;
    var string = new StringBuilder("\"");
    for (int n = chance.nextInt(6); n > 0; n--) {
      string.append(parts[chance.nextInt(kinds)]);
    }
    return string.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes that have a meaning in JSON or UTF-8, in no order. */
  byte[] bytes(int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(oddByte());
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The document with one byte of it replaced. */
  byte[] withByte(byte[] document, byte other) {
    byte[] changed = document.clone();
    changed[chance.nextInt(changed.length)] = other;
    return changed;
  }

  private char oddByte() {
    String likely = "{}[]\",:\\u0123eE+-.tfn /\t\n\u0000\u001f\u007f\u0080\u00c3\u00ed\u00f4";
    return likely.charAt(chance.nextInt(likely.length()));
  }

  private String value(int depth) {
    return switch (chance.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> '"' + pick(STRINGS) + '"';
      case 1, 2 -> pick(NUMBERS);
      case 3 -> pick(new String[] {"true", "false", "null"});
      case 4 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private String array(int depth) {
    var array = new StringBuilder("[").append(blank());
    for (int n = chance.nextInt(4), i = 0; i < n; i++) {
      array.append(i > 0 ? "," : "").append(blank()).append(value(depth)).append(blank());
    }
    return array.append(']').toString();
  }

  private String object(int depth) {
    var object = new StringBuilder("{").append(blank());
    for (int n = chance.nextInt(5), i = 0; i < n; i++) {
      object.append(i > 0 ? "," : "").append(blank()).append('"').append(pick(NAMES)).append('"');
      object.append(blank()).append(':').append(blank()).append(value(depth)).append(blank());
    }
    return object.append('}').toString();
  }

  private String blank() {
    return pick(BLANKS);
  }

  private String pick(String[] of) {
    return of[chance.nextInt(of.length)];
  }
}
