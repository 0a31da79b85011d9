package dev.nightjar.cli;

import dev.nightjar.model.options.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was typed after a command, by name. */
final class Arguments {

  private final Map<String, List<String>> options;
  private final List<String> operands;
  private final boolean help;

  /**
   * What was typed.
   *
   * @param options the values of those that were given, none for a flag
   * @param help whether nothing is wanted but help
   */
  Arguments(Map<String, List<String>> options, List<String> operands, boolean help) {
    this.options = options;
    this.operands = List.copyOf(operands);
    this.help = help;
  }

  boolean asksForHelp() {
    return help;
  }

  boolean flag(String option) {
    return options.containsKey(option);
  }

  /** The value of an option; null when it was not given. */
  @Nullable String text(String option) {
    List<String> values = options.get(option);
    return values == null ? null : values.getFirst();
  }

  /** The values of an option that may be repeated. */
  List<String> texts(String option) {
    return options.getOrDefault(option, List.of());
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

  /** The operand at this place; empty when it was not given. */
  String operand(int index) {
    return index < operands.size() ? operands.get(index) : "";
  }

  /** All operands. */
  List<String> operands() {
    return operands;
  }
}
