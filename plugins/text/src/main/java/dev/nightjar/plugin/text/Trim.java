package dev.nightjar.plugin.text;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@code text.trim}. */
@ProcessorSpec(
    name = "text.trim",
    summary = "Removes white space at the ends of texts.",
    accepts = Kind.TEXT,
    emits = Emitted.TEXT)
public final class Trim implements RecordProcessor<Trim.Options> {

  /** Where to trim, and what to do with what is blank. */
  public record Options(
      @Doc("Which ends to trim.") @Default("both") Ends ends,
      @Doc("Whether runs of white space inside become one space.") @Default("false")
          boolean collapse,
      @Doc("Whether texts of nothing but white space are left out; not with `fields`.")
          @Default("false")
          boolean dropBlank,
      @Doc("Trim the strings in these fields of JSON records instead of text records.")
          @Default("[]")
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      fields = List.copyOf(fields);
      if (dropBlank && !fields.isEmpty()) {
        throw new IllegalArgumentException(
            "drop_blank leaves out text records and cannot be combined with fields");
      }
    }
  }

  /** Which ends of a text. */
  public enum Ends {
    @Doc("The start and the end.")
    BOTH,
    @Doc("The start alone.")
    START,
    @Doc("The end alone.")
    END;

    boolean start() {
      return this != END;
    }

    boolean end() {
      return this != START;
    }
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    if (!options.fields().isEmpty()) {
      return FieldChange.ofText(options.fields(), change(options));
    }
    return (line, out) -> {
      var trimmed =
          options.collapse() ? collapsed(line, options.ends()) : trimmed(line, options.ends());
      if (!options.dropBlank() || !blank(trimmed)) {
        out.emit(trimmed);
      }
    };
  }

  private static UnaryOperator<String> change(Options options) {
    return options.collapse()
        ? text -> WhiteSpace.collapse(WhiteSpace.trim(text, options.ends()))
        : text -> WhiteSpace.trim(text, options.ends());
  }

  private static DataRecord collapsed(DataRecord line, Ends ends) {
    String text = line.text();
    String after = WhiteSpace.collapse(WhiteSpace.trim(text, ends));
    return after.equals(text) ? line : line.withText(after);
  }

  /** Works on bytes: no text is decoded unless something other than ASCII stands at an end. */
  private static DataRecord trimmed(DataRecord line, Ends ends) {
    byte[] utf8 = line.array();
    int first = line.offset();
    int last = first + line.size();
    int start = first;
    int end = last;
    while (ends.start() && start < end && WhiteSpace.ascii(utf8[start])) {
      start++;
    }
    while (ends.end() && end > start && WhiteSpace.ascii(utf8[end - 1])) {
      end--;
    }
    if (start < end && (utf8[start] < 0 || utf8[end - 1] < 0)) {
      String text = line.text();
      String after = WhiteSpace.trim(text, ends);
      return after.length() == text.length() ? line : line.withText(after);
    }
    return start == first && end == last ? line : line.slice(start - first, end - first);
  }

  private static boolean blank(DataRecord line) {
    int size = line.size();
    if (size == 0) {
      return true;
    }
    // No white space of ASCII at the first place, and no other character: it is not blank.
    byte first = line.array()[line.offset()];
    return (first < 0 || WhiteSpace.ascii(first)) && WhiteSpace.only(line.text());
  }
}
