package dev.nightjar.stage;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one step has done so far, over all its tasks. An attempt counts into a {@link Tally} of its
 * own, which is added when the attempt succeeds and forgotten when it fails.
 */
public final class Meter {

  /** Batches take from microseconds to minutes; two digits tell enough and cost 20 KB. */
  private static final int DIGITS = 2;

  private final Map<Tally, Boolean> live = new ConcurrentHashMap<>();
  private final Tally kept = new Tally();
  private @Nullable Histogram batches;

  /** Begins an attempt. */
  public Tally begin() {
    var tally = new Tally();
    live.put(tally, true);
    return tally;
  }

  /** Ends an attempt; what it counted is kept or forgotten. */
  public void end(Tally tally, boolean keep) {
    if (live.remove(tally) != null && keep) {
      kept.add(tally);
    }
  }

  /** Adds what a task that ended before has counted. */
  public void keep(Counts counts) {
    kept.add(counts);
  }

  /** Everything kept, and what is being done now. */
  public Tally now() {
    var sum = new Tally();
    sum.add(kept);
    live.keySet().forEach(sum::add);
    return sum;
  }

  /** Everything kept. */
  public Tally kept() {
    return kept;
  }

  synchronized void batchTook(long nanos) {
    if (batches == null) {
      batches = new Histogram(DIGITS);
    }
    batches.recordValue(Math.max(0, nanos / 1_000));
  }

  /** How long batches took, in microseconds; null for a step without any. */
  public synchronized @Nullable Histogram batches() {
    return batches == null ? null : batches.copy();
  }

  /** The counters of one attempt; written by the attempt's threads, read by anybody. */
  public static final class Tally {
    private final LongAdder recordsIn = new LongAdder();
    private final LongAdder recordsOut = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private volatile long done;
    private volatile long total = -1;

    private void add(Tally other) {
      recordsIn.add(other.recordsIn());
      recordsOut.add(other.recordsOut());
      rejected.add(other.rejected());
      bytesIn.add(other.bytesIn());
      bytesOut.add(other.bytesOut());
      busyNanos.add(other.busyNanos());
      synchronized (this) {
        done += other.done;
        total = other.total < 0 ? total : Math.max(total, 0) + other.total;
      }
      other.counters.forEach((name, n) -> count(name, n.sum()));
    }

    private void add(Counts counts) {
      in(counts.recordsIn(), counts.bytesIn());
      out(counts.recordsOut(), counts.bytesOut());
      rejected.add(counts.rejected());
      busy(counts.busyNanos());
      synchronized (this) {
        done += counts.done();
      }
      counts.counters().forEach(this::count);
    }

    /** All of them, as they are now. */
    public Counts counts() {
      return new Counts(
          recordsIn(),
          recordsOut(),
          rejected(),
          bytesIn(),
          bytesOut(),
          busyNanos(),
          done,
          counters());
    }

    public void in(long records, long bytes) {
      recordsIn.add(records);
      bytesIn.add(bytes);
    }

    public void out(long records, long bytes) {
      recordsOut.add(records);
      bytesOut.add(bytes);
    }

    public void reject() {
      rejected.increment();
    }

    void busy(long nanos) {
      busyNanos.add(nanos);
    }

    void count(String name, long n) {
      counters.computeIfAbsent(name, key -> new LongAdder()).add(n);
    }

    void progress(long done, long total) {
      this.done = done;
      this.total = total;
    }

    public long recordsIn() {
      return recordsIn.sum();
    }

    public long recordsOut() {
      return recordsOut.sum();
    }

    public long rejected() {
      return rejected.sum();
    }

    public long bytesIn() {
      return bytesIn.sum();
    }

    public long bytesOut() {
      return bytesOut.sum();
    }

    public long busyNanos() {
      return busyNanos.sum();
    }

    /** How far it is, in a unit of its own. */
    public long done() {
      return done;
    }

    /** Of how much; -1 when unknown. */
    public long total() {
      return total;
    }

    /** What the processor counted itself, by name. */
    public Map<String, Long> counters() {
      var sums = new TreeMap<String, Long>();
      counters.forEach((name, n) -> sums.put(name, n.sum()));
      return sums;
    }
  }
}
