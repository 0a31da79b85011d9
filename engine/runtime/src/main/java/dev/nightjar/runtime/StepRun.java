package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.options.OptionFailure;
import dev.nightjar.runtime.Supervision.LeftBehind;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Monitor;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.RunningStep;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RetryPolicy;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.Failures;
import dev.nightjar.stage.Meter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One execution of one step: begins it, counts its attempts, tells how it ended. */
final class StepRun {

  /** Where a result comes from that no run is named for. */
  private static final String CACHE = "cache";

  private final RunContext run;
  private final BlockState state;
  private final Step step;
  private final String path;
  private final RunningStep running;
  private final boolean top;
  private final StepPast past;
  private final AtomicInteger attempts;
  private final AtomicInteger failedAttempts;

  /** A step that begins now. */
  StepRun(RunContext run, BlockState state, Step step) {
    this.run = run;
    this.state = state;
    this.step = step;
    this.path = state.path(step.id());
    this.top = state.shown();
    this.past = run.history().step(path);
    int before = past.failedAttempts();
    this.attempts = new AtomicInteger(before);
    this.failedAttempts = new AtomicInteger(before);
    String processor = step.processor().name();
    this.running = new RunningStep(path, processor, new Meter(), run.surroundings().nanos());
    if (top) {
      run.monitor().begin(running);
    }
    if (!past.started()) {
      state.emit(
          new Event.StepStarted(run.now(), path, processor, Because.of(step, state, run.masks())));
    }
    for (int i = 0; i < before; i++) {
      run.monitor().operation(path, 0, false);
    }
  }

  Step step() {
    return step;
  }

  /** What was known of it before this process. */
  StepPast past() {
    return past;
  }

  String path() {
    return path;
  }

  Meter meter() {
    return running.meter();
  }

  RunningStep running() {
    return running;
  }

  /** What one attempt does. */
  @FunctionalInterface
  interface Trial<T> {
    T run(int attemptNumber) throws Throwable;
  }

  /** Another attempt of the step, or of one of its tasks, begins. */
  void beginAttempt() {
    attempts.incrementAndGet();
  }

  /** Its options do not fit, or its plugin cannot be loaded: an attempt that failed at once. */
  void neverBegan() {
    attempts.incrementAndGet();
    failedAttempts.incrementAndGet();
    run.monitor().operation(path, 0, false);
  }

  /**
   * Tries until it succeeds or the step's policy ends.
   *
   * @throws Cancelled when the parent was stopped
   * @throws Throwable what the last attempt threw
   */
  <T> T retrying(Attempt parent, Trial<T> trial) throws Throwable {
    return retrying(
        History.STEP,
        past.failure(History.STEP),
        parent,
        e -> this,
        number -> {
          beginAttempt();
          return timed(trial, number);
        });
  }

  /**
   * Tries what belongs to the step's tasks: sharing out before them, putting together after them.
   * It is an operation of its own only when it fails.
   *
   * @param task {@link History#STEP} for sharing out, {@link History#COMMIT} for putting together
   */
  <T> T retryingBeside(int task, Attempt parent, Trial<T> trial) throws Throwable {
    return retrying(task, past.failure(task), parent, e -> this, trial);
  }

  private <T> T timed(Trial<T> trial, int number) throws Throwable {
    long start = run.nanos();
    T result = trial.run(number);
    run.monitor().operation(path, run.nanos() - start, true);
    return result;
  }

