package dev.nightjar.model.options;

import org.jspecify.annotations.Nullable;

/** A value does not fit an option; caught where the option's name and place are known. */
final class Unfit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Longer values are cut in messages. */
  private static final int SHOWN = 60;

  private final String takes;
  private final String got;
  private final @Nullable String hint;
  private final int at;

  /**
   * A value that does not fit.
   *
   * @param takes what the option takes, as in {@code a whole number}
   * @param got what there was instead, as in {@code `x`}
   * @param hint what to do
   */
  Unfit(String takes, String got, @Nullable String hint) {
    this(takes, got, hint, -1);
  }

  /**
   * A value that does not fit from one character on.
   *
   * @param at the character, from 0; -1 for the whole value
   */
  Unfit(String takes, String got, @Nullable String hint, int at) {
    super(takes, null, false, false);
    this.takes = takes;
    this.got = got;
    this.hint = hint;
    this.at = at;
  }

  int at() {
    return at;
  }

  /** A value in back quotes, cut when long. */
  static String quoted(String value) {
    if (value.isEmpty()) {
      return "an empty text";
    }
    String shown = value.codePointCount(0, value.length()) <= SHOWN ? value : cut(value);
    return "`" + shown + "`";
  }

  private static String cut(String value) {
    return value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /** The whole sentence. */
  String message(String subject) {
    return subject + " takes " + takes + ", not " + got;
  }

  /** The sentence for a value that nobody may see. */
  String messageWithoutValue(String subject) {
    return subject + " takes " + takes + ", and its value is something else";
  }

  String[] hints() {
    return hint == null ? new String[0] : new String[] {hint};
  }
}
