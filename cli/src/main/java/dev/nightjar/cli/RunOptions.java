package dev.nightjar.cli;

import dev.nightjar.cli.display.Display;
import dev.nightjar.cli.display.Verbosity;
import dev.nightjar.runtime.EngineSettings;
import dev.nightjar.store.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a run goes on this machine and how it is shown: what is no part of the run, and may be
 * another time when it is resumed.
 *
 * @param parallelism how many tasks of a stage at once
 * @param keep which runs are not forgotten after it
 */
record RunOptions(
    Output output, Verbosity verbosity, int parallelism, boolean allowOutside, Retention keep) {

  /** How long a step may take to answer an interrupt: long enough to close its files. */
  static final Duration GRACE = Duration.ofSeconds(10);

  static final List<Syntax.Option> ALL =
      List.of(
          Syntax.Option.value(
              "--parallelism", "N", "How many tasks of a stage at once; default: the cores."),
          Plugins.OPTION,
          Syntax.Option.flag(
              "Let steps write outside of the workflow's folder.", "--allow-outside"),
          Output.OPTION,
          Syntax.Option.flag("Print failures alone.", "-q", "--quiet"),
          Syntax.Option.flag("Print what stages and tasks do, too.", "-v", "--verbose"));

  static RunOptions of(Arguments arguments, Console console) {
    return new RunOptions(
        Output.of(arguments),
        verbosity(arguments),
        arguments.positive("--parallelism", Runtime.getRuntime().availableProcessors()),
        arguments.flag("--allow-outside"),
        Housekeeping.retention(console));
  }

  private static Verbosity verbosity(Arguments arguments) {
    boolean quiet = arguments.flag("--quiet");
    boolean verbose = arguments.flag("--verbose");
    if (quiet && verbose) {
      throw new WrongUsage("`--quiet` and `--verbose` ask for opposite things; give one of them");
    }
    return quiet ? Verbosity.QUIET : verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
  }

  /**
   * For an engine.
   *
   * @param root the folder of the workflow
   */
  EngineSettings settings(Path root) {
    return new EngineSettings(
        parallelism, root, allowOutside, GRACE, EngineSettings.QUIET, EngineSettings.WARM_UP);
  }

  Display display(Console console) {
    if (output == Output.JSON) {
      return Display.json(console.out());
    }
    if (!console.isLive() || verbosity == Verbosity.QUIET) {
      return Display.lines(console.results(), console.messages(), verbosity);
    }
    var size = new TerminalSize(console.environment());
    size.listen();
    return Display.live(console.results(), console.messages(), verbosity, size);
  }
}
