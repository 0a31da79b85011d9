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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code text.replace}. */
@ProcessorSpec(
    name = "text.replace",
    summary = "Replaces a text or the matches of a regular expression.",
    accepts = Kind.TEXT,
    emits = Emitted.TEXT)
public final class Replace implements RecordProcessor<Replace.Options> {

  /** What to replace by what. */
  public record Options(
      @Doc("The text to replace, taken literally; either this or `pattern`.") @Nullable String find,
      @Doc(
              "The regular expression (RE2 syntax, linear time) whose matches to replace; either"
                  + " this or `find`.")
          @Nullable String pattern,
      @Doc(
              "What to put there. With `pattern`, `$1` and `${name}` are what its groups matched and"
                  + " `$$` is a dollar sign.")
          @Default("")
          String replacement,
      @Doc("Whether large and small letters are the same.") @Default("false") boolean ignoreCase,
      @Doc("Whether the first match alone is replaced, instead of all.") @Default("false")
          boolean first,
      @Doc("Change the strings in these fields of JSON records instead of text records.")
          @Default("[]")
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      fields = List.copyOf(fields);
      if ((find == null) == (pattern == null)) {
        throw new IllegalArgumentException("either find or pattern must be given, and not both");
      }
      if (find != null && find.isEmpty()) {
        throw new IllegalArgumentException("find must not be empty");
      }
      if (pattern != null) {
        // A pattern that cannot work is a mistake in the workflow: it is found before any data.
        Replacement.of(replacement, LinearPattern.compile("pattern", pattern, ignoreCase));
      }
    }
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    LiteralReplacement literal = literal(options);
    return literal == null
        ? FieldChange.ofText(options.fields(), change(options))
        : (line, out) -> out.emit(literal.in(line));
  }

  /** Null where texts have to be decoded. */
  private static @Nullable LiteralReplacement literal(Options options) {
    String find = options.find();
    return find == null || options.ignoreCase() || !options.fields().isEmpty()
        ? null
        : LiteralReplacement.of(find, options.replacement(), options.first());
  }

  private static UnaryOperator<String> change(Options options) {
    String find = options.find();
    if (find == null) {
      var pattern =
          LinearPattern.compile("pattern", String.valueOf(options.pattern()), options.ignoreCase());
      return matches(pattern, Replacement.of(options.replacement(), pattern), options.first());
    }
    if (options.ignoreCase()) {
      var pattern = Pattern.compile(Pattern.quote(find), Pattern.CASE_INSENSITIVE);
      var replacement = Replacement.of(options.replacement().replace("$", "$$"), pattern);
      return matches(pattern, replacement, options.first());
    }
    return options.first()
        ? text -> first(text, find, options.replacement())
        : text -> text.replace(find, options.replacement());
  }

  private static String first(String text, String find, String replacement) {
    int at = text.indexOf(find);
    return at < 0 ? text : text.substring(0, at) + replacement + text.substring(at + find.length());
  }

  private static UnaryOperator<String> matches(
      Pattern pattern, Replacement replacement, boolean first) {
    return text -> {
      var match = pattern.matcher(text);
      if (!LinearPattern.find(match, text)) {
        return text;
      }
      var result = new StringBuilder(text.length() + 16);
      int copied = 0;
      do {
        result.append(text, copied, match.start());
        replacement.append(match, result);
        copied = match.end();
      } while (!first && LinearPattern.find(match, text));
      return result.append(text, copied, text.length()).toString();
    };
  }
}
