package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a timeline knows of one entry within a step, all its items together. */
final class NestedAccount {

  private final String path;
  private final Instant from;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private String processor = "";
  private long started;
  private @Nullable Instant to;
  private Duration took = Duration.ZERO;
  private @Nullable String slowest;
  private Duration longest = Duration.ZERO;
  private long records;
  private long rejected;
  private long failedAttempts;

  /** An entry that this event tells of first. */
  NestedAccount(String path, Event event) {
    this.path = path;
    this.from = event.at();
  }

  void started(Event.StepStarted event) {
    started++;
    processor = event.processor();
  }

  void attemptFailed() {
    failedAttempts++;
  }

  void ended(Event.StepEnded event) {
    StepMetrics metrics = event.metrics();
    outcomes.merge(event.outcome(), 1L, Long::sum);
    to = event.at();
    took = took.plus(metrics.took());
    records += Math.max(metrics.recordsIn(), metrics.recordsOut());
    rejected += metrics.rejected();
    if (slowest == null || metrics.took().compareTo(longest) > 0) {
      slowest = event.step();
      longest = metrics.took();
    }
  }

  Timeline.Nested view() {
    return new Timeline.Nested(
        path,
        processor,
        started,
        Map.copyOf(outcomes),
        from,
        to,
        took,
        slowest,
        longest,
        records,
        rejected,
        failedAttempts);
  }
}
