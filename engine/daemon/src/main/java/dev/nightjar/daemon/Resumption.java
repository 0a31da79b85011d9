package dev.nightjar.daemon;

import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.Store.StoredEvent;
import dev.nightjar.store.StoredRun;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Goes on with a run that another process left unfinished, and that this one has now.
 *
 * @param past what its events add up to
 */
public record Resumption(Store store, StoredRun run, OwnedRun owned, History past) {

  /** Of a run that this process has just taken over. */
  public static Resumption of(Store store, StoredRun run, OwnedRun owned) {
    return new Resumption(store, run, owned, history(store, run.id()));
  }

  /** What a run's events add up to. */
  public static History history(Store store, String run) {
    try (Stream<StoredEvent> events = store.events(run)) {
      return History.of(events.map(StoredEvent::event));
    }
  }

  /** Ends a run of which nothing is remembered but its name. */
  public void endUnbegun(Engine engine) {
    owned.append(engine.neverRan(run.id(), Outcome.CANCELLED, null));
    owned.settle();
  }

  /** The run as it was asked for, with the secrets as they are now. */
  public RunRequest request(
      Workflow workflow, Map<String, JsonNode> inputs, Map<String, String> secrets) {
    Event.RunStarted started = past.started();
    return new RunRequest(
        started.run(),
        workflow,
        started.digest(),
        started.plugins(),
        inputs,
        secrets,
        started.at(),
        started.trigger(),
        started.rerun());
  }

  /**
   * Goes on and waits for the end. A run that gets no turn stays unfinished: it has done a part of
   * its work.
   *
   * @throws JournalException when it stopped without an end
   */
  public Ending goOn(Engine engine, RunRequest request, Course course) throws InterruptedException {
    Workflow.Concurrency pool = request.workflow().concurrency();
    if (pool != null) {
      var turn = new Turn(owned, pool, course);
      Ending refused = turn.await(() -> {});
      if (refused != null) {
        return refused;
      }
      if (turn.queued()) {
        owned.append(turn.admitted());
      }
    }
    String owner = store.run(request.id()).map(StoredRun::owner).orElse("");
    return Beginning.await(
        engine.resume(request, past, owner, owned.fence(), owned), owned, course);
  }
}
