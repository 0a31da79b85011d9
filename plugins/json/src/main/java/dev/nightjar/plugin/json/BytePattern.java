package dev.nightjar.plugin.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the common kind: from {@code ^} to {@code $} a row of ASCII characters,
 * {@code \d} and classes, each with a repeat or without, where no character could be part of one
 * repeat or of what follows it. So it is matched from left to right, byte by byte. Immutable.
 */
final class BytePattern {

  private static final int ASCII = 128;

  private static final int UNBOUNDED = Integer.MAX_VALUE;

  /** Characters that mean themselves, in a class and outside of it. */
  private static final String PLAIN = "_ /:;,@#%&=~!<>\"'`";

  /** More is rare, and the matcher for all patterns has bounds of its own. */
  private static final int MAX_LENGTH = 200;

  /** Some of the ASCII characters, so many times. */
  private static final class Part {

    private final boolean[] characters;
    private final int least;
    private final int most;

    Part(boolean[] characters, int least, int most) {
      this.characters = characters;
      this.least = least;
      this.most = most;
    }

    boolean has(byte b) {
      return b >= 0 && characters[b];
    }

    boolean sharesWith(Part other) {
      for (int i = 0; i < ASCII; i++) {
        if (characters[i] && other.characters[i]) {
          return true;
        }
      }
      return false;
    }
  }

  private final Part[] parts;

  private BytePattern(List<Part> parts) {
    this.parts = parts.toArray(Part[]::new);
  }

  /** Null when the pattern is of another kind. */
  static @Nullable BytePattern of(String pattern) {
    if (pattern.length() > MAX_LENGTH || !pattern.startsWith("^") || !pattern.endsWith("$")) {
      return null;
    }
    List<Part> parts = new Reader(pattern.substring(1, pattern.length() - 1)).parts();
    return parts == null || isAmbiguous(parts) ? null : new BytePattern(parts);
  }

  /** Whether a character after a repeat may belong to it or to what follows. */
  private static boolean isAmbiguous(List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Part repeat = parts.get(i);
      boolean open = repeat.least < repeat.most;
      for (int next = i + 1; open && next < parts.size(); next++) {
        if (repeat.sharesWith(parts.get(next))) {
          return true;
        }
        open = parts.get(next).least == 0;
      }
    }
    return false;
  }

  /** Whether bytes match, which are UTF-8 of a text without escapes. */
  boolean matches(byte[] in, int from, int to) {
    int at = from;
    for (Part part : parts) {
      int count = 0;
      while (at < to && count < part.most && part.has(in[at])) {
        at++;
        count++;
      }
      if (count < part.least) {
        return false;
      }
    }
    return at == to;
  }

  /** Reads what stands between {@code ^} and {@code $}. */
  private static final class Reader {

    private final String in;
    private int at;

    Reader(String in) {
      this.in = in;
    }

    /** Null when there is something else. */
    @Nullable List<Part> parts() {
      var parts = new ArrayList<Part>();
      while (at < in.length()) {
        var characters = new boolean[ASCII];
        boolean known =
            switch (in.charAt(at)) {
              case '[' -> readClass(characters);
              case '-' -> readDash(characters);
              default -> readOne(characters);
            };
        Part part = known ? repeated(characters) : null;
        if (part == null) {
          return null;
        }
        parts.add(part);
      }
      return parts;
    }

    private boolean readClass(boolean[] characters) {
      at++;
      if (at < in.length() && (in.charAt(at) == '^' || in.charAt(at) == ']')) {
        return false;
      }
      while (at < in.length() && in.charAt(at) != ']') {
        int first = at;
        if (in.startsWith("-]", at)) {
          readDash(characters);
        } else if (!readOne(characters)) {
          return false;
        } else if (at - first == 1 && in.startsWith("-", at) && !in.startsWith("-]", at)) {
          if (!readRange(in.charAt(first), characters)) {
            return false;
          }
        }
      }
      at++;
      return at <= in.length();
    }

    private boolean readDash(boolean[] characters) {
      characters['-'] = true;
      at++;
      return true;
    }

    private boolean readRange(char from, boolean[] characters) {
      at++;
      char to = at < in.length() ? in.charAt(at) : 0;
      if (!isWordPart(from) || !isWordPart(to) || from > to) {
        return false;
      }
      for (char c = from; c <= to; c++) {
        characters[c] = true;
      }
      at++;
      return true;
    }

    private boolean readOne(boolean[] characters) {
      char c = in.charAt(at++);
      if (isWordPart(c) || PLAIN.indexOf(c) >= 0) {
        characters[c] = true;
        return true;
      }
      return c == '\\' && at < in.length() && readEscape(in.charAt(at++), characters);
    }

    private static boolean readEscape(char c, boolean[] characters) {
      if (c == 'd') {
        for (char digit = '0'; digit <= '9'; digit++) {
          characters[digit] = true;
        }
        return true;
      }
      if (".-/+*?()[]{}^$|\\".indexOf(c) < 0) {
        return false;
      }
      characters[c] = true;
      return true;
    }

    private @Nullable Part repeated(boolean[] characters) {
      char c = at < in.length() ? in.charAt(at) : 0;
      return switch (c) {
        case '?' -> counted(characters, 1, 0, 1);
        case '*' -> counted(characters, 1, 0, UNBOUNDED);
        case '+' -> counted(characters, 1, 1, UNBOUNDED);
        case '{' -> braced(characters);
        default -> new Part(characters, 1, 1);
      };
    }

    /** Null where another repeat follows: the second one has another meaning. */
    private @Nullable Part counted(boolean[] characters, int length, int least, int most) {
      at += length;
      boolean again = at < in.length() && "?*+{".indexOf(in.charAt(at)) >= 0;
      return again ? null : new Part(characters, least, most);
    }

    private @Nullable Part braced(boolean[] characters) {
      int close = in.indexOf('}', at);
      String body = close < 0 ? "" : in.substring(at + 1, close);
      if (!body.matches("[0-9]{1,3}(,([0-9]{1,3})?)?")) {
        return null;
      }
      int comma = body.indexOf(',');
      int least = Integer.parseInt(comma < 0 ? body : body.substring(0, comma));
      String upper = body.substring(comma + 1);
      int most = upper.isEmpty() ? UNBOUNDED : Integer.parseInt(upper);
      return least > most ? null : counted(characters, body.length() + 2, least, most);
    }

    private static boolean isWordPart(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
  }
}
