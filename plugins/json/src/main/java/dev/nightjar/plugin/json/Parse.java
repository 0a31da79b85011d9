package dev.nightjar.plugin.json;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordParser;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.StepContext;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code json.parse}. */
@ProcessorSpec(
    name = "json.parse",
    summary = "Reads each text as one JSON value; rejects what is none.",
    accepts = {Kind.TEXT, Kind.BYTES},
    emits = Emitted.JSON)
public final class Parse implements RecordProcessor<Parse.Options> {

  /** What to parse. */
  public record Options(
      @Doc("Parse the JSON written inside these string fields of JSON records instead.")
          @Default("[]")
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      fields = List.copyOf(fields);
    }
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    if (options.fields().isEmpty()) {
      var parser = new RecordParser();
      return (record, out) -> out.emit(parser.parse(record));
    }
    return (record, out) -> {
      var parsed = record;
      for (FieldPath field : options.fields()) {
        parsed = parsed.map(field, node -> parse(field, node));
      }
      out.emit(parsed);
    };
  }

  private static JsonNode parse(FieldPath field, JsonNode node) {
    if (node.isNull()) {
      return node;
    }
    if (!node.isString()) {
      throw new Rejected(
          "field `" + field.text() + "`: a string is expected, not " + JsonType.named(node));
    }
    try {
      return DataRecord.text(node.stringValue(), Origin.NONE).parsed().json();
    } catch (Rejected e) {
      throw new Rejected("field `" + field.text() + "`: " + e.reason());
    }
  }
}