  /**
   * Tries a task of a stage that begins with this step; failures are counted here, successes by the
   * trial.
   *
   * @param before the last failure in a process that is gone; null for none
   * @param guilty the step that a failure is to be charged to, whose policy says what is next
   */
  <T> T retrying(
      int task,
      Event.@Nullable AttemptFailed before,
      Attempt parent,
      Function<Throwable, StepRun> guilty,
      Trial<T> trial)
      throws Throwable {
    long first = run.nanos();
    waitBehind(before, parent);
    for (int attempt = before == null ? 1 : before.attempt() + 1; ; attempt++) {
      parent.check();
      long start = run.nanos();
      try {
        return trial.run(attempt);
      } catch (Cancelled | JournalException | LeftBehind e) {
        throw e;
      } catch (Throwable e) {
        if (wasStopped(e, parent)) {
          throw new Cancelled();
        }
        var took = Duration.ofNanos(run.nanos() - start);
        run.monitor().operation(path, took.toNanos(), false);
        guilty.apply(e).afterFailure(new Failed(e, task, attempt, took), first, parent);
      }
    }
  }

  /** An attempt that has failed. */
  private record Failed(Throwable thrown, int task, int attempt, Duration took) {}

  /** An attempt that began then does not answer: it counts as failed, and is not tried again. */
  void leftBehind(long startNanos) {
    run.monitor().operation(path, run.nanos() - startNanos, false);
    failedAttempts.incrementAndGet();
  }

  /** What is left of the wait behind a failure in a process that is gone. */
  private void waitBehind(Event.@Nullable AttemptFailed before, Attempt parent) {
    Duration wait = before == null ? null : before.nextIn();
    if (before != null && wait != null) {
      Duration left = Duration.between(run.now(), before.at().plus(wait));
      if (left.isPositive()) {
        sleep(left.compareTo(wait) < 0 ? left : wait, parent);
      }
    }
  }

  /** Whatever is thrown by work that was interrupted says no more than that it was. */
  private static boolean wasStopped(Throwable e, Attempt parent) {
    return e instanceof InterruptedException
        || (parent.stopReason() != null && !(e instanceof Attempts.Stuck));
  }

  /**
   * Whether the processor says that it was cancelled, though nobody cancelled it. A nested step may
   * have been interrupted by the step around it; that one is asked.
   */
  boolean gaveUp(Attempt parent) {
    return top && parent.stopReason() == null;
  }

  /** Waits until the next attempt, or throws what the last one threw. */
  private void afterFailure(Failed failed, long first, Attempt parent) throws Throwable {
    failedAttempts.incrementAndGet();
    Optional<Duration> wait = nextWait(failed.thrown, failed.attempt, first);
    if (wait.isEmpty()) {
      throw failed.thrown;
    }
    Failure failure = failure(failed.thrown, null);
    state.emit(
        new Event.AttemptFailed(
            run.now(), path, failed.task, failed.attempt, failure, failed.took, wait.get()));
    if (failed.task == History.STEP) {
      run.history().forgetNested(path);
    }
    sleep(wait.get(), parent);
  }

  private Optional<Duration> nextWait(Throwable e, int attempt, long first) {
    RetryPolicy policy = step.retry();
    boolean again =
        Failures.mayBeTriedAgain(e)
            && !(e instanceof Attempts.Stuck)
            && policy.covers(code(e), Failures.message(e));
    if (!again) {
      return Optional.empty();
    }
    double chance = new SplittableRandom((run.run() + path + attempt).hashCode()).nextDouble();
    return policy.wait(attempt, Duration.ofNanos(run.nanos() - first), chance);
  }

  @SuppressWarnings("try") // The registration is only closed.
  private void sleep(Duration wait, Attempt parent) {
    running.waiting("retry in " + Words.duration(wait));
    var sleep = new Sleep(Thread.currentThread());
    try (var waking = parent.onStop(sleep::interrupt)) {
      run.surroundings().sleeper().sleep(wait);
    } catch (InterruptedException e) {
      throw new Cancelled();
    } finally {
      sleep.end();
      running.waiting("");
    }
  }

  /** Is interrupted while it lasts and not later: the thread goes on to the steps of finally. */
  private static final class Sleep {
    private final Thread sleeper;
    private boolean ended;
    private boolean interrupted;

    Sleep(Thread sleeper) {
      this.sleeper = sleeper;
    }

