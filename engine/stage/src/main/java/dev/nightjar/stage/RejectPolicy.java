package dev.nightjar.stage;

import java.util.concurrent.atomic.AtomicLong;

/** What becomes of a record that a step sets aside. */
public sealed interface RejectPolicy {

  /** The first one fails the step. */
  record Fail() implements RejectPolicy {}

  /**
   * They are left out.
   *
   * @param store whether they are written beside, for a file of rejects
   * @param budget shared by all steps and tasks under one limit
   */
  record Keep(boolean store, Budget budget) implements RejectPolicy {}

  /** How many may be set aside. */
  final class Budget {
    private final long max;
    private final AtomicLong used = new AtomicLong();

    /** A budget of this many records; {@link Long#MAX_VALUE} for no limit. */
    public Budget(long max) {
      this.max = max;
    }

    public long max() {
      return max;
    }

    /** Set aside by tasks that have succeeded. */
    public long used() {
      return used.get();
    }

    /** Whether an attempt that has set aside so many is over the limit. */
    boolean exceededWith(long more) {
      return used.get() + more > max;
    }

    /** Charges what a task that has succeeded has set aside. */
    public void use(long n) {
      used.addAndGet(n);
    }
  }
}
