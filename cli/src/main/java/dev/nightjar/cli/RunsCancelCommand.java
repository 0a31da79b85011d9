package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks whoever runs a run to end it. */
final class RunsCancelCommand implements Command {

  /** How often the run is asked whether it has taken notice. */
  private static final Duration NEWS = Duration.ofMillis(100);

  /** By then an owner has either taken notice or is known to be gone. */
  private static final Duration PATIENCE = StoreSettings.LEASE.plus(StoreSettings.LEASE);

  private static final Syntax.Option REASON =
      Syntax.Option.value(
          "--reason", "TEXT", "What the journal says why; default: cancelled by hand.");

  @Override
  public String name() {
    return "runs cancel";
  }

  @Override
  public String summary() {
    return "Ask a run to end; its `finally` steps still run.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(KnownRuns.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> options = new ArrayList<>(List.of(REASON));
    options.addAll(Home.IN_CURRENT_FOLDER);
    return options;
  }

  @Override
  public int run(Arguments arguments, Console console) throws InterruptedException {
    String typed = arguments.text("--reason");
    String reason = typed == null ? "cancelled by hand" : typed;
    Home home = Home.existing(arguments, console);
    try (Store store = home.open()) {
      StoredRun run = KnownRuns.find(store, arguments.operand(0));
      if (!store.requestCancel(run.id(), reason)) {
        console.print(ended(store.run(run.id()).orElse(run)) + "\n");
        return ExitCode.SUCCEEDED;
      }
      return await(store, run, home, console);
    }
  }

  private static int await(Store store, StoredRun asked, Home home, Console console)
      throws InterruptedException {
    Instant until = Machine.clock().instant().plus(PATIENCE);
    var journal = new Watch(asked.id());
    StoredRun run = asked;
    while (Machine.clock().instant().isBefore(until)) {
      if (journal.hasCancel(store)) {
        console.print("run " + run.id() + " is ending; `finally` runs\n");
        return ExitCode.SUCCEEDED;
      }
      run = store.run(asked.id()).orElse(asked);
      switch (run.state()) {
        case ENDED -> {
          console.print(ended(run) + "\n");
          return ExitCode.SUCCEEDED;
        }
        case UNFINISHED -> {
          console.print(
              ("nobody runs run %s now; `nightjar resume %s%s` goes on with it, which cancels it and"
                      + " runs `finally`\n")
                  .formatted(run.id(), run.id(), home.asTyped()));
          return ExitCode.SUCCEEDED;
        }
        case QUEUED, RUNNING -> Machine.sleep(NEWS);
      }
    }
    console.error(
        "%s has run %s and does not answer; it will end the run when it does"
            .formatted(run.owner() == null ? "its owner" : Visible.line(run.owner()), run.id()));
    return ExitCode.FAILED;
  }

  private static String ended(StoredRun run) {
    Outcome outcome = run.outcome();
    return "run " + run.id() + " has ended before: " + (outcome == null ? "unknown" : outcome.id());
  }

  /** Reads on in a run's journal. */
  private static final class Watch {

    private final String run;
    private long last;
    private boolean found;

    Watch(String run) {
      this.run = run;
    }

    boolean hasCancel(Store store) {
      try (Stream<Store.StoredEvent> events = store.events(run, last)) {
        events.forEachOrdered(stored -> {
          last = stored.number();
          found |= stored.event() instanceof Event.CancelRequested;
        });
      }
      return found;
    }
  }
}
