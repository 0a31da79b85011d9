package dev.nightjar.model.diagnostic;

import java.util.Arrays;

/** A file's name and text, with its lines found; what places point into. */
public final class SourceText {

  private final String name;
  private final String text;
  private final int[] lineStarts;

  /** A text under the name that messages print. */
  public SourceText(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** From 1. */
  int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** From 1, in characters as a reader counts them: a surrogate pair is one. */
  int column(int offset) {
    int start = lineStarts[line(offset) - 1];
    return text.codePointCount(start, offset) + 1;
  }

  /** What stands before an offset in its line, of a long line the last {@code limit} characters. */
  String lineBefore(int offset, int limit) {
    int start = Math.max(lineStarts[line(offset) - 1], offset - limit);
    boolean inside = start < offset && Character.isLowSurrogate(text.charAt(start));
    return text.substring(inside ? start + 1 : start, offset);
  }

  /** What stands in a line from an offset on, at most {@code limit} characters. */
  String lineFrom(int offset, int limit) {
    int end = offset;
    int last = Math.min(text.length(), offset + limit);
    while (end < last && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    boolean inside = end > offset && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(offset, inside ? end - 1 : end);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends =
          c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
