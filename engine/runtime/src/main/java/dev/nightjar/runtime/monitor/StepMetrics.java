package dev.nightjar.runtime.monitor;

import java.time.Duration;
import java.util.Map;

/**
 * What a step did.
 *
 * @param attempts of the step, or of all its tasks
 * @param failedAttempts how many of them failed
 * @param busy time spent in the step's own work, summed over its tasks
 * @param bytesIn of the records it read, or of the data a source read
 * @param counters what the processor counted itself
 */
public record StepMetrics(
    Duration took,
    Duration busy,
    int attempts,
    int failedAttempts,
    long recordsIn,
    long recordsOut,
    long rejected,
    long bytesIn,
    long bytesOut,
    Map<String, Long> counters) {

  /** Of a step that did nothing. */
  public static final StepMetrics NONE =
      new StepMetrics(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, Map.of());
}
