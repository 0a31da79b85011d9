package dev.nightjar.cli;

import dev.nightjar.runtime.Run;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two-stage stop: the first signal cancels the run, whose {@code finally} steps still run; the
 * second ends the process at once.
 */
final class Interrupts {

  private final IntConsumer halt;
  private final Consumer<String> say;
  private int signal;
  private boolean begun;
  private @Nullable Run run;

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

  /** The run to cancel; one that was asked to end while it began is cancelled now. */
  void watch(Run started) {
    int earlier;
    synchronized (this) {
      run = started;
      earlier = signal;
    }
    if (earlier > 0) {
      started.cancel(reason(earlier));
    }
  }

  /** The number of the first signal that came; 0 for none. */
  synchronized int signal() {
    return signal;
  }

  void received(int number) {
    Run running;
    synchronized (this) {
      if (signal > 0 || !begun) {
        halt.accept(128 + number);
        return;
      }
      signal = number;
      running = run;
    }
    if (running != null) {
      running.cancel(reason(number));
    }
    say.accept(reason(number) + ": steps are stopping, `finally` runs; once more ends it at once");
  }

  private static String reason(int number) {
    return switch (number) {
      case 2 -> "interrupted";
      case 15 -> "terminated";
      default -> "hung up";
    };
  }
}
