package dev.nightjar.store;

import dev.nightjar.runtime.journal.Journal;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run that this process owns, by a lease that is renewed until it is closed. Every transaction
 * that writes events of it makes sure that the lease is still this process's.
 */
public interface OwnedRun extends Journal, AutoCloseable {

  String id();

  /** Grows with each owner of the run. */
  long fence();

  /**
   * Waits for the run's turn in its pool; at once when it has none.
   *
   * @param waiting is told, once, whom the run waits for
   * @throws InterruptedException when the waiting thread was interrupted; the run has no turn
   */
  Turn awaitTurn(Consumer<List<String>> waiting) throws InterruptedException;

  /** Says to whom it is told that somebody asked for a cancel; at once when that was before. */
  void onCancelRequested(Consumer<String> listener);

  /** Gives the lease back, after everything that was appended is written. */
  @Override
  void close();

  /** What the pool says to a run. */
  sealed interface Turn {

    /** It may begin. */
    record Granted() implements Turn {}

    /**
     * There are too many, and it is not to wait.
     *
     * @param running their ids
     * @param skip whether that is fine; else it is a failure
     */
    record Refused(List<String> running, boolean skip) implements Turn {}
  }
}
