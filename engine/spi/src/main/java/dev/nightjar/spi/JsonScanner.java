package dev.nightjar.spi;

import org.jspecify.annotations.Nullable;

/**
 * Checks that bytes are one JSON value (RFC 8259) in UTF-8 and nothing else. Makes nothing when
 * they are, needs no stack for deep values, and stops at the first mistake.
 */
final class JsonScanner {

  /** Deeper values are refused, so that trees of what was accepted can be walked by recursion. */
  static final int MAX_DEPTH = 1_000;

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;

  private static final long[] NO_LEVELS = {};

  private static final byte[] NOTHING = {};

  private byte[] in = NOTHING;
  private int end;

  /** Whether there has been an escape in a string. */
  private boolean escaped;

  private int depth;
  // Of the innermost levels up to 64: a bit each, set for an object, the innermost lowest.
  private long objects;
  // The levels outside of those, 64 to a word.
  private long[] outer = NO_LEVELS;
  private final JsonMembers.Builder members;

  private JsonScanner(JsonMembers.Builder members) {
    this.members = members;
  }

  /** For one value. */
  static JsonScanner ofOne() {
    return new JsonScanner(JsonMembers.Builder.ofOne());
  }

  /** For many values, of which one may have the members of another. */
  static JsonScanner ofMany() {
    return new JsonScanner(JsonMembers.Builder.ofMany());
  }

  /**
   * Checks the bytes of a range.
   *
   * @param utf8 whether they are known to be UTF-8
   * @param what the range is, for the message that it is empty: {@code line}
   * @return where the value's members lie; null when it is no object or has too many
   * @throws Rejected saying what is wrong and where
   */
  @Nullable JsonMembers check(byte[] in, int from, int to, boolean utf8, String what) {
    this.in = in;
    this.end = to;
    depth = 0;
    objects = 0;
    members.clear();
    try {
      int bad = utf8 ? -1 : Utf8.firstInvalid(in, from, to);
      if (bad >= 0) {
        throw JsonMistake.document("invalid UTF-8", bad);
      }
      document(from, what);
    } catch (JsonMistake e) {
      throw e.inWords(in, from, to);
    }
    return members.members();
  }