    synchronized void interrupt() {
      if (!ended) {
        interrupted = true;
        sleeper.interrupt();
      }
    }

    /** Called by the sleeper. */
    synchronized void end() {
      ended = true;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }

  /** What is reported of something thrown; {@code where} is the record, as messages name it. */
  Failure failure(Throwable e, @Nullable String where) {
    String place =
        e instanceof OptionFailure option
            ? option.diagnostic().place().toString()
            : step.place().toString();
    String text = message(e);
    String message = where == null || where.isEmpty() ? text : where + ": " + text;
    boolean permanent = !Failures.mayBeTriedAgain(e) || e instanceof Attempts.Stuck;
    return run.masks().hide(new Failure(code(e), path, place, message, permanent, trace(e)));
  }

  private static String message(Throwable e) {
    return switch (e) {
      case OptionFailure option -> option.diagnostic().message();
      case Attempts.TimedOut timedOut -> String.valueOf(timedOut.getMessage());
      case Attempts.Stuck stuck -> String.valueOf(stuck.getMessage());
      default -> Failures.message(e);
    };
  }

  private static String code(Throwable e) {
    return switch (e) {
      case Attempts.TimedOut timedOut -> "timeout";
      case Attempts.Stuck stuck -> "stuck";
      default -> Failures.code(e);
    };
  }

  private static @Nullable String trace(Throwable e) {
    if (!Failures.isBug(e)) {
      return null;
    }
    var text = new StringWriter();
    Throwable cause = e.getCause() == null ? e : e.getCause();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Its result is taken from the cache; it has succeeded by that. */
  void reused(Map<String, JsonNode> published) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    published.forEach(outputs::set);
    String processor = step.processor().name();
    state.emit(
        new Event.StepReused(
            run.now(), path, processor, CACHE, Outcome.SUCCEEDED, run.masks().hide(outputs)));
  }

  void succeeded(Map<String, JsonNode> published, boolean countsRecords) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    Meter.Tally tally = meter().kept();
    if (countsRecords) {
      boolean emits = step.options().emits() != Emitted.NONE;
      outputs.put("records", emits ? tally.recordsOut() : tally.recordsIn());
      outputs.put("rejected", tally.rejected());
    }
    published.forEach(outputs::set);
    end(Outcome.SUCCEEDED, null, null, outputs, false);
  }

  void failed(Failure failure) {
    end(Outcome.FAILED, null, failure, JsonNodeFactory.instance.objectNode(), true);
  }

  void cancelled(String reason) {
    end(Outcome.CANCELLED, reason, null, JsonNodeFactory.instance.objectNode(), true);
  }

  private void end(
      Outcome outcome,
      @Nullable String reason,
      @Nullable Failure failure,
      ObjectNode outputs,
      boolean blocks) {
    run.monitor().end(running);
    StepMetrics metrics = metrics();
    if (top) {
      var batches = meter().batches();
      run.monitor()
          .ended(
              new Summary.StepLine(
                  path,
                  step.processor().name(),
                  outcome,
                  metrics,
                  batches == null ? null : Monitor.percentiles(batches)));
    }
    state.emit(
        new Event.StepEnded(
            run.now(), path, outcome, reason, failure, blocks, metrics, run.masks().hide(outputs)));
    state.end(step.id(), new BlockState.Ended(outcome, outputs, blocks), failure);
  }

  private StepMetrics metrics() {
    Meter.Tally tally = meter().kept();
    boolean source = step.from() == null && step.options().accepts().isEmpty();
    return new StepMetrics(
        running.elapsed(),
        Duration.ofNanos(tally.busyNanos()),
        attempts.get(),
        failedAttempts.get(),
        tally.recordsIn(),
        tally.recordsOut(),
        tally.rejected(),
        source ? tally.done() : tally.bytesIn(),
        tally.bytesOut(),
        tally.counters());
  }
}
