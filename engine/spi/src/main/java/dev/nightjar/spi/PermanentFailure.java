package dev.nightjar.spi;

import org.jspecify.annotations.Nullable;

/** No further attempt can help: the step fails without being repeated. */
public final class PermanentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What failed, where, and what to do. */
  public PermanentFailure(String message) {
    super(message);
  }

  /** The same, with what caused it. */
  public PermanentFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