  /** The first quote, backslash or control character of a string's inside; {@code end} if none. */
  static int special(byte[] in, int from, int end) {
    int at = from;
    while (Fast.ON && at <= end - Long.BYTES) {
      long word = (long) Utf8.WORD.get(in, at);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      // In each byte the high bit is set where the byte was 0, or for the last term below 0x20;
      // a borrow may set it falsely only in bytes after a true one.
      long hits =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((word - ONES * ' ') & ~word))
              & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && in[at] != '"' && in[at] != '\\' && (in[at] < 0 || in[at] >= ' ')) {
      at++;
    }
    return at;
  }

  private void document(int from, String what) {
    int at = space(from);
    if (at == end) {
      throw new Rejected("the " + what + " is empty");
    }
    if (isByteOrderMark(at)) {
      throw JsonMistake.syntax("a byte order mark", at);
    }
    at = space(value(at));
    if (at < end) {
      throw JsonMistake.document("something follows the value", at);
    }
  }

  private boolean isByteOrderMark(int at) {
    return peek(at) == (byte) 0xEF && peek(at + 1) == (byte) 0xBB && peek(at + 2) == (byte) 0xBF;
  }

  /** Checks a value with all that is in it; the index after it. */
  private int value(int start) {
    int at = start;
    while (true) {
      switch (peek(at)) {
        case '{' -> {
          push(1, at);
          if (isNoted()) {
            members.begin(depth);
          }
          at = space(at + 1);
          if (peek(at) != '}') {
            at = key(at, "a name in quotes or }");
            continue;
          }
        }
        case '[' -> {
          push(0, at);
          at = space(at + 1);
          if (peek(at) != ']') {
            continue;
          }
        }
        case '"' -> at = string(at);
        case 't' -> at = literal(at, "true");
        case 'f' -> at = literal(at, "false");
        case 'n' -> at = literal(at, "null");
        default -> at = number(at);
      }
      at = afterValue(at);
      if (depth == 0) {
        return at;
      }
    }
  }

  /** Closes what ends here; the index of the next value, or after the whole one at depth 0. */
  private int afterValue(int start) {
    int at = start;
    while (depth > 0) {
      if (isNoted()) {
        members.endValue(depth, at);
      }
      at = space(at);
      boolean object = (objects & 1) != 0;
      byte found = peek(at);
      if (found == ',') {
        at = space(at + 1);
        return object ? key(at, "a name in quotes") : at;
      }
      if (found != (object ? '}' : ']')) {
        throw JsonMistake.expected(object ? ", or }" : ", or ]", at);
      }
      pop();
      at++;
    }
    return at;
  }

  private int key(int start, String expected) {
    boolean noted = isNoted();
    int afterExpected = noted ? members.expect(depth, in, start, end) : -1;
    if (afterExpected >= 0) {
      int value = colon(afterExpected);
      members.addExpected(depth, start + 1, value);
      return value;
    }
    if (peek(start) != '"') {
      throw JsonMistake.expected(expected, start);
    }
    escaped = false;
    int after = string(start);
    boolean plain = !escaped;
    int value = colon(after);
    if (noted) {
      int sign = JsonMembers.sign(in, start + 1, after - 1, plain);
      members.add(depth, in, start + 1, sign, value);
    }
    return value;
  }

  /** From behind a name to its value. */
  private int colon(int start) {
    int at = space(start);
    if (peek(at) != ':') {
      throw JsonMistake.expected(":", at);
    }
    return space(at + 1);
  }

  private int string(int start) {
    int at = start + 1;
    while (true) {
      at = special(in, at, end);
      if (at >= end) {
        throw JsonMistake.syntax("a string is not closed", start);
      }
      if (in[at] == '"') {
        return at + 1;
      }
      if (in[at] != '\\') {
        throw JsonMistake.controlCharacter(at);
      }
      escaped = true;
      at = escape(at);
    }
  }

  private int escape(int start) {
    return switch (peek(start + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> start + 2;
      case 'u' -> unicode(start);
      default -> throw JsonMistake.expected("one of \"\\/bfnrtu after \\", start + 1);
    };
  }

  private int unicode(int start) {
    char unit = hex(start + 2);
    int after = start + 6;
    if (!Character.isSurrogate(unit)) {
      return after;
    }
    if (Character.isHighSurrogate(unit)
        && peek(after) == '\\'
        && peek(after + 1) == 'u'
        && Character.isLowSurrogate(hex(after + 2))) {
      return after + 6;
    }
    throw JsonMistake.syntax("half a surrogate pair, which UTF-8 cannot express", start);
  }

  private char hex(int start) {
    int unit = 0;
    for (int at = start; at < start + 4; at++) {
      int digit = Character.digit(peek(at), 16);
      if (digit < 0) {
        throw JsonMistake.expected("four hexadecimal digits after \\u", at);
      }
      unit = (unit << 4) | digit;
    }
    return (char) unit;
  }

  private int literal(int start, String word) {
    for (int i = 1; i < word.length(); i++) {
      if (peek(start + i) != word.charAt(i)) {
        throw JsonMistake.expected(word, start + i);
      }
    }
    return start + word.length();
  }

  private int number(int start) {
    int at = peek(start) == '-' ? start + 1 : start;
    if (!isDigit(at)) {
      throw JsonMistake.expected(at == start ? "a value" : "a digit", at);
    }
    if (in[at] == '0' && isDigit(at + 1)) {
      throw JsonMistake.syntax("a number that begins with 0", at);
    }
    at = digits(at);
    if (peek(at) == '.') {
      at = digits(at + 1);
    }
    if ((peek(at) | 0x20) == 'e') {
      at++;
      at = digits(peek(at) == '+' || peek(at) == '-' ? at + 1 : at);
    }
    return at;
  }

  private int digits(int start) {
    int at = start;
    while (isDigit(at)) {
      at++;
    }
    if (at == start) {
      throw JsonMistake.expected("a digit", at);
    }
    return at;
  }

  private boolean isDigit(int at) {
    return at < end && in[at] >= '0' && in[at] <= '9';
  }

  private int space(int start) {
    int at = start;
    while (at < end && in[at] <= ' ' && isSpace(in[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Whether the members of the innermost object are: it and all around it are objects. */
  private boolean isNoted() {
    return depth <= JsonMembers.LEVELS && objects == (1L << depth) - 1;
  }

  private void push(int object, int at) {
    if (depth == MAX_DEPTH) {
      throw JsonMistake.document("nested deeper than " + MAX_DEPTH + " levels", at);
    }
    if (depth > 0 && depth % Long.SIZE == 0) {
      if (outer.length == 0) {
        outer = new long[MAX_DEPTH / Long.SIZE + 1];
      }
      outer[depth / Long.SIZE] = objects;
    }
    objects = (objects << 1) | object;
    depth++;
  }

  private void pop() {
    depth--;
    objects = depth > 0 && depth % Long.SIZE == 0 ? outer[depth / Long.SIZE] : objects >>> 1;
  }

  /** The byte here; 0, which no valid document has outside of a mistake, after the end. */
  private byte peek(int at) {
    return at < end ? in[at] : 0;
  }
}
