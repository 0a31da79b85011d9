package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Code;

/** What keeps an expression from being read any further. Becomes a diagnostic, never a trace. */
final class Mistake extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Characters of an expression that a message quotes: enough to recognise it. */
  private static final int QUOTED = 60;

  private final int start;
  private final int end;
  private final String[] hints;

  Mistake(int start, int end, String message, String... hints) {
    super(message, null, false, false);
    this.start = start;
    this.end = end;
    this.hints = hints.clone();
  }

  void note(Notes notes) {
    notes.add(Code.BAD_EXPRESSION, start, end, String.valueOf(getMessage()), hints);
  }

  /** The text, shortened for a message. */
  static String cut(String text) {
    if (text.length() <= QUOTED) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(QUOTED - 1)) ? QUOTED - 1 : QUOTED;
    return text.substring(0, end) + "…";
  }
}
