package dev.nightjar.cli;

import dev.nightjar.daemon.OldRuns;
import dev.nightjar.store.Retention;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreException;
import java.time.Duration;
import java.util.List;

/** Which runs are not forgotten. */
final class Housekeeping {

  /** A quarter of a year, for whoever is asked what happened in the last one. */
  static final int DAYS = 90;

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
      List<String> _ = OldRuns.forget(store, home.folder(), retention);
    } catch (StoreException e) {
      // Whatever is wrong with the store, the next run meets it again and says so.
    }
  }
}
