package dev.nightjar.plugin.text;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.CharacterMapping;
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

  private static final char SIGMA = '\u03a3';

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
    List<FieldPath> fields = options.fields();
    return switch (options.to()) {
      case UPPER -> FieldChange.ofCharacters(fields, upper());
      case LOWER -> FieldChange.ofCharacters(fields, lower());
      case TITLE -> FieldChange.ofText(fields, text -> capitalized(text, true));
      case SENTENCE -> FieldChange.ofText(fields, text -> capitalized(text, false));
    };
  }

  private static CharacterMapping upper() {
    return new CharacterMapping(text -> text.toUpperCase(Locale.ROOT), character -> true);
  }

  /** A sigma becomes another small one at the end of a word: the only letter that looks around. */
  private static CharacterMapping lower() {
    return new CharacterMapping(
        text -> text.toLowerCase(Locale.ROOT), character -> character != SIGMA);
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
