package dev.nightjar.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a new process compiles what its tasks run. Until then code counts how often it
 * is used, and threads that run it together write the same counters, which takes each of them about
 * twice as long: so the first worker begins alone (ADR 15).
 */
final class WarmUp {

  private static final Duration LOOK = Duration.ofMillis(10);

  /** Looks in a row that find the work waiting: it needs no core, and counts nothing. */
  private static final int WAITS = 2;

  private final long looks;
  private volatile boolean over;
  private volatile @Nullable Thread working;

  /** A warm-up that takes so long; none if zero. */
  WarmUp(Duration length) {
    this.looks = length.dividedBy(LOOK);
    this.over = looks == 0;
  }

  /** Called by each thread that begins to work for a task. */
  void works() {
    if (!over) {
      working = Thread.currentThread();
    }
  }

  /**
   * Returns when others may begin beside the first worker: once the time is over, and before when
   * that has ended or waits, or the calling thread is interrupted.
   */
  void await(Thread first) {
    int waits = 0;
    try {
      for (long look = 0; look < looks && !over && waits < WAITS; look++) {
        if (first.join(LOOK)) {
          return;
        }
        waits = isWaiting() ? waits + 1 : 0;
      }
      over = true;
      working = null;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWaiting() {
    Thread thread = working;
    return thread != null
        && switch (thread.getState()) {
          case WAITING, TIMED_WAITING -> true;
          case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
        };
  }
}
