package dev.nightjar.daemon;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives memory back once, when nothing has run for a while: collectors that wait for a full heap
 * keep what a busy hour has taken. Used by one thread.
 */
final class Quiet {

  /** Between runs that follow each other nothing is given back, only to be taken again. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private final Runnable giveBack;
  private long since;
  private boolean owes = true;

  /**
   * Quiet from now on; starting has taken something, too.
   *
   * @param giveBack costs a pause
   */
  Quiet(LongSupplier nanos, Runnable giveBack) {
    this.nanos = nanos;
    this.giveBack = giveBack;
    this.since = nanos.getAsLong();
  }

  /**
   * Looks.
   *
   * @param busy whether something runs, or has run since the last look
   */
  void look(boolean busy) {
    long now = nanos.getAsLong();
    if (busy) {
      since = now;
      owes = true;
    } else if (owes && now - since >= LONG_ENOUGH.toNanos()) {
      owes = false;
      giveBack.run();
    }
  }
}
