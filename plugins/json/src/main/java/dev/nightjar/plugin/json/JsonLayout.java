package dev.nightjar.plugin.json;

import dev.nightjar.spi.Rejected;
import java.io.ByteArrayOutputStream;

/**
 * Lays out valid JSON text anew. Strings, numbers and literals are copied byte by byte, so that
 * nothing but the blanks between them can change.
 */
final class JsonLayout {

  /** The engine's limit for one record: deep values laid out for reading grow without bound. */
  private static final int MAX_BYTES = 64 << 20;

  private final byte[] json;
  private final ByteArrayOutputStream out;
  private final int indent;
  private int at;
  private int depth;

  private JsonLayout(byte[] json, int indent) {
    this.json = json;
    this.indent = indent;
    this.out = new ByteArrayOutputStream(json.length + json.length / 4);
  }

  /** Without blanks; the same array when there are none. */
  static byte[] compact(byte[] json) {
    int first = 0;
    boolean string = false;
    while (first < json.length && (string || !blank(json[first]))) {
      byte c = json[first];
      string ^= c == '"';
      first += string && c == '\\' ? 2 : 1;
    }
    if (first == json.length) {
      return json;
    }
    var layout = new JsonLayout(json, 0);
    layout.compact();
    return layout.out.toByteArray();
  }

  /**
   * Each member and element on its own line.
   *
   * @throws Rejected when the text becomes larger than a record may be
   */
  static byte[] pretty(byte[] json, int indent) {
    var layout = new JsonLayout(json, indent);
    layout.pretty();
    return layout.out.toByteArray();
  }

  private void compact() {
    while (at < json.length) {
      byte c = json[at];
      if (c == '"') {
        string();
      } else {
        if (!blank(c)) {
          out.write(c);
        }
        at++;
      }
    }
  }

  private void pretty() {
    while (at < json.length) {
      byte c = json[at];
      switch (c) {
        case '"' -> string();
        case '{', '[' -> open(c);
        case '}', ']' -> close(c);
        case ',' -> {
          out.write(c);
          at++;
          line();
        }
        case ':' -> {
          out.write(c);
          out.write(' ');
          at++;
        }
        default -> {
          if (!blank(c)) {
            out.write(c);
          }
          at++;
        }
      }
    }
  }

  private void open(byte bracket) {
    out.write(bracket);
    at++;
    while (blank(json[at])) {
      at++;
    }
    if (json[at] == '}' || json[at] == ']') {
      out.write(json[at]);
      at++;
      return;
    }
    depth++;
    line();
  }

  private void close(byte bracket) {
    depth--;
    line();
    out.write(bracket);
    at++;
  }

  private void line() {
    out.write('\n');
    for (int i = depth * indent; i > 0; i--) {
      out.write(' ');
    }
    if (out.size() > MAX_BYTES) {
      throw new Rejected("laid out with its indents it is larger than a record may be (64 MiB)");
    }
  }

  private void string() {
    int end = at + 1;
    while (json[end] != '"') {
      end += json[end] == '\\' ? 2 : 1;
    }
    out.write(json, at, end + 1 - at);
    at = end + 1;
  }

  private static boolean blank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
