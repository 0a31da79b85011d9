package dev.nightjar.plugin.records;

import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;

/** Keeps the records for which an expression holds; one it has no value for is rejected. */
@ProcessorSpec(
    name = "records.filter",
    summary = "Keeps the records for which an expression holds.",
    accepts = {Kind.TEXT, Kind.JSON, Kind.BYTES},
    emits = Emitted.SAME)
public final class RecordsFilter implements RecordProcessor<RecordsFilter.Options> {

  /** Options of {@code records.filter}. */
  public record Options(
      @Doc("What must hold, such as `record.day == inputs.day`.") Expression where) {}

  @Override
  public RecordFunction open(Options options, StepContext context) {
    return (record, out) -> {
      if (options.where().test(record)) {
        out.emit(record);
      }
    };
  }
}
