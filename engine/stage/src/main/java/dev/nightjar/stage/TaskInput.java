package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import java.util.Iterator;
import java.util.function.LongSupplier;

/** What a stream step reads: counted, timed while it waits, ended when the attempt is stopped. */
final class TaskInput implements Iterator<DataRecord> {

  /** Counting each record by itself would cost as much as reading it. */
  private static final int COUNT_EVERY = 256;

  private final TaskStep step;
  private final Iterator<DataRecord> records;
  private final Attempt attempt;
  private final LongSupplier nanos;
  private long waitedNanos;
  private long uncounted;
  private long uncountedBytes;

  TaskInput(TaskStep step, Iterator<DataRecord> records, Attempt attempt, LongSupplier nanos) {
    this.step = step;
    this.records = records;
    this.attempt = attempt;
    this.nanos = nanos;
  }

  /** As the step sees it. */
  Input once() {
    return new SinglePass(this);
  }

  @Override
  public boolean hasNext() {
    if (uncounted < COUNT_EVERY && records instanceof ChannelReader reader && reader.ready()) {
      return true;
    }
    long start = nanos.getAsLong();
    attempt.check();
    boolean more = records.hasNext();
    waitedNanos += nanos.getAsLong() - start;
    count();
    return more;
  }

  @Override
  public DataRecord next() {
    DataRecord record = records.next();
    step.checkKind(record);
    uncounted++;
    uncountedBytes += record.weight();
    return record;
  }

  private void count() {
    step.tally().in(uncounted, uncountedBytes);
    uncounted = 0;
    uncountedBytes = 0;
  }

  /** Counts what was read last. */
  void finish() {
    count();
  }

  long waitedNanos() {
    return waitedNanos;
  }
}
