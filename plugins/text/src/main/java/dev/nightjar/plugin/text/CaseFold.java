package dev.nightjar.plugin.text;

/**
 * Makes letters that differ in case alone the same, without moving any: a match keeps its place.
 */
final class CaseFold {

  private CaseFold() {}

  /** A text of the same length in chars; itself when it has nothing to fold. */
  static String of(String text) {
    int first = 0;
    while (first < text.length() && same(text.charAt(first))) {
      first++;
    }
    return first == text.length() ? text : fold(text, first);
  }

  private static String fold(String text, int first) {
    char[] folded = text.toCharArray();
    for (int i = first; i < folded.length; ) {
      int c = Character.codePointAt(folded, i);
      int width = Character.charCount(c);
      int f = fold(c);
      if (Character.charCount(f) == width) {
        Character.toChars(f, folded, i);
      }
      i += width;
    }
    return new String(folded);
  }

  private static boolean same(char c) {
    return c < 0x80 && (c < 'A' || c > 'Z');
  }

  /** By way of the large letter: {@code ς} and {@code σ} have one, {@code Σ}. */
  private static int fold(int c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
