package dev.nightjar.runtime.monitor;

import dev.nightjar.runtime.monitor.Summary.MemoryLine;
import dev.nightjar.runtime.monitor.Summary.Percentiles;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.runtime.monitor.Summary.Slowest;
import dev.nightjar.runtime.monitor.Summary.StepLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts and times the operations of one run, and knows which steps are running. */
public final class Monitor {

  /** Operation times are told to three digits, in microseconds. */
  private static final int DIGITS = 3;

  private final Histogram times = new Histogram(DIGITS);
  private final Set<RunningStep> running = new LinkedHashSet<>();

  /** In the order in which the steps began; empty while they run. */
  private final Map<String, Optional<StepLine>> steps = new LinkedHashMap<>();

  private final List<RejectFile> rejects = new ArrayList<>();
  private long failed;
  private long totalNanos;
  private @Nullable String slowest;
  private long slowestNanos = -1;

  /** Counts one attempt. */
  public synchronized void operation(String step, long nanos, boolean succeeded) {
    times.recordValue(Math.max(0, nanos / 1_000));
    totalNanos += nanos;
    if (!succeeded) {
      failed++;
    }
    if (nanos > slowestNanos) {
      slowestNanos = nanos;
      slowest = step;
    }
  }

  /** A step has begun; tell its {@link RunningStep} when it ends. */
  public synchronized void begin(RunningStep step) {
    running.add(step);
    steps.put(step.step(), Optional.empty());
  }

  public synchronized void end(RunningStep step) {
    running.remove(step);
  }

  /** A step at the top level has ended. */
  public synchronized void ended(StepLine line) {
    steps.put(line.step(), Optional.of(line));
  }

  /** A step at the top level did not run. */
  public synchronized void skipped(String step, String processor, Outcome outcome) {
    ended(new StepLine(step, processor, outcome, StepMetrics.NONE, null));
  }

  /** A file of rejects was written. */
  public synchronized void rejects(RejectFile file) {
    rejects.add(file);
  }

  public List<StepProgress> progress() {
    List<RunningStep> now;
    synchronized (this) {
      now = List.copyOf(running);
    }
    return now.stream().map(RunningStep::progress).toList();
  }

  /** Everything so far. */
  public synchronized Summary summary(Duration took, @Nullable MemoryLine memory) {
    long operations = times.getTotalCount();
    return new Summary(
        took,
        operations,
        operations - failed,
        failed,
        operations == 0 ? 1 : (operations - failed) / (double) operations,
        Duration.ofNanos(operations == 0 ? 0 : totalNanos / operations),
        Duration.ofNanos(totalNanos),
        slowest == null ? null : new Slowest(slowest, Duration.ofNanos(slowestNanos)),
        percentiles(times),
        steps.values().stream().flatMap(Optional::stream).toList(),
        List.copyOf(rejects),
        memory);
  }

  /** The percentiles of a histogram of microseconds. */
  public static Percentiles percentiles(Histogram micros) {
    return new Percentiles(
        at(micros, 50), at(micros, 95), at(micros, 99), micro(micros.getMaxValue()));
  }

  private static Duration at(Histogram micros, double percentile) {
    return micro(micros.getValueAtPercentile(percentile));
  }

  private static Duration micro(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }
}
