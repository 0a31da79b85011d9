package dev.nightjar.cli;

import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import dev.nightjar.store.StoredRun.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the run that was typed: its id, the beginning of it, or {@code last}. */
final class KnownRuns {

  /** How many of the newest runs are looked at to say which one may have been meant. */
  private static final int NEAR = 200;

  /** How many ids a message names. */
  private static final int NAMED = 5;

  private static final String LAST = "last";

  static final Syntax.Operand OPERAND =
      new Syntax.Operand(
          "RUN", false, "The run's id, as much of its beginning as tells it from others, or last.");

  private KnownRuns() {}

  /**
   * The run.
   *
   * @throws WrongUsage when there is none or more than one, naming those it may be
   */
  static StoredRun find(Store store, String typed) {
    if (typed.equals(LAST)) {
      return newest(store, null, 1).stream()
          .findFirst()
          .orElseThrow(
              () -> new WrongUsage("there are no runs yet; `nightjar run FILE` makes one"));
    }
    return store.run(typed).orElseThrow(() -> unknown(store, typed));
  }

  /** What a command does with a run. */
  interface Action {
    int run(StoredRun run, Home home, Store store) throws InterruptedException;
  }

  /**
   * Does something with the run that was typed as the first operand.
   *
   * @throws WrongUsage as {@link #find} does
   */
  static int with(Arguments arguments, Console console, Action action) throws InterruptedException {
    Home home = Home.existing(arguments, console);
    StoredRun run;
    Home own;
    try (Store store = home.open()) {
      run = find(store, arguments.operand(0));
      own = home.forRun(run);
      if (own.equals(home)) {
        return action.run(run, home, store);
      }
    }
    try (Store store = own.open()) {
      return action.run(run, own, store);
    }
  }

  /** The newest run of a workflow file that has not ended, one that nobody has if there is any. */
  static Optional<StoredRun> unfinished(Store store, Path file) {
    return Stream.of(Set.of(State.UNFINISHED), Set.of(State.QUEUED, State.RUNNING))
        .map(states -> new RunQuery(null, file.toString(), states, Set.of(), null, null, 1, null))
        .flatMap(query -> store.runs(query).items().stream())
        .findFirst();
  }

  /**
   * Makes sure that a run can go on.
   *
   * @throws WrongUsage when it has ended, saying how
   */
  static void checkUnfinished(StoredRun run) {
    if (run.state() == State.ENDED) {
      String how = run.outcome() == null ? "ended" : run.outcome().id();
      String why = run.failure() == null ? "" : ": " + run.failure();
      throw new WrongUsage(
          "run %s has ended and does not run again: it %s%s; `nightjar rerun %s` makes a new one"
              .formatted(
                  run.id(),
                  run.outcome() == Outcome.CANCELLED || run.outcome() == Outcome.SKIPPED
                      ? "was " + how
                      : how,
                  why,
                  run.id()));
    }
  }

  /** The newest runs, of a workflow file if one is given. */
  static List<StoredRun> newest(Store store, @Nullable String file, int limit) {
    var query = new RunQuery(null, file, Set.of(), Set.of(), null, null, limit, null);
    return store.runs(query).items();
  }

  private static WrongUsage unknown(Store store, String typed) {
    List<String> ids = newest(store, null, NEAR).stream().map(StoredRun::id).toList();
    List<String> longer = ids.stream().filter(id -> id.startsWith(typed)).toList();
    if (!typed.isEmpty() && longer.size() > 1) {
      return new WrongUsage("several runs begin with `" + typed + "`: " + some(longer));
    }
    String all = ids.isEmpty() ? "there are no runs yet" : "the newest are " + some(ids);
    return new WrongUsage("there is no run `" + typed + "`; " + Suggestions.hint(typed, ids, all));
  }

  private static String some(List<String> ids) {
    String named = String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())));
    return ids.size() > NAMED ? named + ", ..." : named;
  }
}
