package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are remembered. Safe for use by many threads; several processes may have the same one
 * open.
 *
 * <p>Every method throws {@link StoreException} when the disk or the database refuses.
 */
public interface Store extends AutoCloseable {

  /**
   * Opens the store in a work folder, or the database that a setting names; makes it when there is
   * none, and brings one of an older release up to date.
   *
   * @throws StoreException when it is damaged, or of a newer release; it is left untouched
   */
  static Store open(StoreSettings settings) {
    return new SqlStore(settings);
  }

  /**
   * Makes ready what opening the store of a work folder takes longest for, and touches no file of
   * it: for a thread beside the one that finds out whether there is anything to open it for.
   */
  static void preload() {
    SqliteLibrary.preload();
  }

  /**
   * Makes a run known and owned by this process. It is not admitted yet: see {@link
   * OwnedRun#awaitTurn}.
   *
   * @param listener is told of each event when it is on disk, in order, by one thread at a time
   */
  OwnedRun begin(NewRun run, Consumer<Event> listener);

  /**
   * Takes over a run that has not ended, and whose owner is gone.
   *
   * @throws HeldException when somebody has it
   * @throws EndedException when there is no such run, or it has ended
   */
  OwnedRun adopt(String run, Consumer<Event> listener);

  /** Asks the owner of a run, whoever that is, to cancel it; false when it has ended. */
  boolean requestCancel(String run, String reason);

  /** A run, by its id or by the beginning of it when that is enough to tell it from others. */
  Optional<StoredRun> run(String id);

  /** The runs that a query asks for, the newest first. */
  Page<StoredRun> runs(RunQuery query);

  /** The events of a run, in order; to be closed. */
  default Stream<StoredEvent> events(String run) {
    return events(run, 0);
  }

  /**
   * The events of a run behind one, in order; to be closed.
   *
   * @param after its number; 0 for all
   */
  Stream<StoredEvent> events(String run, long after);

  /**
   * The events of a run in front of one, the last one first; to be closed.
   *
   * @param before its number; a larger one than there is for all
   */
  Stream<StoredEvent> eventsBefore(String run, long before);

  /** What the triggers of a daemon have decided. */
  Firings firings();

  /** The text of a workflow file, by its SHA-256. */
  String workflow(String digest);

  /** Lines of logs, failures and names of runs that have all the words of a text in them. */
  Page<Hit> search(String text, int limit, @Nullable String cursor);

  /**
   * Forgets runs that have ended, never one that goes on.
   *
   * @return the ids of those that are gone
   */
  List<String> retain(Retention retention);

  /** Writes what is waiting, gives the leases back. */
  @Override
  void close();

  /** A part of a list and where the next one begins; null at its end. */
  record Page<T>(List<T> items, @Nullable String next) {}

  /**
   * An event and its place in the journal.
   *
   * @param number from 1
   */
  record StoredEvent(long number, Event event) {}

  /**
   * A line that was found.
   *
   * @param text the line, the words as they stand in it
   */
  record Hit(
      String run, String workflow, long number, Instant at, @Nullable String step, String text) {}
}
