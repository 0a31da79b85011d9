package dev.nightjar.plugin.text;

/** What words are made of: letters, marks on them, digits and the underscore. */
final class Words {

  private Words() {}

  static boolean part(int codePoint) {
    if (Character.isLetterOrDigit(codePoint) || codePoint == '_') {
      return true;
    }
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Whether neither neighbour of a stretch of text carries its word on. */
  static boolean whole(String text, int start, int end) {
    return (start == 0 || !part(text.codePointBefore(start)))
        && (end == text.length() || !part(text.codePointAt(end)));
  }
}
