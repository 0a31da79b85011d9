package dev.nightjar.model.yaml;

import org.jspecify.annotations.Nullable;

/** Turns the parser's positions, which count code points, into offsets of a text. */
final class Positions {

  private final int length;

  /** Offsets by code point; null when there are no surrogates and both are the same. */
  private final int @Nullable [] offsets;

  Positions(String text) {
    length = text.length();
    int points = text.codePointCount(0, length);
    offsets = points == length ? null : offsets(text, points);
  }

  int offset(long point) {
    if (offsets == null) {
      return Math.clamp(point, 0, length);
    }
    return offsets[Math.clamp(point, 0, offsets.length - 1)];
  }

  private static int[] offsets(String text, int points) {
    int[] found = new int[points + 1];
    int at = 0;
    for (int i = 0; i < points; i++) {
      found[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    found[points] = at;
    return found;
  }
}
