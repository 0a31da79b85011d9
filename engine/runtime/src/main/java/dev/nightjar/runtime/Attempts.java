package dev.nightjar.runtime;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.stage.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts on threads of their own, so that one that never returns can be left behind: whoever
 * waits here gets an answer after the timeout and the grace, whatever the processor does.
 */
final class Attempts {

  /** The reason an attempt is stopped for when whoever waits for it is. */
  static final String CANCELLED = "cancelled";

  /** How much of the stack of a stuck step is shown: enough to find the line. */
  private static final int FRAMES = 8;

  private final Duration grace;
  private final ThreadFactory threads;
  private final Watchdog watchdog;

  Attempts(Duration grace, ThreadFactory threads, Watchdog watchdog) {
    this.watchdog = watchdog;
    this.grace = grace;
    this.threads = threads;
  }

  /** How long an attempt that is stopped has to answer. */
  Duration grace() {
    return grace;
  }

  /** Watches an attempt that runs elsewhere. */
  Attempt.Registration watch(String name, Attempt attempt) {
    return watchdog.watch(name, attempt);
  }

  /** The attempt was stopped by its timeout. */
  static final class TimedOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimedOut(Duration timeout) {
      super("timed out after " + Words.duration(timeout), null, false, false);
    }
  }

  /** The attempt does not answer; it was left behind. */
  static final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> classes;

    Stuck(String message, List<String> classes) {
      super(message, null, false, false);
      this.classes = classes;
    }

    /** The classes on its stacks, the innermost calls first. */
    List<String> classes() {
      return classes;
    }
  }

  /**
   * Runs one attempt and waits for it.
   *
   * @param parent stops this attempt when it is stopped itself
   * @param work gets the attempt
   * @throws TimedOut when the timeout ended it
   * @throws Stuck when it was stopped and did not answer
   * @throws Cancelled when the parent was stopped
   * @throws Throwable what the work threw
   */
  @SuppressWarnings("try") // The registrations are only closed.
  <T> T run(
      String name, Attempt parent, @Nullable Duration timeout, Function<Attempt, Callable<T>> work)
      throws Throwable {
    var attempt = new Attempt();
    var trial = new Trial<T>(attempt);
    Callable<T> call = work.apply(attempt);
    Thread thread =
        threads.newThread(() -> {
          try {
            trial.run(call);
          } finally {
            attempt.end();
          }
        });
    thread.setName(name);
    try (var stopped = parent.onStop(() -> attempt.stop(CANCELLED));
        var seen = watchdog.watch(name, attempt)) {
      thread.start();
      boolean ended = await(attempt, timeout);
      if (!ended) {
        Stuck stuck = stuck(attempt, timeout);
        attempt.abandon();
        throw stuck;
      }
    }
    return trial.result(timeout);
  }

  /**
   * Runs an attempt on this thread, which somebody else watches.
   *
   * @throws Cancelled when it was stopped
   * @throws Throwable what the work threw
   */
  static <T> T runHere(Attempt attempt, Callable<T> work) throws Throwable {
    var trial = new Trial<T>(attempt);
    trial.run(work);
    return trial.result(null);
  }

  /** What came of the work of an attempt, whichever thread did it. */
  private static final class Trial<T> {
    private final Attempt attempt;
    private volatile @Nullable T result;
    private volatile @Nullable Throwable thrown;

    Trial(Attempt attempt) {
      this.attempt = attempt;
    }

    void run(Callable<T> work) {
      try {
        attempt.join(() -> call(work));
      } catch (Throwable e) {
        thrown = e;
      }
    }

    private void call(Callable<T> work) {
      try {
        result = work.call();
      } catch (Throwable e) {
        thrown = e;
      }
    }

    T result(@Nullable Duration timeout) throws Throwable {
      Throwable e = thrown;
      if (e == null) {
        return Objects.requireNonNull(result, "an attempt gives a result or throws");
      }
      if (Attempt.TIMED_OUT.equals(attempt.stopReason()) && timeout != null) {
        throw new TimedOut(timeout);
      }
      if (CANCELLED.equals(attempt.stopReason())) {
        throw new Cancelled();
      }
      throw e;
    }
  }

  private boolean await(Attempt attempt, @Nullable Duration timeout) {
    try {
      return attempt.awaitEnd(timeout, grace);
    } catch (InterruptedException e) {
      attempt.stop(CANCELLED);
      boolean ended = awaitGrace(attempt);
      Thread.currentThread().interrupt();
      return ended;
    }
  }

  private boolean awaitGrace(Attempt attempt) {
    try {
      return attempt.awaitEnd(null, grace);
    } catch (InterruptedException again) {
      return false;
    }
  }

  Stuck stuck(Attempt attempt, @Nullable Duration timeout) {
    String reason = String.valueOf(attempt.stopReason());
    String why =
        switch (reason) {
          case Attempt.TIMED_OUT ->
              "timed out" + (timeout == null ? "" : " after " + Words.duration(timeout));
          case CANCELLED -> "was cancelled";
          default -> "was to stop because " + reason;
        };
    List<StackTraceElement[]> stacks =
        attempt.threads().stream().filter(Thread::isAlive).map(Thread::getStackTrace).toList();
    String message =
        why
            + " and has not stopped within "
            + Words.duration(grace)
            + "; it was left behind, where it stands:\n"
            + stacks.stream().map(Attempts::shown).collect(Collectors.joining("\n"));
    return new Stuck(
        message, stacks.stream().flatMap(Stream::of).map(StackTraceElement::getClassName).toList());
  }

  private static String shown(StackTraceElement[] stack) {
    return Stream.of(stack)
        .limit(FRAMES)
        .map(frame -> "    at " + frame)
        .collect(Collectors.joining("\n"));
  }
}
