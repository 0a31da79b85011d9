package dev.nightjar.daemon;

import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.store.Retention;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Forgets runs that ended long ago, and removes the files they have left. */
public final class OldRuns {

  /** A run that leaves its files behind is found by one of so many that follow. */
  private static final int RECENT = 20;

  private OldRuns() {}

  /**
   * Forgets what is due.
   *
   * @param home where runs have their files
   * @return the ids of those that are gone
   */
  public static List<String> forget(Store store, Path home, Retention retention) {
    List<String> gone = store.retain(retention);
    gone.forEach(run -> FolderTree.remove(Engine.runFolder(home, run)));
    removeLeftOvers(store, home);
    return gone;
  }

  /** Of runs that were killed between their end and the removal of their files. */
  private static void removeLeftOvers(Store store, Path home) {
    var query =
        new RunQuery(
            null, null, Set.of(State.ENDED), Set.of(Outcome.SUCCEEDED), null, null, RECENT, null);
    store.runs(query).items().forEach(run -> FolderTree.remove(Engine.runFolder(home, run.id())));
  }
}
