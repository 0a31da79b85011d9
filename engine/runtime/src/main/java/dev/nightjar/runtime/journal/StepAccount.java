package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.journal.Timeline.Span;
import dev.nightjar.runtime.journal.Timeline.Try;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.stage.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a timeline knows of a step. */
final class StepAccount {

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final String path;

  /** How many failed attempts are kept, as are spans and answers of the cache. */
  private final int kept;

  private final List<Span> spans = new ArrayList<>();
  private final List<Try> tries = new ArrayList<>();
  private final List<Event.CacheMiss> misses = new ArrayList<>();
  private String processor = "";
  private JsonNode because = NOTHING;
  private @Nullable Outcome outcome;
  private @Nullable String reason;
  private @Nullable Failure failure;
  private JsonNode outputs = NOTHING;
  private StepMetrics before = StepMetrics.NONE;
  private StepMetrics now = StepMetrics.NONE;
  private long failedAttempts;
  private Duration waited = Duration.ZERO;
  private long hits;
  private long missed;
  private @Nullable String reusedFrom;
  private @Nullable Boolean resolved;
  private long bodies;
  private long failedBodies;

  /** Whether the last span was opened because the run goes on, not because the step said so. */
  private boolean resumed;

  StepAccount(String path, int kept) {
    this.path = path;
    this.kept = kept;
  }

  void processor(String name) {
    processor = processor.isEmpty() ? name : processor;
  }

  void started(Event.StepStarted event) {
    if (resumed && isOpen()) {
      spans.removeLast();
    }
    stop(event.at(), true);
    open(event.at());
    processor = event.processor();
    because = event.because();
    if (outcome != null) {
      // Another turn of a loop. After a crash the step's end tells of what was done before, too.
      before = sum(before, now);
      now = StepMetrics.NONE;
    }
    outcome = null;
    reason = null;
    failure = null;
  }

  /** Its process is gone since a moment, and another one goes on with what was open. */
  void resume(Instant gone, Instant at) {
    if (isOpen()) {
      stop(gone, true);
      open(at);
      resumed = true;
    }
  }

  private boolean isOpen() {
    return !spans.isEmpty() && spans.getLast().to() == null;
  }

  private void open(Instant from) {
    resumed = false;
    if (spans.size() >= kept) {
      // A loop that goes on and on: its earlier turns become one stretch of time.
      Span first = spans.removeFirst();
      Span second = spans.removeFirst();
      spans.addFirst(new Span(first.from(), second.to(), second.interrupted()));
    }
    spans.add(new Span(from, null, false));
  }

  /** Whatever it was doing, it has stopped. */
  void stop(Instant at, boolean interrupted) {
    if (isOpen()) {
      Span span = spans.removeLast();
      spans.add(new Span(span.from(), at, interrupted));
    }
  }

  void ended(Event.StepEnded event) {
    Duration took = event.metrics().took();
    if (!isOpen() && !took.isZero()) {
      open(event.at().minus(took));
    }
    stop(event.at(), false);
    outcome = event.outcome();
    reason = event.reason();
    failure = event.failure();
    outputs = event.outputs();
    now = event.metrics();
  }

  void reused(Event.StepReused event) {
    if (spans.isEmpty()) {
      spans.add(new Span(event.at(), event.at(), false));
    }
    stop(event.at(), false);
    processor = event.processor();
    reusedFrom = event.from();
    outcome = event.outcome();
    outputs = event.outputs();
  }

  void failed(Event.AttemptFailed event) {
    failedAttempts++;
    Duration wait = event.nextIn();
    waited = wait == null ? waited : waited.plus(wait);
    if (tries.size() < kept) {
      tries.add(
          new Try(event.task(), event.attempt(), event.at(), event.took(), event.failure(), wait));
    }
  }

  /** Of a task; what the step's end says goes before it. */
  void counted(Counts counts) {
    if (outcome == null) {
      now = sum(now, metrics(counts));
    }
  }

  void asked(Event.CacheAsked event) {
    hits += event.hits();
    missed += event.misses();
    event.why().stream().limit(Math.max(0, kept - misses.size())).forEach(misses::add);
  }

  void resolved(Event.StepResolved event) {
    resolved = event.succeeded();
  }

  void body(Event.BodyEnded event) {
    bodies++;
    failedBodies += event.failure() == null ? 0 : 1;
  }

  void items(Event.ItemsEnded event) {
    for (Event.ItemTable table : event.tables()) {
      bodies += table.count();
    }
  }

  private static StepMetrics metrics(Counts counts) {
    return new StepMetrics(
        Duration.ZERO,
        Duration.ofNanos(counts.busyNanos()),
        1,
        0,
        counts.recordsIn(),
        counts.recordsOut(),
        counts.rejected(),
        counts.bytesIn(),
        counts.bytesOut(),
        counts.counters());
  }

  private static StepMetrics sum(StepMetrics a, StepMetrics b) {
    if (a.equals(StepMetrics.NONE) || b.equals(StepMetrics.NONE)) {
      return a.equals(StepMetrics.NONE) ? b : a;
    }
    Map<String, Long> counters = new HashMap<>(a.counters());
    b.counters().forEach((name, n) -> counters.merge(name, n, Long::sum));
    return new StepMetrics(
        a.took().plus(b.took()),
        a.busy().plus(b.busy()),
        a.attempts() + b.attempts(),
        a.failedAttempts() + b.failedAttempts(),
        a.recordsIn() + b.recordsIn(),
        a.recordsOut() + b.recordsOut(),
        a.rejected() + b.rejected(),
        a.bytesIn() + b.bytesIn(),
        a.bytesOut() + b.bytesOut(),
        counters);
  }

  Timeline.Step view() {
    return new Timeline.Step(
        path,
        processor,
        because,
        List.copyOf(spans),
        outcome,
        reason,
        failure,
        sum(before, now),
        outputs,
        List.copyOf(tries),
        failedAttempts,
        waited,
        hits,
        missed,
        List.copyOf(misses),
        reusedFrom,
        resolved,
        bodies,
        failedBodies);
  }
}
