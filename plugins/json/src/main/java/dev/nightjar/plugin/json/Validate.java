package dev.nightjar.plugin.json;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code json.validate}. */
@ProcessorSpec(
    name = "json.validate",
    summary = "Rejects JSON records that lack fields, have wrong types or break a JSON Schema.",
    accepts = Kind.JSON,
    emits = Emitted.JSON)
public final class Validate implements RecordProcessor<Validate.Options> {

  private static final boolean FAST = !"off".equals(System.getProperty("nightjar.fast"));

  private final boolean fast;

  public Validate() {
    this(FAST);
  }

  /** With the shortcut for plain schemas, or without it. */
  Validate(boolean fast) {
    this.fast = fast;
  }

  /** What a record must look like. */
  public record Options(
      @Doc("Fields that must be there; null counts as there, `[*]` means in every element.")
          @Default("[]")
          List<FieldPath> required,
      @Doc("The types a field may have, by path: `{price: number, note: [string, \"null\"]}`.")
          @Default("{}")
          Map<String, List<Type>> types,
      @Doc(
              "A file with a JSON Schema (2020-12 unless `$schema` says otherwise). `$ref` reaches"
                  + " files in its folder and below, nothing else. Patterns have RE2 syntax.")
          @Nullable Path schema,
      @Doc("Whether the schema's `format` is checked, not only noted.") @Default("false")
          boolean formats) {

    public Options {
      required = List.copyOf(required);
      types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
      if (required.isEmpty() && types.isEmpty() && schema == null) {
        throw new IllegalArgumentException("required, types or schema must be given");
      }
      if (formats && schema == null) {
        throw new IllegalArgumentException("formats is about a schema, and none is given");
      }
      types.forEach(Options::checkTypes);
    }

    private static void checkTypes(String path, List<Type> allowed) {
      Paths.read("types", path);
      if (allowed.isEmpty()) {
        throw new IllegalArgumentException("types: `" + path + "` names no type");
      }
    }
  }

  /** The schemas that the schema refers to. */
  @Override
  public List<Path> files(Options options) throws IOException {
    Path file = options.schema();
    return file == null ? List.of() : SchemaFile.referred(file);
  }

  @Override
  public RecordFunction open(Options options, StepContext context) throws IOException {
    var fields = FieldChecks.of(options.required(), options.types());
    Path file = options.schema();
    var schema =
        file == null
            ? null
            : SchemaFile.compile(file, context.display(file), options.formats(), fast);
    return (record, out) -> {
      var mistakes = new Mistakes();
      fields.check(record, mistakes);
      if (schema != null) {
        schema.check(record, mistakes);
      }
      mistakes.reject();
      out.emit(record);
    };
  }
}
