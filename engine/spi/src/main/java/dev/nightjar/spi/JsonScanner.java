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

  /** Behind the last byte of a document. */
  private static final int END = -1;

  private byte[] in = NOTHING;
  private int end;

  /** Whether there has been an escape in a string. */
  private boolean escaped;

  private int depth;
  // Of the innermost levels up to 64: a bit each, set for an object, the innermost lowest.
  private long objects;
  // The levels outside of those, 64 to a word.
  private long[] outer = NO_LEVELS;

  private final JsonTrail trail;

  /** Of the plain value that was checked last; null when it has none. */
  private @Nullable JsonPlace place;

  private JsonScanner(JsonTrail trail) {
    this.trail = trail;
  }

  /** For one value. */
  static JsonScanner ofOne() {
    return new JsonScanner(JsonTrail.ofOne());
  }

  /** For many values, of which one may be like another. */
  static JsonScanner ofMany() {
    return new JsonScanner(JsonTrail.ofMany());
  }

  /**
   * Checks the bytes of a range.
   *
   * @param utf8 whether they are known to be UTF-8
   * @param what the range is, for the message that it is empty: {@code line}
   * @return where some of the value's fields lie; null when that is not known
   * @throws Rejected saying what is wrong and where
   */
  @Nullable JsonNotes check(byte[] in, int from, int to, boolean utf8, String what) {
    this.in = in;
    this.end = to;
    depth = 0;
    objects = 0;
    place = trail.begin();
    try {
      int bad = utf8 ? -1 : Utf8.firstInvalid(in, from, to);
      if (bad >= 0) {
        throw JsonMistake.document("invalid UTF-8", bad);
      }
      document(from, what);
    } catch (JsonMistake e) {
      throw e.inWords(in, from, to);
    }
    return trail.result();
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
    int at = follow(from);
    if (at == from) {
      leave(at);
      at = next(beginning(at, what));
    }
    while (at != END) {
      at = follow(at);
      if (at != END) {
        leave(at);
        at = next(afterValue(at));
      }
    }
  }

  private int beginning(int from, String what) {
    int at = space(from);
    if (at == end) {
      throw new Rejected("the " + what + " is empty");
    }
    if (peek(at) == (byte) 0xEF && peek(at + 1) == (byte) 0xBB && peek(at + 2) == (byte) 0xBF) {
      throw JsonMistake.syntax("a byte order mark", at);
    }
    return at;
  }

  /**
   * Follows known gaps, and checks the plain values between them.
   *
   * @return where an unknown gap begins, or END
   */
  private int follow(int from) {
    int[] notes = trail.notes();
    JsonPlace here = place;
    int at = from;
    int gaps = 0;
    while (here != null && at != END) {
      JsonGap gap = here.gap(in, at, end);
      if (gap == null) {
        break;
      }
      gap.note(at, notes);
      JsonPlace target = gap.target();
      int start = at + gap.length();
      at = target == null ? END : plain(start);
      if (target != null) {
        target.note(start, at, notes);
      }
      here = target;
      gaps++;
    }
    trail.followed(gaps);
    place = here;
    return at;
  }

  /** An unknown gap begins. */
  private void leave(int at) {
    JsonPlace here = place;
    trail.leave(here, at);
    if (here != null) {
      depth = here.depth();
      objects = here.objects();
    }
  }

  /** From the beginning of a value to behind the next plain one, which may be in it; or END. */
  private int next(int value) {
    int at = value;
    while (at != END && (peek(at) == '{' || peek(at) == '[')) {
      at = open(at);
    }
    if (at == END) {
      trail.end(in, end);
      return END;
    }
    JsonPlace here = trail.arrive(in, at);
    int after = plain(at);
    if (here != null) {
      here.note(at, after, trail.notes());
    }
    place = here;
    return after;
  }

  /** From the beginning of an object or array to that of the next value, or END. */
  private int open(int start) {
    boolean object = peek(start) == '{';
    push(object ? 1 : 0, start);
    trail.open(start);
    int at = space(start + 1);
    if (peek(at) == (object ? '}' : ']')) {
      return afterValue(at);
    }
    return object ? key(at, "a name in quotes or }") : element(at);
  }

  /** From behind a value to the beginning of the next one, or END. */
  private int afterValue(int start) {
    int at = start;
    while (depth > 0) {
      at = space(at);
      boolean object = (objects & 1) != 0;
      byte found = peek(at);
      if (found == ',') {
        at = space(at + 1);
        return object ? key(at, "a name in quotes") : element(at);
      }
      if (found != (object ? '}' : ']')) {
        throw JsonMistake.expected(object ? ", or }" : ", or ]", at);
      }
      pop();
      at++;
      trail.close(at);
    }
    at = space(at);
    if (at < end) {
      throw JsonMistake.document("something follows the value", at);
    }
    return END;
  }

  private int element(int start) {
    trail.element();
    return start;
  }

  private int key(int start, String expected) {
    if (peek(start) != '"') {
      throw JsonMistake.expected(expected, start);
    }
    escaped = false;
    int after = string(start);
    trail.member(in, start, after, !escaped);
    return colon(after);
  }

  /** Checks a string, number or literal; the index after it. */
  private int plain(int start) {
    return switch (peek(start)) {
      case '"' -> string(start);
      case 't' -> literal(start, "true");
      case 'f' -> literal(start, "false");
      case 'n' -> literal(start, "null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(start);
      default -> throw JsonMistake.expected("a value", start);
    };
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
      throw JsonMistake.expected("a digit", at);
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
