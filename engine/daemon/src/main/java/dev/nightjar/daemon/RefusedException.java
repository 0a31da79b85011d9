package dev.nightjar.daemon;

/** What was asked for cannot be done with this run; nothing was changed. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message that says what, where and what to do. */
  public RefusedException(String message) {
    super(message, null, false, false);
  }
}
