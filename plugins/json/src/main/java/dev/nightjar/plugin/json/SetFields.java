package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code json.set}. */
@ProcessorSpec(
    name = "json.set",
    summary = "Sets fields of each JSON record to computed values.",
    accepts = Kind.JSON,
    emits = Emitted.JSON)
public final class SetFields implements RecordProcessor<SetFields.Options> {

  /** The fields and their values. */
  public record Options(
      @Doc(
              "Expressions by the path of the field they set; all of them see the record as it came"
                  + " in. Objects on the way to a field are made where they are missing.")
          Map<String, Expression> values) {

    public Options {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      if (values.isEmpty()) {
        throw new IllegalArgumentException("values must name a field");
      }
      values.keySet().forEach(path -> Paths.read("values", path));
    }
  }

  private record Field(FieldPath path, Expression value) {}

  @Override
  public RecordFunction open(Options options, StepContext context) {
    List<Field> fields = new ArrayList<>();
    options.values().forEach((path, value) -> fields.add(new Field(FieldPath.of(path), value)));
    return (record, out) -> {
      DataRecord result = record;
      for (Field field : fields) {
        result = result.with(field.path(), field.value().value(record));
      }
      out.emit(result);
    };
  }
}
