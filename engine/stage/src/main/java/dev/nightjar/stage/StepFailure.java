package dev.nightjar.stage;

import dev.nightjar.spi.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A step of a task has failed.
 *
 * <p>The line of the origin counts from the split's start; only the control plane, which knows the
 * splits before, can name the line in the file.
 */
public final class StepFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String step;
  private final boolean rejected;
  private final transient @Nullable Origin origin;

  private StepFailure(
      String step,
      boolean rejected,
      @Nullable Origin origin,
      String message,
      @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.step = step;
    this.rejected = rejected;
    this.origin = origin;
  }

  /** A processor threw, while it handled a record if there is an origin. */
  static StepFailure of(String step, @Nullable Origin origin, Throwable cause) {
    if (cause instanceof StepFailure failure) {
      return failure;
    }
    return new StepFailure(step, false, origin, String.valueOf(cause.getMessage()), cause);
  }

  /** A record was set aside where none may be, or one too many. */
  static StepFailure rejected(String step, Origin origin, String message) {
    return new StepFailure(step, true, origin, message, null);
  }

  public String step() {
    return step;
  }

  public boolean rejected() {
    return rejected;
  }

  /** Of the record that was being handled; null when there was none. */
  public @Nullable Origin origin() {
    return origin;
  }
}
