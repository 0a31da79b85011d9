package dev.nightjar.cli;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.store.Retention;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreException;
import dev.nightjar.store.StoredRun.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Forgets runs that ended long ago, and removes the files they have left. */
final class Housekeeping {

  /** A quarter of a year, for whoever is asked what happened in the last one. */
  static final int DAYS = 90;

  /** A run that leaves its files behind is found by one of so many that follow. */
  private static final int RECENT = 20;

  /** Of each workflow: three years of a daily one, ten days of one that runs every quarter hour. */
  static final int RUNS = 1000;

  private static final String KEEP_DAYS = "NIGHTJAR_KEEP_DAYS";
  private static final String KEEP_RUNS = "NIGHTJAR_KEEP_RUNS";

  private Housekeeping() {}

  /** What is kept unless somebody says otherwise. */
  static Retention retention(Console console) {
    int days = setting(KEEP_DAYS, DAYS, console);
    return new Retention(
        days == 0 ? null : Duration.ofDays(days), setting(KEEP_RUNS, RUNS, console));
  }

  private static int setting(String variable, int otherwise, Console console) {
    String text = console.environment().getOrDefault(variable, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,6}")) {
      throw new WrongUsage(variable + " needs a whole number, 0 for any, and is `" + text + "`");
    }
    return Integer.parseInt(text);
  }

  /** Forgets what is due, if that can be done: the run has ended as it has. */
  static void afterRun(Store store, Home home, Retention retention) {
    try {
      clean(store, home, retention);
    } catch (StoreException e) {
      // Whatever is wrong with the store, the next run meets it again and says so.
    }
  }

  /** Forgets what is due; returns the ids. */
  static List<String> clean(Store store, Home home, Retention retention) {
    List<String> gone = store.retain(retention);
    gone.forEach(run -> FolderTree.remove(home.runFolder(run)));
    removeLeftOvers(store, home);
    return gone;
  }

  /** Of runs that were killed between their end and the removal of their files. */
  private static void removeLeftOvers(Store store, Home home) {
    var query =
        new RunQuery(
            null, null, Set.of(State.ENDED), Set.of(Outcome.SUCCEEDED), null, null, RECENT, null);
    store.runs(query).items().forEach(run -> FolderTree.remove(home.runFolder(run.id())));
  }
}
