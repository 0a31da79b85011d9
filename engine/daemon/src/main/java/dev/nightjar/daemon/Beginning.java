package dev.nightjar.daemon;

import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to begin: made known to a store as {@link #known}, begun when its pool lets it,
 * seen to its end.
 *
 * @param text of the workflow file
 * @param place how messages name that file
 * @param remembered whether its first event is in the journal already
 */
public record Beginning(
    Engine engine, RunRequest request, String text, String place, boolean remembered) {

  /** One that is not in any journal yet. */
  public Beginning(Engine engine, RunRequest request, String text, String place) {
    this(engine, request, text, place, false);
  }

  /** As the store has to know it. */
  public NewRun known() {
    Workflow workflow = request.workflow();
    return new NewRun(
        request.id(),
        workflow.name(),
        workflow.file().toString(),
        request.digest(),
        text,
        request.started(),
        Turn.pool(workflow));
  }

  /**
   * Begins it, and waits for its end.
   *
   * @param start starts the engine, which tells the journal
   * @throws JournalException when it stopped without an end
   */
  public Ending run(OwnedRun owned, Course course, Function<Journal, Run> start)
      throws InterruptedException {
    Workflow.Concurrency pool = request.workflow().concurrency();
    if (pool == null) {
      Journal journal = remembered ? new Announced(owned, null) : owned;
      return await(start.apply(journal), owned, course);
    }
    return inTurn(new Turn(owned, pool, course), owned, course, start);
  }

  private Ending inTurn(Turn turn, OwnedRun owned, Course course, Function<Journal, Run> start)
      throws InterruptedException {
    Ending refused = turn.await(() -> announce(owned));
    if (refused == null) {
      Journal journal =
          turn.queued() || remembered
              ? new Announced(owned, turn.queued() ? turn.admitted() : null)
              : owned;
      return await(start.apply(journal), owned, course);
    }
    if (!turn.queued()) {
      announce(owned);
    }
    owned.append(end(refused));
    owned.settle();
    return refused;
  }

  private void announce(OwnedRun owned) {
    if (!remembered) {
      owned.append(Engine.started(request));
    }
  }

  private Event.RunEnded end(Ending refused) {
    return refused instanceof Ending.Refused full
        ? neverRan(full.skip() ? Outcome.SKIPPED : Outcome.FAILED, "overlap", full.why())
        : engine.neverRan(request.id(), Outcome.CANCELLED, null);
  }

  /** Ends it before it has begun, because of something that is wrong with it. */
  Ending fail(OwnedRun owned, String code, String why) {
    announce(owned);
    Event.RunEnded end = neverRan(Outcome.FAILED, code, why);
    owned.append(end);
    owned.settle();
    return new Ending.Ended(end.result());
  }

  private Event.RunEnded neverRan(Outcome outcome, String code, String why) {
    return engine.neverRan(request.id(), outcome, new Failure(code, "", place, why, true, null));
  }

  /** Waits for the end of a run that has started. */
  static Ending await(Run run, OwnedRun owned, Course course) throws InterruptedException {
    course.cancel().watch(run::cancel);
    owned.onCancelRequested(course.cancel()::cancel);
    course.running().accept(run);
    return new Ending.Ended(run.await());
  }

  /**
   * The journal of a run whose beginning was told before.
   *
   * @param turn told instead, when the run has waited for it
   */
  private record Announced(OwnedRun owned, Event.@Nullable RunAdmitted turn) implements Journal {

    @Override
    public void append(Event event) {
      prepare(event).run();
    }

    @Override
    public Runnable prepare(Event event) {
      Event told = event instanceof Event.RunStarted ? turn : event;
      return told == null ? () -> {} : owned.prepare(told);
    }

    @Override
    public void settle() {
      owned.settle();
    }

    @Override
    public void onBroken(Consumer<JournalException> listener) {
      owned.onBroken(listener);
    }
  }
}
