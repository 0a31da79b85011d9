package dev.nightjar.cli;

import java.util.List;

/** One command: what it takes, and what it does. */
interface Command {

  /** As typed: {@code plugins list}. */
  String name();

  /** One sentence. */
  String summary();

  /** What stands after the options; empty for nothing. */
  default List<Syntax.Operand> operands() {
    return List.of();
  }

  default List<Syntax.Option> options() {
    return List.of();
  }

  /**
   * Does it.
   *
   * @return the process's exit code
   * @throws WrongUsage when the arguments cannot be used
   */
  int run(Arguments arguments, Console console) throws InterruptedException;
}
