package dev.nightjar.cli;

import dev.nightjar.cli.display.LogLine;
import dev.nightjar.daemon.view.LogEntry;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Prints what a run has logged. */
final class RunsLogsCommand implements Command {

  /** How often a run that goes on is asked for news: soon for a person, little for the store. */
  private static final Duration NEWS = Duration.ofMillis(250);

  @Override
  public String name() {
    return "runs logs";
  }

  @Override
  public String summary() {
    return "Print what a run has logged, its warnings and its failures.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(KnownRuns.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> options =
        new ArrayList<>(
            List.of(
                Syntax.Option.value(
                    "--step", "STEP", "Lines of this step and of those within it alone."),
                Syntax.Option.value(
                    "--level",
                    "trace|debug|info|warn|error",
                    "Lines that matter as much or more; default info."),
                Syntax.Option.flag("Go on until the run ends.", "-f", "--follow")));
    options.addAll(Home.IN_CURRENT_FOLDER);
    options.add(Output.OPTION);
    return options;
  }

  @Override
  public int run(Arguments arguments, Console console) throws InterruptedException {
    var printer =
        new Printer(Output.of(arguments), arguments.text("--step"), level(arguments), console);
    Home home = Home.existing(arguments, console);
    try (Store store = home.open()) {
      StoredRun run = KnownRuns.find(store, arguments.operand(0));
      printer.printNew(store, run.id());
      while (arguments.flag("--follow") && goesOn(store, run.id())) {
        Machine.sleep(NEWS);
        printer.printNew(store, run.id());
      }
      printer.printNew(store, run.id());
      if (arguments.flag("--follow") && isUnfinished(store, run.id())) {
        console.say(
            "the process of the run is gone; `nightjar resume %s%s` goes on with it"
                .formatted(run.id(), home.asTyped()));
      }
    }
    return ExitCode.SUCCEEDED;
  }

  private static boolean goesOn(Store store, String run) {
    return store
        .run(run)
        .map(known ->
            switch (known.state()) {
              case QUEUED, RUNNING -> true;
              case UNFINISHED, ENDED -> false;
            })
        .orElse(false);
  }

  private static boolean isUnfinished(Store store, String run) {
    return store.run(run).map(known -> known.state() == StoredRun.State.UNFINISHED).orElse(false);
  }

  private static Level level(Arguments arguments) {
    String typed = arguments.text("--level");
    if (typed == null) {
      return Level.INFO;
    }
    return Arrays.stream(Level.values())
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(typed))
        .findFirst()
        .orElseThrow(() ->
            new WrongUsage(
                "`--level` needs one of trace, debug, info, warn, error, not `" + typed + "`"));
  }

  /** Prints the lines that are wanted, each once. */
  private static final class Printer {

    private final Output output;
    private final @Nullable String step;
    private final Level level;
    private final Console console;
    private long last;

    Printer(Output output, @Nullable String step, Level level, Console console) {
      this.output = output;
      this.step = step;
      this.level = level;
      this.console = console;
    }

    void printNew(Store store, String run) {
      try (Stream<Store.StoredEvent> events = store.events(run, last)) {
        for (Iterator<Store.StoredEvent> all = events.iterator(); all.hasNext(); ) {
          Store.StoredEvent stored = all.next();
          last = stored.number();
          print(stored.event());
        }
      }
      console.out().flush();
    }

    private void print(Event event) {
      LogEntry entry = LogEntry.of(event);
      if (entry == null || entry.level().toInt() < level.toInt() || !entry.isOf(step)) {
        return;
      }
      String text =
          switch (output) {
            case TEXT -> LogLine.of(entry).text(console.results().style(), ZoneId.systemDefault());
            case JSON -> new String(EventFormat.bytes(event), StandardCharsets.UTF_8);
          };
      console.out().print(text + "\n");
    }
  }
}
