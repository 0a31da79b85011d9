package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Locator;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * Finds the characters of a scalar's value in the file, by walking along both: exact but for the
 * leading blanks of the lines of block scalars, which may be placed in the indentation.
 */
final class ScalarLocator implements Locator {

  private final SourceText source;
  private final int start;
  private final int end;
  private final String value;

  /** Where each character of the value stands, and where the last one ends; made when asked for. */
  private int @Nullable [] offsets;

  /**
   * A locator for a scalar.
   *
   * @param start its first character: the quote, {@code |}, or the first of a plain one
   */
  ScalarLocator(SourceText source, int start, int end, String value) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.value = value;
  }

  @Override
  public Place place(int from, int to) {
    int[] known = offsets;
    if (known == null) {
      known = align();
      offsets = known;
    }
    int first = Math.clamp(from, 0, value.length());
    int last = Math.clamp(to, first, value.length());
    int begin = known[first];
    // The end of the last character, not the start of the next: a line break may lie between.
    int finish = last == first ? begin : Math.max(known[last - 1] + 1, begin);
    if (last > first
        && known[last] > finish
        && !source.text().substring(finish, known[last]).isBlank()) {
      finish = known[last];
    }
    return new Place(source, begin, finish);
  }

  private int[] align() {
    String text = source.text();
    char style = start < end ? text.charAt(start) : ' ';
    int at = bodyStart(text, style);
    int[] found = new int[value.length() + 1];
    int done = 0;
    while (done < value.length()) {
      char c = value.charAt(done);
      at = style == '"' ? skipJoinedLines(text, at) : at;
      if (style == '"' && at < end && text.charAt(at) == '\\') {
        int length = escapeLength(text, at);
        found[done++] = at;
        if (Character.isHighSurrogate(c) && text.charAt(at + 1) == 'U' && done < value.length()) {
          found[done++] = at;
        }
        at += length;
        continue;
      }
      if (!isBlank(c)) {
        at = skipBlanks(text, at);
      }
      found[done++] = Math.min(at, end);
      boolean quote = style == '\'' && c == '\'';
      if (at < end && (text.charAt(at) == c || (isBlank(c) && isBlank(text.charAt(at))))) {
        at += quote ? 2 : 1;
      }
    }
    found[done] = Math.min(at, end);
    return found;
  }

  private int bodyStart(String text, char style) {
    if (style == '"' || style == '\'') {
      return start + 1;
    }
    if (style == '|' || style == '>') {
      int line = text.indexOf('\n', start);
      return line < 0 || line >= end ? end : line + 1;
    }
    return start;
  }

  /** A backslash at the end of a line stands for nothing, with the blanks of the next line. */
  private int skipJoinedLines(String text, int from) {
    int at = from;
    while (at + 1 < end && text.charAt(at) == '\\' && "\r\n".indexOf(text.charAt(at + 1)) >= 0) {
      at = skipBlanks(text, at + 1);
    }
    return at;
  }

  private static int escapeLength(String text, int at) {
    return switch (text.charAt(at + 1)) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  private int skipBlanks(String text, int from) {
    int at = from;
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
