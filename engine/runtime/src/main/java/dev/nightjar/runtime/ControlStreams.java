package dev.nightjar.runtime;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Output;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.RejectLog;
import dev.nightjar.stage.RejectPolicy;
import dev.nightjar.stage.Spool;
import java.util.Iterator;

/** What a control step reads and emits; both wait on disk, because its nested steps take long. */
final class ControlStreams {

  private ControlStreams() {}

  /** Counts what is read. */
  record Counted(Input input, Meter.Tally tally, Attempt attempt) implements Input {
    @Override
    public Iterator<DataRecord> iterator() {
      Iterator<DataRecord> records = input.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          attempt.check();
          return records.hasNext();
        }

        @Override
        public DataRecord next() {
          DataRecord record = records.next();
          tally.in(1, record.weight());
          return record;
        }
      };
    }
  }

  /** Keeps what is emitted, if anybody reads it. */
  record Kept(
      Spool.Writer spool,
      RejectLog rejects,
      Meter.Tally tally,
      Attempt attempt,
      String step,
      boolean wanted)
      implements Output {

    @Override
    public void emit(DataRecord record) {
      attempt.check();
      tally.out(1, record.weight());
      if (wanted) {
        synchronized (spool) {
          spool.write(record);
        }
      }
    }

    @Override
    public void reject(DataRecord record, String reason) {
      tally.reject();
      rejects.reject(step, new RejectPolicy.Fail(), record, reason);
    }
  }
}
