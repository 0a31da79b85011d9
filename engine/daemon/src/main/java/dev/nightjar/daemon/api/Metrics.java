package dev.nightjar.daemon.api;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.StepPath;
import dev.nightjar.runtime.monitor.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Counts what this process does, from its start. Safe for use by many threads; what it keeps is
 * bounded.
 */
public final class Metrics {

  static final String MEDIA_TYPE = "text/plain; version=0.0.4";

  /** Workflows that are told apart; the others are counted together. */
  private static final int WORKFLOWS = 500;

  /** No workflow has this name. */
  private static final String OTHERS = "_others";

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, OfWorkflow> workflows = new TreeMap<>();
  private final Buckets durations = new Buckets(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400);
  private final Buckets lateness = new Buckets(0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 600, 3_600);

  /** What is counted of one workflow. */
  private static final class OfWorkflow {
    private long started;
    private final Map<String, Long> ended = new TreeMap<>();
    private long fired;
    private long passed;
    private long rejected;
  }

  /** What counts a run's events as they are remembered; one for each run of this process. */
  public Consumer<Event> of(String workflow) {
    return event -> count(workflow, event);
  }

  private void count(String workflow, Event event) {
    switch (event) {
      case Event.RunStarted _ -> change(workflow, of -> of.started++);
      case Event.RunEnded ended ->
          change(
              workflow,
              of -> {
                Outcome outcome = ended.result().outcome();
                of.ended.merge(outcome.id(), 1L, Long::sum);
                durations.add(ended.result().summary().took());
              });
      case Event.StepEnded ended when new StepPath(ended.step()).isTop() -> {
        long rejected = ended.metrics().rejected();
        if (rejected > 0) {
          change(workflow, of -> of.rejected += rejected);
        }
      }
      default -> {
        // Nothing that is counted.
      }
    }
  }

  /**
   * A trigger has begun a run.
   *
   * @param late how long after it was due, jitter left out
   */
  public void fired(String workflow, Duration late) {
    change(
        workflow,
        of -> {
          of.fired++;
          lateness.add(late);
        });
  }

  /** Times of a trigger have passed without a run. */
  public void passed(String workflow) {
    change(workflow, of -> of.passed++);
  }

  private void change(String workflow, Consumer<OfWorkflow> how) {
    lock.lock();
    try {
      String name =
          workflows.containsKey(workflow) || workflows.size() < WORKFLOWS ? workflow : OTHERS;
      how.accept(workflows.computeIfAbsent(name, fresh -> new OfWorkflow()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * All of it in the text format of Prometheus, with the figures of the JVM.
   *
   * @param running runs of this process
   * @param queued runs of this process that wait for their turn
   */
  String text(int running, int queued) {
    var out = new Exposition();
    out.gauge("nightjar_runs_running", "Runs of this process that go on.", running);
    out.gauge("nightjar_runs_queued", "Runs of this process that wait for their turn.", queued);
    lock.lock();
    try {
      counted(out);
      out.histogram("nightjar_run_duration_seconds", "How long runs took.", durations);
      out.histogram("nightjar_firing_lateness_seconds", "How late triggers began runs.", lateness);
    } finally {
      lock.unlock();
    }
    JvmFigures.add(out);
    return out.text();
  }

  private void counted(Exposition out) {
    out.counter("nightjar_runs_started_total", "Runs that have begun.");
    workflows.forEach((name, of) -> out.count(of.started, "workflow", name));
    out.counter("nightjar_runs_ended_total", "Runs that have ended, by outcome.");
    workflows.forEach((name, of) ->
        of.ended.forEach((outcome, n) -> out.count(n, "workflow", name, "outcome", outcome)));
    out.counter("nightjar_firings_total", "Times that triggers began a run.");
    workflows.forEach((name, of) -> out.count(of.fired, "workflow", name));
    out.counter("nightjar_firings_passed_total", "Decisions that times of a trigger begin no run.");
    workflows.forEach((name, of) -> out.count(of.passed, "workflow", name));
    out.counter("nightjar_records_rejected_total", "Records that steps have set aside.");
    workflows.forEach((name, of) -> out.count(of.rejected, "workflow", name));
  }

  /** A histogram of seconds with fixed bounds. */
  static final class Buckets {

    private final double[] bounds;
    private final long[] counts;
    private double sum;
    private long count;

    Buckets(double... bounds) {
      this.bounds = bounds;
      this.counts = new long[bounds.length];
    }

    void add(Duration duration) {
      double seconds = Math.max(0, duration.toNanos() / 1e9);
      sum += seconds;
      count++;
      for (int i = 0; i < bounds.length; i++) {
        if (seconds <= bounds[i]) {
          counts[i]++;
        }
      }
    }

    double[] bounds() {
      return bounds.clone();
    }

    /** Those up to a bound. */
    long upTo(int bound) {
      return counts[bound];
    }

    double sum() {
      return sum;
    }

    long count() {
      return count;
    }
  }
}
