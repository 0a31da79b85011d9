package dev.nightjar.plugin.json;

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
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code json.format}. */
@ProcessorSpec(
    name = "json.format",
    summary = "Writes each JSON value as text, on one line or laid out for reading.",
    accepts = Kind.JSON,
    emits = Emitted.TEXT)
public final class Format implements RecordProcessor<Format.Options> {

  /** How to write. */
  public record Options(
      @Doc("How the text is laid out.") @Default("compact") Style style,
      @Doc("Spaces for each level, from 0 to 16; for pretty text.") @Default("2") int indent,
      @Doc("Whether the keys of objects are sorted.") @Default("false") boolean sortKeys,
      @Doc("Write the values of these fields as strings in the JSON record instead.")
          @Default("[]")
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      fields = List.copyOf(fields);
      if (indent < 0 || indent > 16) {
        throw new IllegalArgumentException("indent must be from 0 to 16");
      }
    }
  }

  /** How JSON text is laid out. */
  public enum Style {
    @Doc("On one line, without blanks.")
    COMPACT,
    @Doc("Each member and element on a line of its own.")
    PRETTY
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    if (options.fields().isEmpty()) {
      return (record, out) -> {
        byte[] text = write(options, record);
        out.emit(DataRecord.utf8(text, 0, text.length, record.origin()));
      };
    }
    return (record, out) -> {
      var result = record;
      for (FieldPath field : options.fields()) {
        result = result.map(field, node -> string(options, node));
      }
      out.emit(result);
    };
  }

  private static JsonNode string(Options options, JsonNode node) {
    byte[] text = write(options, DataRecord.json(node, Origin.NONE));
    return JsonNodeFactory.instance.stringNode(new String(text, StandardCharsets.UTF_8));
  }

  private static byte[] write(Options options, DataRecord record) {
    var ordered = options.sortKeys() ? record.withJson(sorted(record.json())) : record;
    return switch (options.style()) {
      case COMPACT -> JsonLayout.compact(ordered.toBytes());
      case PRETTY -> JsonLayout.pretty(ordered.toBytes(), options.indent());
    };
  }

  /** A tree whose objects have their keys in the order of their UTF-16 units, as RFC 8785 does. */
  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(element -> array.add(sorted(element)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    var members = new TreeMap<String, JsonNode>();
    node.forEachEntry(members::put);
    var object = JsonNodeFactory.instance.objectNode();
    members.forEach((key, value) -> object.set(key, sorted(value)));
    return object;
  }
}
