package dev.nightjar.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the arguments of one command. With picocli, and only where they are odd or help is wanted:
 * to load it takes a fifth of a short command's time.
 */
final class Syntax {

  /**
   * An option.
   *
   * @param names the long one last
   * @param value what to write for its value; empty for a flag
   * @param repeatable whether it may be given more than once
   */
  record Option(List<String> names, String value, boolean repeatable, String help) {

    static Option flag(String help, String... names) {
      return new Option(List.of(names), "", false, help);
    }

    static Option value(String name, String value, String help) {
      return new Option(List.of(name), value, false, help);
    }

    static Option repeatable(String name, String value, String help) {
      return new Option(List.of(name), value, true, help);
    }

    String id() {
      return names.get(names.size() - 1);
    }
  }

  /**
   * What stands after the options.
   *
   * @param repeatable whether there may be several
   * @param required whether there must be one
   */
  record Operand(String label, boolean repeatable, boolean required, String help) {

    Operand(String label, boolean repeatable, String help) {
      this(label, repeatable, true, help);
    }

    static Operand optional(String label, String help) {
      return new Operand(label, false, false, help);
    }
  }

  static final Option HELP = Option.flag("Say what the command does.", "-h", "--help");

  private final Command command;
  private final List<Option> options;

  Syntax(Command command) {
    this.command = command;
    this.options = new ArrayList<>(command.options());
    options.add(HELP);
  }

  /** What {@code --help} prints. */
  String help() {
    return new PicocliSyntax(command, options).help();
  }

  /**
   * The arguments by name.
   *
   * @throws WrongUsage with one line that says what is wrong
   */
  Arguments parse(List<String> arguments) {
    Arguments plain = PlainArguments.read(command.options(), command.operands(), arguments);
    return plain != null ? plain : parseOdd(arguments);
  }

  /** As {@link #parse}, whatever the arguments are. */
  Arguments parseOdd(List<String> arguments) {
    return new PicocliSyntax(command, options).parse(arguments);
  }
}
