package dev.nightjar.cli;

import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.util.List;
import java.util.Set;
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
