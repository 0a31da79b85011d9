package dev.nightjar.daemon;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries the wish that a run ends to whatever of it goes on now: it may wait for its turn, or run.
 * Safe for use by many threads.
 */
public final class CancelSwitch {

  private @Nullable String reason;
  private @Nullable Consumer<String> cancel;

  /**
   * How to cancel what goes on from now on; at once when it was asked for before.
   *
   * @param how is told the reason, once
   */
  public synchronized void watch(Consumer<String> how) {
    cancel = how;
    if (reason != null) {
      how.accept(reason);
    }
  }

  /** Somebody wants the run to end; only the first wish counts. */
  public synchronized void cancel(String why) {
    if (reason != null) {
      return;
    }
    reason = why;
    if (cancel != null) {
      cancel.accept(why);
    }
  }

  /** Whether somebody wants the run to end. */
  public synchronized boolean cancelled() {
    return reason != null;
  }
}
