package dev.nightjar.cli;

import dev.nightjar.daemon.CancelSwitch;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Two-stage stop: the first signal cancels the run, whose {@code finally} steps still run; the
 * second ends the process at once. A cancel that somebody asked for elsewhere is like the first.
 */
final class Interrupts {

  private final IntConsumer halt;
  private final Consumer<String> say;
  private final CancelSwitch cancelSwitch = new CancelSwitch();
  private int signal;
  private boolean begun;

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

  /** What the first signal cancels. */
  CancelSwitch cancelSwitch() {
    return cancelSwitch;
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

  void received(int number) {
    synchronized (this) {
      if (signal > 0 || !begun) {
        halt.accept(128 + number);
        return;
      }
      signal = number;
    }
    String why = reason(number);
    cancelSwitch.cancel(why);
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
