package dev.nightjar.plugin.text;

import com.google.re2j.Pattern;
import dev.nightjar.spi.Accepts;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code text.split}. */
@ProcessorSpec(
    name = "text.split",
    summary = "Splits texts into one record a piece, or strings in fields into arrays.",
    accepts = Kind.TEXT,
    emits = Emitted.TEXT)
public final class SplitText implements RecordProcessor<SplitText.Options> {

  /** Where to cut. */
  public record Options(
      @Doc("The text between pieces, taken literally; either this or `pattern`.")
          @Nullable String separator,
      @Doc("The regular expression (RE2 syntax) for what is between pieces.")
          @Nullable String pattern,
      @Doc("At most so many pieces, the last of which is what remains; 0 for no limit.")
          @Default("0")
          int limit,
      @Doc("Whether empty pieces are left out.") @Default("false") boolean dropEmpty,
      @Doc("Make arrays of the strings in these fields of JSON records instead.")
          @Default("[]")
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      fields = List.copyOf(fields);
      if ((separator == null) == (pattern == null)) {
        throw new IllegalArgumentException(
            "either separator or pattern must be given, and not both");
      }
      if (separator != null && separator.isEmpty()) {
        throw new IllegalArgumentException("separator must not be empty");
      }
      if (limit < 0) {
        throw new IllegalArgumentException("limit must be at least 1, or 0 for no limit");
      }
      if (pattern != null) {
        LinearPattern.compile("pattern", pattern, false);
      }
    }
  }

  /** Finds the separators of a text one after the other. */
  @FunctionalInterface
  private interface Cutter {
    void cut(String text, int limit, Consumer<String> pieces);
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    var cutter = cutter(options);
    if (options.fields().isEmpty()) {
      return (line, out) ->
          pieces(options, cutter, line.text(), piece -> out.emit(line.withText(piece)));
    }
    var arrays = new FieldChange(options.fields(), node -> array(options, cutter, node));
    return (line, out) -> out.emit(arrays.apply(line));
  }

  private static JsonNode array(Options options, Cutter cutter, JsonNode node) {
    var array = JsonNodeFactory.instance.arrayNode();
    pieces(options, cutter, FieldChange.string(node), array::add);
    return array;
  }

  private static void pieces(Options options, Cutter cutter, String text, Consumer<String> pieces) {
    int limit = options.limit() == 0 ? Integer.MAX_VALUE : options.limit();
    cutter.cut(
        text,
        limit,
        piece -> {
          if (!options.dropEmpty() || !piece.isEmpty()) {
            pieces.accept(piece);
          }
        });
  }

  private static Cutter cutter(Options options) {
    String separator = options.separator();
    if (separator != null) {
      return (text, limit, pieces) -> cut(text, separator, limit, pieces);
    }
    var pattern = LinearPattern.compile("pattern", String.valueOf(options.pattern()), false);
    return (text, limit, pieces) -> cut(text, pattern, limit, pieces);
  }

  private static void cut(String text, String separator, int limit, Consumer<String> pieces) {
    int start = 0;
    int count = 1;
    int at = text.indexOf(separator);
    while (at >= 0 && count < limit) {
      pieces.accept(text.substring(start, at));
      start = at + separator.length();
      count++;
      at = text.indexOf(separator, start);
    }
    pieces.accept(text.substring(start));
  }

  /** A match of nothing cuts between two characters, but not at the ends. */
  private static void cut(String text, Pattern pattern, int limit, Consumer<String> pieces) {
    var match = pattern.matcher(text);
    int start = 0;
    int count = 1;
    while (count < limit && LinearPattern.find(match, text)) {
      boolean empty = match.start() == match.end();
      if (empty && (match.start() == start || match.start() == text.length())) {
        continue;
      }
      pieces.accept(text.substring(start, match.start()));
      start = match.end();
      count++;
    }
    pieces.accept(text.substring(start));
  }
}
