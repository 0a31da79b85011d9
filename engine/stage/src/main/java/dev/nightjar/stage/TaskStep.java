package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Rejected;

/** A step of a stage in one attempt of one task. */
record TaskStep(StageStep step, Meter.Tally tally, AttemptContext context) {

  String id() {
    return step.step();
  }

  RejectPolicy policy() {
    return step.rejects();
  }

  Meter meter() {
    return step.meter();
  }

  /**
   * Kinds are checked before the run; a processor may still emit another kind than it declares.
   *
   * @throws Rejected when this step cannot read the record
   */
  void checkKind(DataRecord record) {
    if (!step.accepts().contains(record.kind())) {
      throw new Rejected(
          step.processorName()
              + " reads "
              + step.accepts()
              + " records, this one is "
              + record.kind());
    }
  }
}
