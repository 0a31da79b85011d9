package dev.nightjar.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One line, checked to be JSON in UTF-8 while it is looked at for the first time; what is wanted of
 * it is remembered as ranges of bytes.
 */
final class HandWrittenOrder {

  private static final byte[] ID = ascii("id");
  private static final byte[] CUSTOMER = ascii("customer");
  private static final byte[] NAME = ascii("name");
  private static final byte[] TOTAL = ascii("total");
  private static final byte[] BEFORE_ID = ascii("{\"id\":");
  private static final byte[] BEFORE_NAME = ascii(",\"customer\":{\"name\":");
  private static final byte[] BEFORE_TOTAL = ascii("},\"total\":");
  private static final byte[] END = ascii("}\n");

  /** Deeper orders are set aside. */
  private static final int MAX_DEPTH = 100;

  private final byte[] in;
  private int end;
  private int idStart;
  private int idEnd;
  private int nameStart;
  private int nameEnd;
  private int totalStart;
  private int totalEnd;

  /** What a value is the value of. */
  private enum Place {
    ROOT,
    CUSTOMER,
    ELSEWHERE
  }

  HandWrittenOrder(byte[] in) {
    this.in = in;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the line is an order with an id, a customer's name and a total of the right types. */
  boolean scan(int from, int to) {
    end = to;
    idStart = nameStart = totalStart = -1;
    int at = space(from);
    if (peek(at) != '{') {
      return false;
    }
    at = object(at, Place.ROOT, 1);
    return at >= 0
        && space(at) == end
        && isString(idStart)
        && isString(nameStart)
        && totalStart >= 0
        && (in[totalStart] == '-' || isDigit(in[totalStart]));
  }

  private boolean isString(int start) {
    return start >= 0 && in[start] == '"';
  }

  void writeTo(Bytes out) {
    out.write(BEFORE_ID);
    out.write(in, idStart, idEnd - idStart);
    out.write(BEFORE_NAME);
    writeName(out);
    out.write(BEFORE_TOTAL);
    out.write(in, totalStart, totalEnd - totalStart);
    out.write(END);
  }

  private void writeName(Bytes out) {
    for (int i = nameStart; i < nameEnd; i++) {
      if (in[i] < 0 || in[i] == '\\') {
        writeOther(out);
        return;
      }
    }
    for (int i = nameStart; i < nameEnd; i++) {
      byte b = in[i];
      out.write(b >= 'a' && b <= 'z' ? b - 32 : b);
    }
  }

  /** Names with other characters than ASCII; those with escapes, which are rare, by a library. */
  private void writeOther(Bytes out) {
    for (int i = nameStart; i < nameEnd; i++) {
      if (in[i] == '\\') {
        String name = JacksonTrees.JSON.readValue(in, nameStart, nameEnd - nameStart, String.class);
        out.write(JacksonTrees.JSON.writeValueAsBytes(name.toUpperCase(Locale.ROOT)));
        return;
      }
    }
    var name = new String(in, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    out.write(name.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  // Each of these checks what starts at an index and gives the index after it, or -1.

  private int value(int at, Place place, int depth) {
    return switch (peek(at)) {
      case '"' -> string(at);
      case '{' -> object(at, place, depth + 1);
      case '[' -> array(at, depth + 1);
      case 't' -> literal(at, "true");
      case 'f' -> literal(at, "false");
      case 'n' -> literal(at, "null");
      default -> number(at);
    };
  }

  private int object(int start, Place place, int depth) {
    int at = space(start + 1);
    if (peek(at) == '}') {
      return at + 1;
    }
    while (depth < MAX_DEPTH && peek(at) == '"') {
      int keyEnd = string(at);
      int colon = keyEnd < 0 ? end : space(keyEnd);
      if (peek(colon) != ':') {
        return -1;
      }
      int value = space(colon + 1);
      int after = member(at + 1, keyEnd - 1, value, place, depth);
      if (after < 0) {
        return -1;
      }
      at = space(after);
      if (peek(at) != ',') {
        return peek(at) == '}' ? at + 1 : -1;
      }
      at = space(at + 1);
    }
    return -1;
  }

  private int member(int key, int keyEnd, int value, Place place, int depth) {
    if (place == Place.ELSEWHERE) {
      return value(value, Place.ELSEWHERE, depth);
    }
    if (place == Place.CUSTOMER) {
      int after = value(value, Place.ELSEWHERE, depth);
      if (is(NAME, key, keyEnd)) {
        nameStart = value;
        nameEnd = after;
      }
      return after;
    }
    if (is(CUSTOMER, key, keyEnd)) {
      nameStart = -1;
      return value(value, Place.CUSTOMER, depth);
    }
    int after = value(value, Place.ELSEWHERE, depth);
    if (is(ID, key, keyEnd)) {
      idStart = value;
      idEnd = after;
    } else if (is(TOTAL, key, keyEnd)) {
      totalStart = value;
      totalEnd = after;
    }
    return after;
  }

  private boolean is(byte[] name, int from, int to) {
    return to - from == name.length && Arrays.equals(in, from, to, name, 0, name.length);
  }

  private int array(int start, int depth) {
    int at = space(start + 1);
    if (peek(at) == ']') {
      return at + 1;
    }
    while (depth < MAX_DEPTH) {
      int after = value(at, Place.ELSEWHERE, depth);
      if (after < 0) {
        return -1;
      }
      at = space(after);
      if (peek(at) != ',') {
        return peek(at) == ']' ? at + 1 : -1;
      }
      at = space(at + 1);
    }
    return -1;
  }

  private int string(int start) {
    int at = start + 1;
    while (at < end) {
      byte b = in[at];
      if (b == '"') {
        return at + 1;
      }
      if (b >= ' ' && b != '\\') {
        at++;
      } else {
        at = b == '\\' ? escape(at) : b < 0 ? Utf8.afterCharacter(in, at, end) : -1;
        if (at < 0) {
          return -1;
        }
      }
    }
    return -1;
  }

  private int escape(int start) {
    return switch (peek(start + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> start + 2;
      case 'u' -> {
        for (int i = start + 2; i < start + 6; i++) {
          if (Character.digit(peek(i), 16) < 0) {
            yield -1;
          }
        }
        yield start + 6;
      }
      default -> -1;
    };
  }

  private int literal(int start, String word) {
    for (int i = 1; i < word.length(); i++) {
      if (peek(start + i) != word.charAt(i)) {
        return -1;
      }
    }
    return start + word.length();
  }

  private int number(int start) {
    int at = peek(start) == '-' ? start + 1 : start;
    if (peek(at) == '0' && isDigit(peek(at + 1))) {
      return -1;
    }
    at = digits(at);
    if (at >= 0 && peek(at) == '.') {
      at = digits(at + 1);
    }
    if (at >= 0 && (peek(at) | 0x20) == 'e') {
      at++;
      at = digits(peek(at) == '+' || peek(at) == '-' ? at + 1 : at);
    }
    return at;
  }

  private int digits(int start) {
    int at = start;
    while (isDigit(peek(at))) {
      at++;
    }
    return at == start ? -1 : at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private int space(int start) {
    int at = start;
    while (at < end && isSpace(in[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private byte peek(int at) {
    return at < end ? in[at] : 0;
  }
}
