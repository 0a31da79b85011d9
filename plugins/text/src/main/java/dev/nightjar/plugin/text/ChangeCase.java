package dev.nightjar.plugin.text;

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
import java.util.Locale;

/** {@code text.case}. */
@ProcessorSpec(
    name = "text.case",
    summary = "Writes texts in upper, lower, title or sentence case.",
    accepts = Kind.TEXT,
    emits = Emitted.TEXT)
public final class ChangeCase implements RecordProcessor<ChangeCase.Options> {

  /** Which case, and where. */
  public record Options(
      @Doc("The case to write texts in, by Unicode's rules for no language in particular.")
          Letters to,
      @Doc("Change the strings in these fields of JSON records instead of text records.")
          @Default("[]")
          @Accepts(Kind.JSON)
          @Emits(Emitted.JSON)
          List<FieldPath> fields) {

    public Options {
      fields = List.copyOf(fields);
    }
  }

  /** A way to write letters. */
  public enum Letters {
    @Doc("ALL LETTERS LARGE.")
    UPPER,
    @Doc("all letters small.")
    LOWER,
    @Doc("The First Letter Of Each Word Large, The Others Small.")
    TITLE,
    @Doc("The first letter large, the others small.")
    SENTENCE
  }

  @Override
  public RecordFunction open(Options options, StepContext context) {
    return FieldChange.ofText(
        options.fields(),
        switch (options.to()) {
          case UPPER -> text -> text.toUpperCase(Locale.ROOT);
          case LOWER -> text -> text.toLowerCase(Locale.ROOT);
          case TITLE -> text -> capitalized(text, true);
          case SENTENCE -> text -> capitalized(text, false);
        });
  }

  /** Small letters, but for the first one or each word's first. */
  private static String capitalized(String text, boolean everyWord) {
    String lower = text.toLowerCase(Locale.ROOT);
    var result = new StringBuilder(lower.length());
    boolean first = true;
    for (int i = 0; i < lower.length(); ) {
      int c = lower.codePointAt(i);
      boolean letter = Character.isLetter(c);
      result.appendCodePoint(first && letter ? Character.toTitleCase(c) : c);
      first = everyWord ? !inWord(lower, i, c) : first && !letter;
      i += Character.charCount(c);
    }
    return result.toString();
  }

  /** Whether a word goes on behind a character: {@code don't} and {@code 1st} are one word each. */
  private static boolean inWord(String text, int at, int c) {
    if (c == '\'' || c == '\u2019') {
      return at > 0 && Character.isLetter(text.codePointBefore(at));
    }
    return Words.part(c);
  }
}
