package dev.nightjar.runtime.monitor;

import dev.nightjar.spi.Measurement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run did. An operation is one attempt of a step, or of one of its tasks.
 *
 * @param successRate from 0 to 1; 1 when there was no operation
 * @param total the sum of all operations' durations
 * @param memory the snapshots by label; null when none was taken
 */
public record Summary(
    Duration took,
    long operations,
    long succeeded,
    long failed,
    double successRate,
    Duration average,
    Duration total,
    @Nullable Slowest slowest,
    Percentiles operationTimes,
    List<StepLine> steps,
    List<RejectFile> rejects,
    @Nullable MemoryLine memory) {

  /** The operation that took longest. */
  public record Slowest(String step, Duration took) {}

  /** From an HdrHistogram, to three digits. */
  public record Percentiles(Duration p50, Duration p95, Duration p99, Duration max) {}

  /**
   * One step at the top level.
   *
   * @param batches how long its batches of records took; null for a step without records
   */
  public record StepLine(
      String step,
      String processor,
      Outcome outcome,
      StepMetrics metrics,
      @Nullable Percentiles batches) {}

  /** A file of rejected records. */
  public record RejectFile(String step, String path, long records) {}

  /** Resident memory over the snapshots of a run, in bytes. */
  public record MemoryLine(int count, long first, long last, long change, long peak, long average) {

    /** From points that have a value of this name. */
    public static @Nullable MemoryLine of(List<Measurement> points, String value) {
      long[] values =
          points.stream()
              .map(point -> point.values().get(value))
              .filter(one -> one != null)
              .mapToLong(Long::longValue)
              .toArray();
      if (values.length == 0) {
        return null;
      }
      long peak = Long.MIN_VALUE;
      long sum = 0;
      for (long one : values) {
        peak = Math.max(peak, one);
        sum += one;
      }
      long first = values[0];
      long last = values[values.length - 1];
      return new MemoryLine(values.length, first, last, last - first, peak, sum / values.length);
    }
  }
}
