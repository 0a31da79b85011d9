package dev.nightjar.spi;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes trees of bytes that {@link JsonScanner} has accepted; so it checks nothing. */
final class JsonReader {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final byte[] in;
  private final int end;
  private int at;

  private JsonReader(byte[] in, int at, int end) {
    this.in = in;
    this.end = end;
    this.at = at;
  }

  /** The value that starts at an index, blanks before it allowed. */
  static JsonNode read(byte[] in, int from, int end) {
    var reader = new JsonReader(in, from, end);
    reader.space();
    return reader.value();
  }

  /** The text of a string between two quotes. */
  static String text(byte[] in, int from, int to) {
    int special = JsonScanner.special(in, from, to);
    if (special == to) {
      return new String(in, from, to - from, StandardCharsets.UTF_8);
    }
    var text = new StringBuilder(to - from);
    int plain = from;
    while (special < to) {
      text.append(new String(in, plain, special - plain, StandardCharsets.UTF_8));
      plain = special + unescape(in, special, text);
      special = JsonScanner.special(in, plain, to);
    }
    return text.append(new String(in, plain, to - plain, StandardCharsets.UTF_8)).toString();
  }

  /** Appends what an escape stands for; its length. */
  private static int unescape(byte[] in, int at, StringBuilder text) {
    byte kind = in[at + 1];
    if (kind == 'u') {
      var digits = new String(in, at + 2, 4, StandardCharsets.ISO_8859_1);
      text.append((char) Integer.parseInt(digits, 16));
      return 6;
    }
    text.append(
        switch (kind) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> (char) kind;
        });
    return 2;
  }

  private JsonNode value() {
    return switch (in[at]) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> StringNode.valueOf(string());
      case 't' -> literal(4, BooleanNode.TRUE);
      case 'f' -> literal(5, BooleanNode.FALSE);
      case 'n' -> literal(4, NullNode.instance);
      default -> number();
    };
  }

  private ObjectNode object() {
    var object = NODES.objectNode();
    at++;
    while (more('}')) {
      String name = string();
      space();
      at++; // the colon
      space();
      object.set(name, value());
    }
    return object;
  }

  private ArrayNode array() {
    var array = NODES.arrayNode();
    at++;
    while (more(']')) {
      array.add(value());
    }
    return array;
  }

  /** Goes to the next member or element, or behind the closing bracket. */
  private boolean more(char close) {
    space();
    if (in[at] == ',') {
      at++;
      space();
    }
    if (in[at] == close) {
      at++;
      return false;
    }
    return true;
  }

  private String string() {
    int start = at + 1;
    int close = JsonBytes.closingQuote(in, start, end);
    at = close + 1;
    return text(in, start, close);
  }

  private JsonNode literal(int length, JsonNode node) {
    at += length;
    return node;
  }

  private JsonNode number() {
    int start = at;
    boolean integer = true;
    while (at < end && JsonFields.isInNumber(in[at])) {
      integer &= in[at] == '-' || (in[at] >= '0' && in[at] <= '9');
      at++;
    }
    if (integer && at - start <= 18 && !(in[start] == '-' && in[start + 1] == '0')) {
      return whole(start);
    }
    var text = new String(in, start, at - start, StandardCharsets.ISO_8859_1);
    return integer && text.length() <= ExactNumber.MAX_DIGITS && !text.equals("-0")
        ? BigIntegerNode.valueOf(new BigInteger(text))
        : new ExactNumber(text);
  }

  private JsonNode whole(int start) {
    long value = 0;
    for (int i = in[start] == '-' ? start + 1 : start; i < at; i++) {
      value = value * 10 + (in[i] - '0');
    }
    value = in[start] == '-' ? -value : value;
    return (int) value == value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  private void space() {
    while (in[at] <= ' ' && in[at] >= 0) {
      at++;
    }
  }
}
