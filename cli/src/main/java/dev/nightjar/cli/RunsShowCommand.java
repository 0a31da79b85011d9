package dev.nightjar.cli;

import dev.nightjar.cli.display.RunText;
import dev.nightjar.daemon.view.TimelineJson;
import dev.nightjar.daemon.view.Timelines;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.util.ArrayList;
import java.util.List;

/** Shows what a run did and when. */
final class RunsShowCommand implements Command {

  /** What people read at one sitting, and programs take from one object. */
  private static final Timeline.Limits LIMITS =
      new Timeline.Limits(1_000, 100, 100, 10_000, 10_000);

  @Override
  public String name() {
    return "runs show";
  }

  @Override
  public String summary() {
    return "Show what a run did and when.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(KnownRuns.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> options = new ArrayList<>(Home.IN_CURRENT_FOLDER);
    options.add(Output.OPTION);
    options.add(Syntax.Option.flag("Show the steps within steps, too.", "-v", "--verbose"));
    return options;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    try (Store store = Home.existing(arguments, console).open()) {
      StoredRun run = KnownRuns.find(store, arguments.operand(0));
      Timeline timeline = Timelines.read(store, run, LIMITS);
      switch (output) {
        case JSON -> console.print(TimelineJson.of(timeline, run) + "\n");
        case TEXT -> {
          var text =
              new RunText(console.results().style(), columns(console), arguments.flag("--verbose"));
          List<String> lines = text.lines(timeline, run, Machine.clock().instant());
          console.print(String.join("\n", lines) + "\n");
        }
      }
      return ExitCode.SUCCEEDED;
    }
  }

  /** Of the terminal; 0 where the text goes into a file or a pipe. */
  private static int columns(Console console) {
    return console.isScreen() ? new TerminalSize(console.environment()).measure().columns() : 0;
  }
}
