package dev.nightjar.cli;

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
import dev.nightjar.store.Store;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A run that is to begin: made known to the store, begun when its pool lets it, seen to its end.
 *
 * @param text of the workflow file
 */
record Beginning(Store store, Engine engine, RunRequest request, String text) {

  /**
   * Does it.
   *
   * @param start starts the engine, which tells the journal
   * @return the process's exit code
   */
  int run(Function<Journal, Run> start, RunOptions options, Console console)
      throws InterruptedException {
    try (Launch launch = Launch.open(options, console);
        OwnedRun owned = store.begin(known(), launch.listener())) {
      Workflow.Concurrency pool = request.workflow().concurrency();
      return pool == null
          ? launch.await(start.apply(owned), owned)
          : inTurn(new Turn(owned, pool, launch.interrupts()), owned, start, launch);
    }
  }

  private NewRun known() {
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

  private int inTurn(Turn turn, OwnedRun owned, Function<Journal, Run> start, Launch launch)
      throws InterruptedException {
    Turn.Answer answer = turn.await(() -> owned.append(Engine.started(request)));
    if (answer instanceof Turn.Answer.Granted && !turn.queued()) {
      return launch.await(start.apply(owned), owned);
    }
    if (!turn.queued()) {
      owned.append(Engine.started(request));
    }
    return switch (answer) {
      case Turn.Answer.Granted granted ->
          launch.await(start.apply(new Announced(owned, turn.admitted())), owned);
      case Turn.Answer.Refused refused -> {
        end(owned, refused.skip() ? Outcome.SKIPPED : Outcome.FAILED, refused.why());
        yield refused.skip() ? ExitCode.SUCCEEDED : ExitCode.REFUSED;
      }
      case Turn.Answer.Cancelled cancelled -> {
        owned.append(engine.neverRan(request.id(), Outcome.CANCELLED, null));
        owned.settle();
        yield launch.interrupts().exitCode(ExitCode.FAILED);
      }
    };
  }

  private void end(OwnedRun owned, Outcome outcome, String why) {
    String place = LoadedWorkflow.display(request.workflow().file());
    var failure = new Failure("overlap", "", place, why, true, null);
    owned.append(engine.neverRan(request.id(), outcome, failure));
    owned.settle();
  }

  /** The journal of a run whose beginning was told when it had to wait: now comes its turn. */
  private record Announced(OwnedRun owned, Event.RunAdmitted turn) implements Journal {

    @Override
    public void append(Event event) {
      owned.append(event instanceof Event.RunStarted ? turn : event);
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
