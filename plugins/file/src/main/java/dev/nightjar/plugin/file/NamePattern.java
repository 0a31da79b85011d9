package dev.nightjar.plugin.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern for one name: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}. Matching takes at
 * most the product of both lengths, whatever the pattern.
 */
final class NamePattern {

  /** Any number of characters, or one that passes a test. */
  private record Part(boolean star, IntPredicate test) {}

  private final List<Part> parts = new ArrayList<>();
  private final boolean dot;

  private NamePattern(String text) {
    dot = text.startsWith(".");
    int[] points = points(text);
    int at = 0;
    while (at < points.length) {
      int c = points[at];
      int close = c == '[' ? closing(points, at) : -1;
      if (close > 0) {
        parts.add(new Part(false, oneOf(points, at + 1, close)));
        at = close + 1;
      } else {
        parts.add(new Part(c == '*', c == '?' ? any -> true : same -> same == c));
        at++;
      }
    }
  }

  static NamePattern of(String text) {
    return new NamePattern(text);
  }

  /** A stream of them, made for each of many names, takes longer than to match it. */
  private static int[] points(String text) {
    int[] points = new int[text.length()];
    int n = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(points[n - 1])) {
      points[n++] = text.codePointAt(i);
    }
    return n == points.length ? points : Arrays.copyOf(points, n);
  }

  /** The index of the bracket's end, or -1; right behind the start it is one of the set. */
  private static int closing(int[] points, int open) {
    int first = open + 1 < points.length && negates(points[open + 1]) ? open + 3 : open + 2;
    for (int i = first; i < points.length; i++) {
      if (points[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  private static boolean negates(int c) {
    return c == '!' || c == '^';
  }

  private static IntPredicate oneOf(int[] points, int from, int to) {
    boolean negated = negates(points[from]);
    IntPredicate set = c -> false;
    int at = negated ? from + 1 : from;
    while (at < to) {
      int low = points[at];
      boolean range = at + 2 < to && points[at + 1] == '-';
      int high = range ? points[at + 2] : low;
      set = set.or(c -> low <= c && c <= high);
      at += range ? 3 : 1;
    }
    return negated ? set.negate() : set;
  }

  boolean matches(String name) {
    if (name.startsWith(".") && !dot) {
      return false;
    }
    int[] points = points(name);
    int part = 0;
    int at = 0;
    int star = -1;
    int mark = 0;
    while (at < points.length) {
      if (part < parts.size() && parts.get(part).star()) {
        star = part++;
        mark = at;
      } else if (part < parts.size() && parts.get(part).test().test(points[at])) {
        part++;
        at++;
      } else if (star >= 0) {
        part = star + 1;
        at = ++mark;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part).star()) {
      part++;
    }
    return part == parts.size();
  }
}
