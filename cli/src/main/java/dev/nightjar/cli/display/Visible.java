package dev.nightjar.cli.display;

/** Text that came from data, from logs or from a file, made safe to print. */
public final class Visible {

  private Visible() {}

  /**
   * One line: control characters, which would move the cursor or worse, and invisible ones, which
   * would reorder what is read, are written as escapes.
   */
  public static String line(String text) {
    return escape(text, false);
  }

  /** Several lines: line ends and tabs are kept, the rest is as in {@link #line}. */
  public static String lines(String text) {
    return escape(text.replace("\r\n", "\n"), true);
  }

  private static String escape(String text, boolean keepLayout) {
    int i = 0;
    while (i < text.length() && isPlain(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16).append(text, 0, i);
    text.substring(i).codePoints().forEach(c -> append(out, c, keepLayout));
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  private static void append(StringBuilder out, int c, boolean keepLayout) {
    switch (c) {
      case '\n' -> out.append(keepLayout ? "\n" : "\\n");
      case '\t' -> out.append(keepLayout ? "\t" : "\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (isHidden(c)) {
          out.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u{%x}".formatted(c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
