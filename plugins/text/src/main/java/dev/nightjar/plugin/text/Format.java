package dev.nightjar.plugin.text;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Template;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code text.format}. */
@ProcessorSpec(
    name = "text.format",
    summary = "Writes a text for each record from a template.",
    accepts = {Kind.TEXT, Kind.JSON},
    emits = Emitted.TEXT)
public final class Format implements RecordProcessor<Format.Options> {

  /** The template, and where the text goes. */
  public record Options(
      @Doc("The text, with `${{ record.field }}` for what differs from record to record.")
          Template template,
      @Doc("Set this field of the JSON record to the text instead of emitting a text record.")
          @Nullable
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          FieldPath into) {}

  @Override
  public RecordFunction open(Options options, StepContext context) {
    var template = options.template();
    var into = options.into();
    if (into == null) {
      return (record, out) -> out.emit(record.withText(template.text(record)));
    }
    return (record, out) ->
        out.emit(record.with(into, JsonNodeFactory.instance.stringNode(template.text(record))));
  }
}
