package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What triggers have decided. Each thing that a trigger waits for begins one run at most, also when
 * several daemons on one store see it and when they are killed: that it was taken and that its run
 * is known is one transaction.
 *
 * <p>Every method throws {@link StoreException} when the disk or the database refuses.
 */
public interface Firings {

  /**
   * A trigger that is served.
   *
   * @param definition tells whether it still says what it said
   * @param since when a daemon first saw it with this definition
   * @param decided times up to here are settled
   */
  record Known(
      String workflow, String trigger, String definition, Instant since, Instant decided) {}

  /**
   * A run that is to begin because of something.
   *
   * @param started its first event, so that it goes on whenever its process is killed
   * @param seen the files it begins because of, remembered as {@link #see} does
   * @param listener as of {@link Store#begin}; it is not told of the first event
   */
  record Due(
      Firing firing,
      NewRun run,
      Event.RunStarted started,
      Map<String, String> seen,
      Consumer<Event> listener) {}

  /**
   * Makes a trigger known. One that was known with another definition begins anew: what it would
   * have waited for before is none of its business.
   */
  Known know(String workflow, String trigger, String definition, Instant now);

  /** Makes a trigger unknown that does not wait any more; what it has decided stays. */
  void forget(String workflow, String trigger);

  /** A trigger as it is known; empty when no daemon has seen it. */
  Optional<Known> known(String workflow, String trigger);

  /**
   * Begins the runs that are due, all in one transaction with their first events, and settles their
   * times.
   *
   * @return for each, in their order, the run, which this process has; empty when the same cause
   *     was decided before, here or elsewhere
   */
  List<Optional<OwnedRun>> fire(List<Due> due);

  /** Settles times that begin no run; one that was decided before stays as it was. */
  void pass(List<Firing> firings);

  /** Settles that the clock was put back: what is behind this time is due again unless it fired. */
  void putBack(String workflow, String trigger, Instant to);

  /** What became of a cause. */
  Optional<Firing> find(String workflow, String trigger, String cause);

  /** What began a run; empty when a person or another run did. */
  Optional<Firing> of(String run);

  /**
   * What was decided of a workflow's triggers, the newest first.
   *
   * @param trigger null for all
   * @param before due before that
   */
  List<Firing> list(String workflow, @Nullable String trigger, Instant before, int limit);

  /**
   * What was decided of a workflow's triggers that concerns a stretch of time, the oldest first.
   *
   * @param from due, or the last of several times, then or later
   * @param to due before that
   */
  List<Firing> between(String workflow, Instant from, Instant to, int limit);

  /**
   * Ends of runs that a trigger waits for and that were not decided yet, the oldest first.
   *
   * @param of the workflow whose runs it waits for
   * @param outcome how they have ended, as {@link dev.nightjar.runtime.monitor.Outcome#name}
   */
  List<StoredRun> undecided(Known trigger, String of, String outcome, int limit);

  /** The files a trigger has seen: a text that changes when the file does, by path. */
  Map<String, String> seenFiles(String workflow, String trigger);

  /**
   * Remembers files as seen.
   *
   * @param gone those that are not there any more
   */
  void see(String workflow, String trigger, Map<String, String> stamps, List<String> gone);
}
