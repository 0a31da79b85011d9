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

  /** A line without its end, lines counted from 1. */
  String lineText(int line) {
    int start = lineStarts[line - 1];
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return text.substring(start, end);
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
