package dev.nightjar.stage;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the records that one stream step (or a spool) emits: the functions of the record
 * steps behind it, one after the other over a batch at a time, then whoever reads. Used by one
 * thread at a time.
 */
final class RecordChain implements Output, AutoCloseable {

  private final @Nullable TaskStep producer;
  private final RejectLog rejects;
  private final Attempt attempt;
  private final LongSupplier nanos;
  private final BatchReader reader;
  private final List<Link> links = new ArrayList<>();
  private Batch batch = new Batch();

  /** Time the producer spent here, in the work of others. */
  private long awayNanos;

  /** Takes the batches that come out at the end. */
  interface BatchReader {
    /**
     * Takes one.
     *
     * @return false when no more are wanted
     */
    boolean take(Batch batch);

    /** Whether anybody looks at them. */
    boolean wanted();
  }

  /** A chain behind a stream step, or behind records that are read from disk. */
  RecordChain(
      @Nullable TaskStep producer,
      RejectLog rejects,
      Attempt attempt,
      LongSupplier nanos,
      BatchReader reader) {
    this.producer = producer;
    this.rejects = rejects;
    this.attempt = attempt;
    this.nanos = nanos;
    this.reader = reader;
  }

  /** Adds a function behind those there are. */
  void append(TaskStep step, RecordFunction function) {
    links.add(new Link(step, function, links.size()));
  }

  @Override
  public void emit(DataRecord record) {
    batch.add(record);
    if (batch.full()) {
      passOn();
    }
  }

  @Override
  public void reject(DataRecord record, String reason) {
    TaskStep step = Objects.requireNonNull(producer, "what is read from disk is not rejected");
    step.tally().reject();
    rejects.reject(step.id(), step.policy(), record, reason);
  }

  @Override
  public boolean wanted() {
    return !links.isEmpty() || reader.wanted();
  }

  private void passOn() {
    Batch full = batch;
    batch = new Batch(full);
    long start = nanos.getAsLong();
    attempt.check();
    if (producer != null) {
      producer.tally().out(full.size(), full.bytes());
    }
    handOn(0, full);
    awayNanos += nanos.getAsLong() - start;
  }

  long awayNanos() {
    return awayNanos;
  }

  private void handOn(int link, Batch full) {
    if (link < links.size()) {
      links.get(link).apply(full);
    } else if (!full.isEmpty() && !reader.take(full)) {
      throw new NoneWanted();
    }
  }

  /** Hands on what is left; the producer has emitted its last. */
  void finish() {
    if (!batch.isEmpty()) {
      passOn();
    }
    links.forEach(Link::finish);
  }

  /**
   * Closes all functions, once.
   *
   * @throws StepFailure naming the first step that failed to, when all others are closed
   */
  @Override
  public void close() {
    List<Link> open = List.copyOf(links);
    links.clear();
    StepFailure first = null;
    for (Link link : open) {
      try {
        link.function.close();
      } catch (Throwable e) {
        first = first == null ? StepFailure.of(link.step.id(), null, e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Closes what is still open of a task that has failed, whatever comes of it. */
  void abandon() {
    try {
      close();
    } catch (StepFailure second) {
      // The failure that made the task fail is the one that is told.
    }
  }

  /** Ends a producer whose reader has had enough; not a failure. */
  static final class NoneWanted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoneWanted() {
      super("no more records are wanted", null, false, false);
    }
  }

  /** One record step and what it has emitted. */
  private final class Link implements Output {
    private final TaskStep step;
    private final RecordFunction function;
    private final int index;
    private Batch emitted = new Batch();

    /** Where the current record's emitted records begin. */
    private int mark;

    private long markBytes;
    private long awayNanos;

    /** More than a batch was emitted for the current record: it cannot be taken back. */
    private boolean handedOn;

    Link(TaskStep step, RecordFunction function, int index) {
      this.step = step;
      this.function = function;
      this.index = index;
    }

    void apply(Batch batch) {
      attempt.check();
      step.tally().in(batch.size(), batch.bytes());
      long start = nanos.getAsLong();
      awayNanos = 0;
      for (int i = 0; i < batch.size(); i++) {
        apply(batch.get(i));
        if (emitted.full()) {
          passOn();
        }
      }
      long took = nanos.getAsLong() - start - awayNanos;
      step.tally().busy(took);
      step.meter().batchTook(took);
      if (emitted.substantial()) {
        passOn();
      }
    }

    private void apply(DataRecord record) {
      mark = emitted.size();
      markBytes = emitted.bytes();
      handedOn = false;
      try {
        step.checkKind(record);
        function.apply(record, this);
      } catch (Rejected e) {
        takeBack(record, e);
      } catch (Cancelled | NoneWanted e) {
        throw e;
      } catch (Throwable e) {
        throw StepFailure.of(step.id(), record.origin(), e);
      }
    }

    private void takeBack(DataRecord record, Rejected why) {
      if (handedOn) {
        throw StepFailure.of(
            step.id(),
            record.origin(),
            new IllegalStateException(
                "the processor rejected a record after emitting more than a batch for it"));
      }
      emitted.truncate(mark);
      reject(record, why.reason());
    }

    @Override
    public void emit(DataRecord record) {
      emitted.add(record);
      if (emitted.fullSince(mark, markBytes)) {
        handedOn = true;
        passOn();
      }
    }

    /** The last record has come. */
    void finish() {
      long start = nanos.getAsLong();
      try {
        function.finish();
      } catch (Cancelled e) {
        throw e;
      } catch (Throwable e) {
        throw StepFailure.of(step.id(), null, e);
      }
      step.tally().busy(nanos.getAsLong() - start);
      passOn();
    }

    void passOn() {
      long start = nanos.getAsLong();
      Batch full = emitted;
      emitted = new Batch(full);
      mark = 0;
      markBytes = 0;
      step.tally().out(full.size(), full.bytes());
      handOn(index + 1, full);
      awayNanos += nanos.getAsLong() - start;
    }

    @Override
    public void reject(DataRecord record, String reason) {
      step.tally().reject();
      rejects.reject(step.id(), step.policy(), record, reason);
    }

    @Override
    public boolean wanted() {
      return index + 1 < links.size() || reader.wanted();
    }
  }
}
