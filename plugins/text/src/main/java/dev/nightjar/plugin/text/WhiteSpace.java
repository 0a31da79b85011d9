package dev.nightjar.plugin.text;

/** White space as Unicode defines it (White_Space=yes), which is not what {@code strip} removes. */
final class WhiteSpace {

  private WhiteSpace() {}

  static boolean ascii(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** All of them lie in the basic plane, so that a char is enough to tell. */
  static boolean is(char c) {
    if (c < 0x80) {
      return ascii(c);
    }
    return switch (c) {
      case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }

  static boolean only(String text) {
    return skip(text, 0) == text.length();
  }

  static String trim(String text, Trim.Ends ends) {
    int start = ends.start() ? skip(text, 0) : 0;
    int end = text.length();
    while (ends.end() && end > start && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Each run of white space becomes one space. */
  static String collapse(String text) {
    var result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (is(c)) {
        result.append(' ');
        i = skip(text, i) - 1;
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static int skip(String text, int from) {
    int i = from;
    while (i < text.length() && is(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
