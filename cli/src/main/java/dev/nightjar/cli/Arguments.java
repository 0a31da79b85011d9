package dev.nightjar.cli;

import dev.nightjar.model.options.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** What was typed after a command, by name. */
final class Arguments {

  private final ParseResult parsed;

  Arguments(ParseResult parsed) {
    this.parsed = parsed;
  }

  boolean asksForHelp() {
    return parsed.isUsageHelpRequested();
  }

  boolean flag(String option) {
    return parsed.hasMatchedOption(option);
  }

  /** The value of an option; null when it was not given. */
  @Nullable String text(String option) {
    return parsed.hasMatchedOption(option) ? parsed.matchedOptionValue(option, "") : null;
  }

  /** The values of an option that may be repeated. */
  List<String> texts(String option) {
    return parsed.matchedOptionValue(option, List.of());
  }

  /**
   * The value of an option, a whole number from 1.
   *
   * @throws WrongUsage when it is none
   */
  int positive(String option, int otherwise) {
    String text = text(option);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new WrongUsage("`" + option + "` needs a whole number from 1, not `" + text + "`");
    }
    return Integer.parseInt(text);
  }

  /**
   * The value of an option, a duration that has passed; null when it was not given.
   *
   * @throws WrongUsage when it is none
   */
  @Nullable Duration age(String option) {
    String text = text(option);
    if (text == null) {
      return null;
    }
    try {
      Duration age = Durations.parse(text);
      if (!age.isNegative()) {
        return age;
      }
    } catch (IllegalArgumentException unknown) {
      // Said below.
    }
    throw new WrongUsage(
        "`" + option + "` needs a duration such as 30d or 12h, not `" + text + "`");
  }

  /** The operand at this place; it is a required one. */
  String operand(int index) {
    return parsed.matchedPositionalValue(index, "");
  }

  /** All operands, where there may be several. */
  List<String> operands() {
    return parsed.matchedPositionalValue(0, List.of());
  }
}
