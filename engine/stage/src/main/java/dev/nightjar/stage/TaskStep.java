package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Rejected;
import java.util.EnumSet;
import java.util.Set;

/** A step of a stage in one attempt of one task. */
record TaskStep(StageStep step, Set<Kind> accepts, Meter.Tally tally, AttemptContext context) {

  TaskStep(StageStep step, Meter.Tally tally, AttemptContext context) {
    this(step, accepts(step), tally, context);
  }

  /** Asked for each record. */
  private static Set<Kind> accepts(StageStep step) {
    var accepts = EnumSet.noneOf(Kind.class);
    accepts.addAll(step.accepts());
    return accepts;
  }

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
    if (!accepts.contains(record.kind())) {
      throw new Rejected(
          step.processorName()
              + " reads "
              + step.accepts()
              + " records, this one is "
              + record.kind());
    }
  }
}
