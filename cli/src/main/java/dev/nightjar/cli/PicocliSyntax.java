package dev.nightjar.cli;

import dev.nightjar.cli.Syntax.Operand;
import dev.nightjar.cli.Syntax.Option;
import dev.nightjar.model.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reads the arguments of one command with picocli, whatever they are. Without its annotations,
 * which would be looked for by reflection in every class. No other class may name picocli: already
 * the check of a class that catches its exceptions would load them, from a jar that is opened last.
 */
final class PicocliSyntax {

  private final Command command;
  private final List<Option> options;
  private final CommandLine line;

  /** Reads these options, that for help among them. */
  PicocliSyntax(Command command, List<Option> options) {
    this.command = command;
    this.options = options;
    this.line = new CommandLine(describe());
    line.setExpandAtFiles(false);
    line.setInterpolateVariables(false);
    line.setUsageHelpAutoWidth(false);
  }

  private CommandSpec describe() {
    CommandSpec spec = CommandSpec.create().name("nightjar " + command.name());
    spec.usageMessage(
        new UsageMessageSpec()
            .description(command.summary())
            .synopsisHeading("Usage: ")
            .optionListHeading("%nOptions:%n")
            .parameterListHeading("%n")
            .sortOptions(false));
    for (Option option : options) {
      spec.addOption(describe(option));
    }
    int index = 0;
    for (Operand operand : command.operands()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index(operand.repeatable() ? index + "..*" : String.valueOf(index))
              .arity(operand.repeatable() ? "1..*" : operand.required() ? "1" : "0..1")
              .type(operand.repeatable() ? List.class : String.class)
              .auxiliaryTypes(String.class)
              .paramLabel(operand.label())
              .hideParamSyntax(false)
              .required(operand.required())
              .description(operand.help())
              .build());
      index++;
    }
    return spec;
  }

  private static OptionSpec describe(Option option) {
    var builder =
        OptionSpec.builder(option.names().toArray(String[]::new)).description(option.help());
    if (option.equals(Syntax.HELP)) {
      return builder.usageHelp(true).arity("0").type(boolean.class).build();
    }
    if (option.value().isEmpty()) {
      return builder.arity("0").type(boolean.class).build();
    }
    return builder
        .arity("1")
        .paramLabel(option.value())
        .type(option.repeatable() ? List.class : String.class)
        .auxiliaryTypes(String.class)
        .build();
  }

  /** What {@code --help} prints. */
  String help() {
    return line.getUsageMessage(Help.Ansi.OFF);
  }

  /**
   * The arguments by name.
   *
   * @throws WrongUsage with one line that says what is wrong
   */
  Arguments parse(List<String> arguments) {
    try {
      return arguments(line.parseArgs(arguments.toArray(String[]::new)));
    } catch (UnmatchedArgumentException e) {
      throw new WrongUsage(unmatched(e.getUnmatched().get(0)));
    } catch (MissingParameterException e) {
      throw new WrongUsage(missing(e.getMissing()) + "; " + more());
    } catch (ParameterException e) {
      throw new WrongUsage(firstLine(e) + "; " + more());
    }
  }

  private Arguments arguments(ParseResult parsed) {
    Map<String, List<String>> given = new HashMap<>();
    for (Option option : command.options()) {
      if (parsed.hasMatchedOption(option.id())) {
        given.put(option.id(), values(option, parsed));
      }
    }
    List<String> typed = new ArrayList<>();
    for (int i = 0; i < command.operands().size(); i++) {
      if (command.operands().get(i).repeatable()) {
        typed.addAll(parsed.matchedPositionalValue(i, List.<String>of()));
      } else if (parsed.hasMatchedPositional(i)) {
        typed.add(parsed.matchedPositionalValue(i, ""));
      }
    }
    return new Arguments(given, typed, parsed.isUsageHelpRequested());
  }

  private static List<String> values(Option option, ParseResult parsed) {
    if (option.value().isEmpty()) {
      return List.of();
    }
    return option.repeatable()
        ? parsed.matchedOptionValue(option.id(), List.of())
        : List.of(parsed.matchedOptionValue(option.id(), ""));
  }

  private String unmatched(String argument) {
    if (!argument.startsWith("-")) {
      return "`nightjar " + command.name() + "` does not take `" + argument + "`; " + more();
    }
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    List<String> known = options.stream().flatMap(option -> option.names().stream()).toList();
    return "`nightjar "
        + command.name()
        + "` has no option `"
        + name
        + "`; "
        + Suggestions.hint(name, known, more());
  }

  private static String missing(List<ArgSpec> missing) {
    ArgSpec first = missing.get(0);
    return first instanceof OptionSpec option
        ? "`" + option.longestName() + "` needs a value: " + option.paramLabel()
        : "`" + first.paramLabel() + "` is missing";
  }

  private static String firstLine(ParameterException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments");
  }

  private String more() {
    return "see `nightjar " + command.name() + " --help`";
  }
}
