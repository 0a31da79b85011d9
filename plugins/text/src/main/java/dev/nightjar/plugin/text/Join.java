package dev.nightjar.plugin.text;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code text.join}. */
@ProcessorSpec(
    name = "text.join",
    summary = "Joins texts into one, or arrays of strings in fields into strings.",
    accepts = Kind.TEXT,
    emits = Emitted.TEXT,
    scope = Scope.STREAM)
public final class Join implements StreamProcessor<Join.Options> {

  /** The engine's limit for one record, in bytes. */
  private static final int MAX_BYTES = 64 << 20;

  /** What to put between, and how many to join. */
  public record Options(
      @Doc("The text between two joined ones.") @Default("\n") String separator,
      @Doc("How many records to join into one; 0 for all there are.") @Default("0") int every,
      @Doc("Join the arrays of strings in these fields of JSON records instead.")
          @Default("[]")
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      fields = List.copyOf(fields);
      if (every < 0) {
        throw new IllegalArgumentException("every must be at least 1, or 0 for all records");
      }
      if (every > 0 && !fields.isEmpty()) {
        throw new IllegalArgumentException(
            "every joins text records and cannot be combined with fields");
      }
    }
  }

  @Override
  public void process(Options options, Input in, Output out, StepContext context)
      throws IOException {
    if (options.fields().isEmpty()) {
      joinRecords(options, in, out, context.step());
    } else {
      joinArrays(options, in, out);
    }
  }

  private static void joinRecords(Options options, Input in, Output out, String step)
      throws IOException {
    byte[] separator = options.separator().getBytes(StandardCharsets.UTF_8);
    var joined = new ByteArrayOutputStream();
    var origin = Origin.NONE;
    int count = 0;
    for (DataRecord line : in) {
      if (count == 0) {
        origin = line.origin();
      } else {
        joined.write(separator);
      }
      checkSize((long) joined.size() + line.size() + separator.length, step);
      line.writeTo(joined);
      count++;
      if (count == options.every()) {
        out.emit(text(joined, origin));
        joined.reset();
        count = 0;
      }
    }
    if (count > 0) {
      out.emit(text(joined, origin));
    }
  }

  private static DataRecord text(ByteArrayOutputStream joined, Origin origin) {
    return DataRecord.utf8(joined.toByteArray(), 0, joined.size(), origin);
  }

  private static void checkSize(long bytes, String step) {
    if (bytes > MAX_BYTES) {
      throw new PermanentFailure(
          "step `"
              + step
              + "`: the joined text is larger than a record may be (64 MiB); join fewer records"
              + " with `every`, or write them with file.write, which needs no joining");
    }
  }

  private static void joinArrays(Options options, Input in, Output out) {
    var strings = new FieldChange(options.fields(), node -> joined(node, options.separator()));
    for (DataRecord record : in) {
      join(strings, record, out);
    }
  }

  private static void join(FieldChange strings, DataRecord record, Output out) {
    DataRecord joined;
    try {
      joined = strings.apply(record);
    } catch (Rejected e) {
      out.reject(record, e.reason());
      return;
    }
    out.emit(joined);
  }

  private static JsonNode joined(JsonNode node, String separator) {
    if (!node.isArray()) {
      throw new Rejected("an array of strings is expected");
    }
    var joiner = new StringJoiner(separator);
    for (JsonNode element : node) {
      joiner.add(FieldChange.string(element));
    }
    return JsonNodeFactory.instance.stringNode(joiner.toString());
  }
}
