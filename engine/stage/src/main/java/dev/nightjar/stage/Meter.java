package dev.nightjar.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
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

  private final List<Tally> live = new ArrayList<>(1);
  private final Tally kept = new Tally();
  private @Nullable Histogram batches;

  /** Begins an attempt. */
  public Tally begin() {
    var tally = new Tally();
    synchronized (live) {
      live.add(tally);
    }
    return tally;
  }

  /** Ends an attempt; what it counted is kept or forgotten. */
  public void end(Tally tally, boolean keep) {
    boolean begun;
    synchronized (live) {
      begun = live.remove(tally);
    }
    if (begun && keep) {
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
    synchronized (live) {
      live.forEach(sum::add);
    }
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
    private static final int RECORDS_IN = 0;
    private static final int RECORDS_OUT = 1;
    private static final int REJECTED = 2;
    private static final int BYTES_IN = 3;
    private static final int BYTES_OUT = 4;
    private static final int BUSY_NANOS = 5;

    /** One array: an adder each would be most of what a small step allocates. */
    private final AtomicLongArray sums = new AtomicLongArray(BUSY_NANOS + 1);

    /** Null until the processor counts something itself. */
    private volatile @Nullable Map<String, LongAdder> counters;

    private volatile long done;
    private volatile long total = -1;

    private void add(Tally other) {
      for (int i = 0; i < sums.length(); i++) {
        add(i, other.sums.get(i));
      }
      synchronized (this) {
        done += other.done;
        total = other.total < 0 ? total : Math.max(total, 0) + other.total;
      }
      other.counters().forEach(this::count);
    }

    private void add(int which, long n) {
      if (n != 0) {
        sums.getAndAdd(which, n);
      }
    }

    private void add(Counts counts) {
      in(counts.recordsIn(), counts.bytesIn());
      out(counts.recordsOut(), counts.bytesOut());
      add(REJECTED, counts.rejected());
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
      add(RECORDS_IN, records);
      add(BYTES_IN, bytes);
    }

    public void out(long records, long bytes) {
      add(RECORDS_OUT, records);
      add(BYTES_OUT, bytes);
    }

    public void reject() {
      add(REJECTED, 1);
    }

    void busy(long nanos) {
      add(BUSY_NANOS, nanos);
    }

    void count(String name, long n) {
      Map<String, LongAdder> known = counters;
      if (known == null) {
        known = countersMade();
      }
      known.computeIfAbsent(name, key -> new LongAdder()).add(n);
    }

    private synchronized Map<String, LongAdder> countersMade() {
      Map<String, LongAdder> known = counters;
      if (known == null) {
        known = new ConcurrentHashMap<>();
        counters = known;
      }
      return known;
    }

    void progress(long done, long total) {
      this.done = done;
      this.total = total;
    }

    public long recordsIn() {
      return sums.get(RECORDS_IN);
    }

    public long recordsOut() {
      return sums.get(RECORDS_OUT);
    }

    public long rejected() {
      return sums.get(REJECTED);
    }

    public long bytesIn() {
      return sums.get(BYTES_IN);
    }

    public long bytesOut() {
      return sums.get(BYTES_OUT);
    }

    public long busyNanos() {
      return sums.get(BUSY_NANOS);
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
      Map<String, LongAdder> known = counters;
      if (known == null) {
        return Map.of();
      }
      var all = new TreeMap<String, Long>();
      known.forEach((name, n) -> all.put(name, n.sum()));
      return all;
    }
  }
}
