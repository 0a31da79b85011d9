package dev.nightjar.plugin.text;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code text.search}. */
@ProcessorSpec(
    name = "text.search",
    summary = "Searches texts for many patterns in one pass.",
    accepts = Kind.TEXT,
    emits = Emitted.TEXT)
public final class Search implements RecordProcessor<Search.Options> {

  /** What to look for and what to do with what is found. */
  public record Options(
      @Doc("The texts to look for, taken literally.") @Default("[]") List<String> patterns,
      @Doc("A UTF-8 file with one more pattern a line; blank lines mean nothing.")
          @Nullable Path patternsFile,
      @Doc("What to do with what is found.") @Default("keep") Mode mode,
      @Doc("Whether large and small letters are the same.") @Default("false") boolean ignoreCase,
      @Doc("Whether a match must not have a letter, digit or underscore beside it.")
          @Default("false")
          boolean wholeWord,
      @Doc("Search the strings in these fields of JSON records instead of text records.")
          @Default("[]")
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      patterns = List.copyOf(patterns);
      fields = List.copyOf(fields);
      if (patterns.isEmpty() && patternsFile == null) {
        throw new IllegalArgumentException("patterns or patterns_file must be given");
      }
      if (patterns.contains("")) {
        throw new IllegalArgumentException("patterns must not be empty texts");
      }
    }
  }

  /** What becomes of records and matches. */
  public enum Mode {
    @Doc("Emit the records in which a pattern is found.")
    KEEP,
    @Doc("Emit the records in which none is found.")
    DROP,
    @Doc("Emit every record, and count each pattern's matches as `match.PATTERN`.")
    COUNT,
    @Doc("Emit a JSON record for each match: pattern, match, position, source, line, field, text.")
    @Emits(Emitted.JSON)
    MATCHES
  }

  @Override
  public RecordFunction open(Options options, StepContext context) throws IOException {
    var patterns = patterns(options, context);
    ByteAutomaton bytes = bytes(options, patterns);
    if (bytes != null) {
      boolean wanted = options.mode() == Mode.KEEP;
      return (record, out) -> {
        if (bytes.isIn(record) == wanted) {
          out.emit(record);
        }
      };
    }
    var automaton = new AhoCorasick(patterns, options.ignoreCase());
    var texts = new SearchedTexts(options.fields());
    return switch (options.mode()) {
      case KEEP -> filter(options, automaton, texts, true);
      case DROP -> filter(options, automaton, texts, false);
      case COUNT -> counting(options, automaton, texts, patterns, context);
      case MATCHES -> new Matches(automaton, texts, patterns, options.wholeWord());
    };
  }

  /** Null where it matters what is found and where, or texts have to be decoded. */
  private static @Nullable ByteAutomaton bytes(Options options, List<String> patterns) {
    boolean filters = options.mode() == Mode.KEEP || options.mode() == Mode.DROP;
    boolean plain = !options.ignoreCase() && !options.wholeWord() && options.fields().isEmpty();
    return filters && plain ? ByteAutomaton.of(patterns) : null;
  }

  private static RecordFunction filter(
      Options options, AhoCorasick automaton, SearchedTexts texts, boolean wanted) {
    return (record, out) -> {
      boolean[] found = new boolean[1];
      texts.forEach(
          record,
          (field, text) -> {
            if (!found[0]) {
              automaton.search(
                  text,
                  (pattern, start, end) -> {
                    found[0] = !options.wholeWord() || Words.whole(text, start, end);
                    return !found[0];
                  });
            }
          });
      if (found[0] == wanted) {
        out.emit(record);
      }
    };
  }

  private static RecordFunction counting(
      Options options,
      AhoCorasick automaton,
      SearchedTexts texts,
      List<String> patterns,
      StepContext context) {
    var names = patterns.stream().map(pattern -> "match." + pattern).toList();
    return (record, out) -> {
      texts.forEach(
          record,
          (field, text) ->
              automaton.search(
                  text,
                  (pattern, start, end) -> {
                    if (!options.wholeWord() || Words.whole(text, start, end)) {
                      context.count(names.get(pattern), 1);
                    }
                    return true;
                  }));
      out.emit(record);
    };
  }

  private static List<String> patterns(Options options, StepContext context) throws IOException {
    var patterns = new LinkedHashSet<>(options.patterns());
    var file = options.patternsFile();
    if (file != null) {
      lines(file, context.display(file)).stream()
          .filter(line -> !WhiteSpace.only(line))
          .forEach(patterns::add);
    }
    if (patterns.isEmpty()) {
      throw failure(context, "the file of patterns has none");
    }
    if (patterns.stream().mapToLong(String::length).sum() > AhoCorasick.MAX_LENGTH) {
      throw failure(context, "the patterns have more than a million characters together");
    }
    return new ArrayList<>(patterns);
  }

  private static PermanentFailure failure(StepContext context, String reason) {
    return new PermanentFailure("step `" + context.step() + "`: " + reason);
  }

  private static List<String> lines(Path file, String name) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new PermanentFailure(name + " is a folder, not a file of patterns");
      }
      if (Files.size(file) > 4L * AhoCorasick.MAX_LENGTH) {
        throw new PermanentFailure(name + ": a file of patterns may have 4 MB at most");
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new PermanentFailure(name + ": there is no such file of patterns", e);
    } catch (CharacterCodingException e) {
      throw new PermanentFailure(name + ": the patterns are not UTF-8", e);
    }
  }
}
