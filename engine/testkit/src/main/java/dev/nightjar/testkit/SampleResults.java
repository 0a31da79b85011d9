package dev.nightjar.testkit;

import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.util.HexFormat;
import java.util.List;

/** Keeps what a sample made: kind, origin, bytes. */
@ProcessorSpec(
    name = "contract.results",
    summary = "Keeps what comes.",
    accepts = {Kind.TEXT, Kind.JSON, Kind.BYTES})
final class SampleResults implements StreamProcessor<SampleResults.Options> {

  private final List<String> results;

  SampleResults(List<String> results) {
    this.results = results;
  }

  record Options() {}

  @Override
  public void process(Options options, Input in, Output out, StepContext context) {
    in.forEach(record ->
        results.add(
            record.kind().name()
                + " "
                + record.origin()
                + " "
                + HexFormat.of().formatHex(record.toBytes())));
  }
}
