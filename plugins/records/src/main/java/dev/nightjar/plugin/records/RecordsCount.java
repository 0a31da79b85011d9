package dev.nightjar.plugin.records;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts records: all of them, or those of each combination of some fields' values. Emits {@code
 * {"count": n}}, or one such object a combination with the fields in front, sorted by them; a field
 * is named by its path as written, one that is not there is {@code null}. Numbers of one value are
 * one, however they are written.
 */
@ProcessorSpec(
    name = "records.count",
    summary = "Counts records, all of them or by the values of fields.",
    accepts = {Kind.TEXT, Kind.JSON, Kind.BYTES},
    emits = Emitted.JSON,
    scope = Scope.STREAM,
    outputs = {
      @OutputSpec(name = "count", type = "integer", summary = "How many records there were."),
      @OutputSpec(
          name = "groups",
          type = "integer",
          summary = "How many different values there were, with `by`.")
    })
public final class RecordsCount implements StreamProcessor<RecordsCount.Options> {

  private static final String COUNT = "count";

  /** Options of {@code records.count}. */
  public record Options(
      @Doc("The fields whose values are counted by; none for one count of all.")
          @Accepts(Kind.JSON)
          @Default("[]")
          List<FieldPath> by,
      @Doc("The most different values; they are kept in memory, about 300 bytes each.")
          @Default("100000")
          int maxGroups) {

    /** Checks what types cannot say. */
    public Options {
      by = List.copyOf(by);
      if (by.stream().anyMatch(path -> path.text().equals(COUNT))) {
        throw new IllegalArgumentException("by must not name a field `count`: the result has one");
      }
      if (maxGroups < 1) {
        throw new IllegalArgumentException("max_groups must be at least 1");
      }
    }
  }

  /** How often some values came. */
  private static final class Group {
    private final ObjectNode values;
    private long count;

    Group(ObjectNode values) {
      this.values = values;
    }
  }

  @Override
  public void process(Options options, Input in, Output out, StepContext context) {
    if (options.by().isEmpty()) {
      countAll(in, out, context);
    } else {
      countBy(options, in, out, context);
    }
  }

  private static void countAll(Input in, Output out, StepContext context) {
    long count = 0;
    var records = in.iterator();
    while (records.hasNext()) {
      records.next();
      count++;
    }
    context.output(COUNT, count);
    out.emit(DataRecord.json(JsonNodeFactory.instance.objectNode().put(COUNT, count), Origin.NONE));
  }

  private static void countBy(Options options, Input in, Output out, StepContext context) {
    var key = SortKey.of(options.by());
    Map<byte[], Group> groups = new TreeMap<>(Arrays::compareUnsigned);
    long count = 0;
    for (DataRecord record : in) {
      try {
        groups.computeIfAbsent(key.of(record), none -> new Group(values(options, record))).count++;
        count++;
      } catch (Rejected rejected) {
        out.reject(record, rejected.reason());
      }
      checkBounded(groups.size(), options);
    }
    for (Group group : groups.values()) {
      out.emit(DataRecord.json(group.values.put(COUNT, group.count), Origin.NONE));
    }
    context.output(COUNT, count);
    context.output("groups", groups.size());
  }

  private static void checkBounded(int groups, Options options) {
    if (groups > options.maxGroups()) {
      throw new PermanentFailure(
          "over %d different values of %s: count by fewer fields, or raise max_groups if the memory is there"
              .formatted(
                  options.maxGroups(),
                  String.join(", ", options.by().stream().map(FieldPath::text).toList())));
    }
  }

  private static ObjectNode values(Options options, DataRecord record) {
    var values = JsonNodeFactory.instance.objectNode();
    for (FieldPath path : options.by()) {
      JsonNode value = record.at(path);
      values.set(path.text(), value.isMissingNode() ? values.nullNode() : value);
    }
    return values;
  }
}
