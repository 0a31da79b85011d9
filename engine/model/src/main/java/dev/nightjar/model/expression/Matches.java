package dev.nightjar.model.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Searching a text for a regular expression, in time linear to the text. */
final class Matches {

  /**
   * Characters of a regular expression once its counted repeats are written out: {@code (a{9}){9}}
   * has 81. RE2/J builds as many states, and visits each for each character of the text.
   */
  private static final int LARGEST = 2_000;

  private Matches() {}

  /** Whether any part of the text matches. */
  static boolean find(String text, String pattern) {
    return compile(pattern).matcher(text).find();
  }

  /**
   * Compiles a regular expression of RE2's syntax.
   *
   * @throws EvaluationException when it is none, or too large
   */
  static Pattern compile(String pattern) {
    if (size(pattern) > LARGEST) {
      throw new EvaluationException("the regular expression is too large");
    }
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw Conversions.unreadable(pattern, "regular expression: " + e.getDescription());
    }
  }

  /** An upper bound on the states of a pattern; brackets inside a class count as characters. */
  private static long size(String pattern) {
    if (pattern.length() > LARGEST) {
      return pattern.length();
    }
    Deque<Long> outer = new ArrayDeque<>();
    long size = 0;
    long last = 0;
    for (int i = 0; i < pattern.length() && size <= LARGEST; i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '(' -> {
          outer.push(size);
          size = 0;
          continue;
        }
        case ')' -> {
          last = size + 1;
          size = last + (outer.isEmpty() ? 0 : outer.pop());
          continue;
        }
        case '{' -> {
          long extra = last * (repeats(pattern, i) - 1);
          size += extra;
          last += extra;
          continue;
        }
        case '*', '+', '?' -> {
          size++;
          last++;
          continue;
        }
        default -> {}
      }
      size++;
      last = 1;
    }
    while (!outer.isEmpty()) {
      size += outer.pop();
    }
    return size;
  }

  /** The larger number in braces, 1 when there is none. */
  private static long repeats(String pattern, int brace) {
    long most = 1;
    long number = 0;
    for (int i = brace + 1; i < pattern.length() && pattern.charAt(i) != '}'; i++) {
      char c = pattern.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.min(LARGEST + 1L, number * 10 + (c - '0'));
      } else {
        number = 0;
      }
      most = Math.max(most, number);
    }
    return most;
  }
}
