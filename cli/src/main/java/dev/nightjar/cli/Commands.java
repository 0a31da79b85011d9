package dev.nightjar.cli;

import java.util.List;
import java.util.Optional;

/** All commands, in the order of a first day with Nightjar. */
final class Commands {

  private static final List<Command> ALL =
      List.of(
          new RunCommand(),
          new ServeCommand(),
          new ResumeCommand(),
          new ResolveCommand(),
          new RerunCommand(),
          new ValidateCommand(),
          new PlanCommand(),
          new ScheduleListCommand(),
          new ScheduleNextCommand(),
          new RunsListCommand(),
          new RunsLogsCommand(),
          new RunsSearchCommand(),
          new RunsCancelCommand(),
          new RunsShowCommand(),
          new RunsExportCommand(),
          new RunsCleanCommand(),
          new WhyCommand(),
          new CacheStatsCommand(),
          new CacheClearCommand(),
          new PluginsListCommand(),
          new PluginsDescribeCommand(),
          new SchemaCommand(),
          new ExplainCommand());

  private Commands() {}

  /** The command that these arguments begin with. */
  static Optional<Command> find(List<String> arguments) {
    return ALL.stream()
        .filter(command -> {
          List<String> words = List.of(command.name().split(" ", -1));
          return arguments.size() >= words.size()
              && arguments.subList(0, words.size()).equals(words);
        })
        .findFirst();
  }

  /** First words. */
  static List<String> names() {
    return ALL.stream().map(command -> command.name().split(" ", 2)[0]).distinct().toList();
  }

  /** The commands of two words that begin with this one. */
  static List<String> group(String first) {
    return ALL.stream().map(Command::name).filter(name -> name.startsWith(first + " ")).toList();
  }

  private static String shown(Syntax.Operand operand) {
    String label = operand.label() + (operand.repeatable() ? "..." : "");
    return operand.required() ? " " + label : " [" + label + "]";
  }

  /** What {@code nightjar --help} prints; made without picocli. */
  static String overview() {
    var out =
        new StringBuilder(
            """
            Nightjar runs batch workflows: a YAML file says which steps, plugins say what a step can be.

            Usage: nightjar COMMAND [OPTIONS]

            Commands:
            """);
    for (Command command : ALL) {
      String operands = command.operands().stream().map(Commands::shown).reduce("", String::concat);
      out.append(String.format("  %-30s%s%n", command.name() + operands, command.summary()));
    }
    return out.append(
            """

            Options:
              -h, --help                    Say what a command does: nightjar run --help.
              -V, --version                 Say which version this is.

            Environment:
              NIGHTJAR_PLUGINS              The folder of plugins, unless --plugins names one.
              NIGHTJAR_STORE                The database that remembers runs, unless --store names one.
              NIGHTJAR_KEEP_DAYS            How long runs are remembered; default 90, 0 for ever.
              NIGHTJAR_KEEP_RUNS            How many of each workflow; default 1000, 0 for all.
              NIGHTJAR_OPTS                 Options for the Java virtual machine: -Xmx2g.
              NO_COLOR                      No colours, whatever the terminal.

            Exit codes: 0 succeeded, 1 failed, 2 wrong usage, 3 wrong workflow file, 4 plugin,
            5 store or disk, 6 held by another process, 7 timed out, 8 refused by a limit,
            70 a bug in Nightjar, 130 interrupted, 143 terminated.
            """)
        .toString();
  }
}
