package dev.nightjar.model.schedule;

/** A cron expression does not follow the grammar, or can never come. */
public final class BadCronException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int start;
  private final int end;
  private final String hint;

  BadCronException(int start, int end, String message, String hint) {
    super(message, null, false, false);
    this.start = start;
    this.end = end;
    this.hint = hint;
  }

  /** Where it is wrong: an offset into the expression. */
  public int start() {
    return start;
  }

  /** Behind the last character that is wrong. */
  public int end() {
    return end;
  }

  /** What to write instead; empty when the message says it. */
  public String hint() {
    return hint;
  }
}
