package dev.nightjar.stage;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one step of one task has counted.
 *
 * @param busyNanos time spent in the step's own work
 * @param done how far it got, in a unit of its own
 * @param counters what the processor counted itself
 */
public record Counts(
    long recordsIn,
    long recordsOut,
    long rejected,
    long bytesIn,
    long bytesOut,
    long busyNanos,
    long done,
    Map<String, Long> counters) {

  /** Both together. */
  public Counts plus(Counts more) {
    var sums = new TreeMap<>(counters);
    more.counters.forEach((name, n) -> sums.merge(name, n, Long::sum));
    return new Counts(
        recordsIn + more.recordsIn,
        recordsOut + more.recordsOut,
        rejected + more.rejected,
        bytesIn + more.bytesIn,
        bytesOut + more.bytesOut,
        busyNanos + more.busyNanos,
        done + more.done,
        sums);
  }

  /** What was counted since it was as little as this. */
  Counts minus(Counts before) {
    var rest = new TreeMap<String, Long>();
    counters.forEach((name, n) -> {
      long more = n - before.counters.getOrDefault(name, 0L);
      if (more != 0) {
        rest.put(name, more);
      }
    });
    return new Counts(
        recordsIn - before.recordsIn,
        recordsOut - before.recordsOut,
        rejected - before.rejected,
        bytesIn - before.bytesIn,
        bytesOut - before.bytesOut,
        busyNanos - before.busyNanos,
        done - before.done,
        rest);
  }

  /** The same, without the time it took. */
  public Counts idle() {
    return new Counts(recordsIn, recordsOut, rejected, bytesIn, bytesOut, 0, done, counters);
  }
}
