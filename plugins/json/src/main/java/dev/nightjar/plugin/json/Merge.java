package dev.nightjar.plugin.json;

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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code json.merge}. */
@ProcessorSpec(
    name = "json.merge",
    summary = "Merges an object, given or from a field, into each JSON record.",
    accepts = Kind.JSON,
    emits = Emitted.JSON)
public final class Merge implements RecordProcessor<Merge.Options> {

  /** What to merge, and how. */
  public record Options(
      @Doc("The object to merge into each record; either this or `field`.") @Nullable JsonNode with,
      @Doc(
              "A field whose object is merged into the record that holds it, and removed; either"
                  + " this or `with`.")
          @Nullable FieldPath field,
      @Doc("What becomes of objects that both sides have.") @Default("deep") Mode mode,
      @Doc("What becomes of arrays that both sides have.") @Default("replace") Arrays arrays,
      @Doc("Whose value stays where both have one.") @Default("merged") Prefer prefer) {

    public Options {
      if ((with == null) == (field == null)) {
        throw new IllegalArgumentException("either with or field must be given, and not both");
      }
      if (with != null && !with.isObject()) {
        throw new IllegalArgumentException("with must be an object, not " + JsonType.named(with));
      }
      if (field != null && field.parts().contains(new Part.Every())) {
        throw new IllegalArgumentException("field must name one field, without `[*]`");
      }
    }
  }

  /** What becomes of objects that both sides have. */
  public enum Mode {
    @Doc("They are merged as well.")
    DEEP,
    @Doc("One replaces the other.")
    SHALLOW
  }

  /** What becomes of arrays that both sides have. */
  public enum Arrays {
    @Doc("One replaces the other.")
    REPLACE,
    @Doc("The merged one's elements come behind the record's.")
    APPEND
  }

  /** Whose value stays. */
  public enum Prefer {
    @Doc("The value that is merged in.")
    MERGED,
    @Doc("The value the record has already; what is merged in are defaults.")
    RECORD
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    var merging = new Merging(options.mode(), options.arrays(), options.prefer());
    var with = options.with();
    if (with != null) {
      return (record, out) -> out.emit(merging.into(record, with));
    }
    var field = Objects.requireNonNull(options.field());
    return (record, out) -> out.emit(merging.lifted(record, field));
  }
}
