package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code json.select}. */
@ProcessorSpec(
    name = "json.select",
    summary = "Keeps some fields of each JSON record, under their names or others, or drops some.",
    accepts = Kind.JSON,
    emits = Emitted.JSON)
public final class Select implements RecordProcessor<Select.Options> {

  /** Which fields. */
  public record Options(
      @Doc(
              "The fields to keep, each at its place: `customer.name` stays inside `customer`, and"
                  + " `items[*].sku` inside each item. Their order is the result's.")
          @Default("[]")
          List<FieldPath> fields,
      @Doc(
              "New fields by name, each with the path of its value; they come behind `fields`."
                  + " With `[*]` the value is an array.")
          @Default("{}")
          Map<String, FieldPath> as,
      @Doc("The fields to leave out, keeping all others; instead of `fields` and `as`.")
          @Default("[]")
          List<FieldPath> drop,
      @Doc("What to do where a field to keep is missing.") @Default("omit") Missing missing) {

    public Options {
      fields = List.copyOf(fields);
      as = Collections.unmodifiableMap(new LinkedHashMap<>(as));
      drop = List.copyOf(drop);
      if (fields.isEmpty() && as.isEmpty() && drop.isEmpty()) {
        throw new IllegalArgumentException("fields, as or drop must be given");
      }
      if (!drop.isEmpty() && !(fields.isEmpty() && as.isEmpty())) {
        throw new IllegalArgumentException("drop cannot be combined with fields or as");
      }
      fields.forEach(Options::checkPlace);
      checkApart(fields);
    }

    private static void checkApart(List<FieldPath> fields) {
      for (int i = 0; i < fields.size(); i++) {
        var start = fields.get(i).parts();
        for (int j = 0; j < fields.size(); j++) {
          if (i != j && startsWith(fields.get(j).parts(), start)) {
            throw new IllegalArgumentException(
                "fields: `" + fields.get(j) + "` is kept already, by `" + fields.get(i) + "`");
          }
        }
      }
    }

    private static boolean startsWith(List<Part> parts, List<Part> start) {
      return parts.size() >= start.size() && parts.subList(0, start.size()).equals(start);
    }

    private static void checkPlace(FieldPath field) {
      boolean kept = field.parts().get(0) instanceof Part.Key;
      if (!kept || field.parts().stream().anyMatch(Part.Index.class::isInstance)) {
        throw new IllegalArgumentException(
            "fields: `"
                + field.text()
                + "` has no place of its own in the result; give it a name with `as`");
      }
    }
  }

  /** What to do about a missing field. */
  public enum Missing {
    @Doc("Leave it out of the result as well.")
    OMIT,
    @Doc("Make it null.")
    NULL,
    @Doc("Reject the record.")
    REJECT
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    if (options.drop().isEmpty()) {
      var selection = Selection.of(options.fields(), options.as(), options.missing());
      if (selection != null) {
        return (record, out) -> out.emit(selection.of(record));
      }
      var projection = new Projection(options.fields(), options.as(), options.missing());
      return (record, out) -> out.emit(record.withJson(projection.of(record)));
    }
    return (record, out) -> {
      DataRecord rest = record;
      for (FieldPath field : options.drop()) {
        rest = rest.without(field);
      }
      out.emit(rest);
    };
  }
}
