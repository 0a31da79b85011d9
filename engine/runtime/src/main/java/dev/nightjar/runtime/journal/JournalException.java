package dev.nightjar.runtime.journal;

import org.jspecify.annotations.Nullable;

/** Events can no longer be remembered: the run stops as if its process had ended here. */
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whose turn it is to act. */
  public enum Cause {
    /** The disk or the database refuses. */
    STORE,
    /** The run belongs to another process now. */
    LOST,
    /** Somebody wanted it to stop here and to go on later. */
    SUSPENDED
  }

  private final Cause why;

  /** With a message that says what, where and what to do. */
  public JournalException(Cause why, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  public Cause why() {
    return why;
  }
}
