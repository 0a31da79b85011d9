package dev.nightjar.model.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.node.BinaryNode;

/**
 * A string or bytes literal.
 *
 * @param value a String or a BinaryNode
 * @param end behind its closing quotes
 */
record Quoted(Object value, int end) {

  /** Whether a literal starts here: a quote, perhaps behind r, b or br. */
  static boolean startsAt(String text, int at) {
    int quote = quote(text, at);
    return quote < text.length() && isQuote(text.charAt(quote));
  }

  /** Behind the prefixes, of which there may be none. */
  private static int quote(String text, int at) {
    int binary = at < text.length() && "bB".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
    int raw = at + binary;
    return raw < text.length() && "rR".indexOf(text.charAt(raw)) >= 0 ? raw + 1 : raw;
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  /**
   * Reads one.
   *
   * @throws Mistake when it is not closed, or an escape in it means nothing
   */
  static Quoted read(String text, int at) {
    return new Reader(text, at).read();
  }

  /**
   * Behind a literal, whatever its escapes are.
   *
   * @throws Mistake when it is not closed
   */
  static int skip(String text, int at) {
    int quote = quote(text, at);
    String one = text.substring(quote, quote + 1);
    String closing = text.startsWith(one.repeat(3), quote) ? one.repeat(3) : one;
    int end = quote + closing.length();
    while (end < text.length() && !text.startsWith(closing, end)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw notClosed(at, at + 1);
    }
    return end + closing.length();
  }

  private static Mistake notClosed(int start, int end) {
    return new Mistake(start, end, "the string that starts here is not closed");
  }

  private static final class Reader {

    private final String text;
    private final int start;
    private final StringBuilder characters = new StringBuilder();
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final boolean raw;
    private final boolean binary;
    private int at;

    Reader(String text, int start) {
      this.text = text;
      this.start = start;
      this.at = start;
      String prefix = text.substring(start, quote(text, start)).toLowerCase(Locale.ROOT);
      this.raw = prefix.contains("r");
      this.binary = prefix.contains("b");
    }

    Quoted read() {
      at = quote(text, start);
      String quote = text.substring(at, at + 1);
      String closing = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
      at += closing.length();
      while (!text.startsWith(closing, at)) {
        one(closing.length() == 3);
      }
      flush();
      at += closing.length();
      return new Quoted(
          binary ? BinaryNode.valueOf(octets.toByteArray()) : characters.toString(), at);
    }

    private void one(boolean manyLines) {
      if (at >= text.length()) {
        throw notClosed(start, at);
      }
      char c = text.charAt(at);
      if (!manyLines && (c == '\n' || c == '\r')) {
        throw notClosed(start, at);
      }
      if (c == '\\' && at + 1 >= text.length()) {
        throw notClosed(start, at);
      }
      if (c == '\\' && !raw) {
        escape();
      } else if (c == '\\') {
        characters.append(c).append(text.charAt(at + 1));
        at += 2;
      } else {
        characters.append(c);
        at++;
      }
    }

    /** Turns characters collected so far into bytes. */
    private void flush() {
      if (binary) {
        octets.writeBytes(characters.toString().getBytes(StandardCharsets.UTF_8));
        characters.setLength(0);
      }
    }

    private void escape() {
      char c = text.charAt(at + 1);
      int simple = "abfnrtv\\?\"'`".indexOf(c);
      if (simple >= 0) {
        characters.append("\u0007\b\f\n\r\t\u000b\\?\"'`".charAt(simple));
        at += 2;
        return;
      }
      switch (c) {
        case 'x', 'X' -> code(2, 2, 16);
        case 'u' -> unicode(4);
        case 'U' -> unicode(8);
        case '0', '1', '2', '3' -> code(1, 3, 8);
        default -> throw badEscape(2);
      }
    }

    private void unicode(int digits) {
      if (binary) {
        throw badEscape(2);
      }
      code(2, digits, 16);
    }

    private void code(int skip, int digits, int radix) {
      int from = at + skip;
      long value = 0;
      for (int i = from; i < from + digits; i++) {
        int digit = i < text.length() ? Character.digit(text.charAt(i), radix) : -1;
        if (digit < 0) {
          throw badEscape(i - at);
        }
        value = value * radix + digit;
      }
      boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
      if (value > Character.MAX_CODE_POINT || surrogate) {
        throw badEscape(skip + digits);
      }
      if (binary) {
        flush();
        octets.write((int) value);
      } else {
        characters.appendCodePoint((int) value);
      }
      at = from + digits;
    }

    private Mistake badEscape(int length) {
      int end = Math.min(text.length(), at + length);
      return new Mistake(
          at,
          end,
          "`" + text.substring(at, end) + "` is no escape",
          "write \\\\ for a backslash, or r'…' around text with many");
    }
  }
}
