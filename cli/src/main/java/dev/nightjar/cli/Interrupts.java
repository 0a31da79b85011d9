package dev.nightjar.cli;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two-stage stop: the first signal cancels the run, whose {@code finally} steps still run; the
 * second ends the process at once. A cancel that somebody asked for elsewhere is like the first.
 */
final class Interrupts {

  private final IntConsumer halt;
  private final Consumer<String> say;
  private int signal;
  private boolean begun;
  private @Nullable String reason;
  private @Nullable Consumer<String> cancel;

  /**
   * Nothing is heard yet.
   *
   * @param halt ends the process at once with this exit code
   * @param say tells the person who sent the signal
   */
  Interrupts(IntConsumer halt, Consumer<String> say) {
    this.halt = halt;
    this.say = say;
  }

  /** Hears Ctrl-C, a plain {@code kill}, and a terminal that is closed. */
  void listen() {
    Signals.on("INT", () -> received(2));
    Signals.on("TERM", () -> received(15));
    Signals.on("HUP", () -> received(1));
  }

  /** From now on there may be something to clean up: a signal no longer just ends the process. */
  synchronized void begin() {
    begun = true;
  }

  /**
   * How to cancel what runs from now on; at once when it was asked for before.
   *
   * @param how is told the reason, once
   */
  synchronized void watch(Consumer<String> how) {
    cancel = how;
    if (reason != null) {
      how.accept(reason);
    }
  }

  /** The number of the first signal that came; 0 for none. */
  synchronized int signal() {
    return signal;
  }

  /** What the process ends with when a signal ended it, or else. */
  int exitCode(int otherwise) {
    int number = signal();
    return number > 0 ? 128 + number : otherwise;
  }

  /** Whether somebody wants the run to end, by a signal or otherwise. */
  synchronized boolean cancelled() {
    return reason != null;
  }

  /** Somebody wants the run to end. */
  synchronized void cancel(String why) {
    if (reason != null) {
      return;
    }
    reason = why;
    if (cancel != null) {
      cancel.accept(why);
    }
  }

  void received(int number) {
    synchronized (this) {
      if (signal > 0 || !begun) {
        halt.accept(128 + number);
        return;
      }
      signal = number;
    }
    String why = reason(number);
    cancel(why);
    say.accept(why + ": steps are stopping, `finally` runs; once more ends it at once");
  }

  private static String reason(int number) {
    return switch (number) {
      case 2 -> "interrupted";
      case 15 -> "terminated";
      default -> "hung up";
    };
  }
}
