package dev.nightjar.runtime.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of one step, as long as its events come in. */
final class StepStory {

  /** Failed attempts told one by one; a stage may have a hundred thousand. */
  private static final int TOLD = 10;

  private final String run;
  private final String step;
  private final List<Reason> reasons = new ArrayList<>();

  /** Attempts that must not be repeated, by task. */
  private final Map<Integer, Event.AttemptStarted> open = new LinkedHashMap<>();

  private String processor = "";
  private boolean running;
  private @Nullable Event begun;
  private long retries;
  private Event.@Nullable AttemptFailed lastRetry;
  private int tasks;
  private long tasksDone;
  private long bodies;
  private long failedBodies;
  private Event.@Nullable BodyEnded failedBody;

  StepStory(String run, String step) {
    this.run = run;
    this.step = step;
  }

  void add(Reason reason) {
    reasons.add(reason);
  }

  void began(Event.StepStarted e) {
    processor = e.processor();
    running = true;
    begun = e;
    add(Reasons.began(e));
  }

  /** Told once: whoever takes over the run shares out again. */
  void shares(Event.StageStarted e) {
    boolean fresh = tasks == 0;
    tasks = e.tasks();
    if (fresh && tasks > 0) {
      add(Reasons.stage(e, step));
    }
  }

  void committed(Event.TaskCommitted e) {
    open.remove(e.task());
    tasksDone++;
  }

  void committed(Event.StageCommitted e) {
    open.clear();
  }

  void asked(Event.CacheAsked e) {
    add(Reasons.cache(e));
  }

  void attempts(Event.AttemptStarted e) {
    open.put(e.task(), e);
    begun = begun == null ? e : begun;
  }

  void failed(Event.AttemptFailed e) {
    open.remove(e.task());
    if (e.nextIn() == null) {
      return;
    }
    retries++;
    lastRetry = e;
    if (retries <= TOLD) {
      add(Reasons.retried(e));
    }
  }

  void resumed(Event.RunResumed e) {
    if (running) {
      add(Reasons.resumed(e, tasksDone, tasks));
      open.values().forEach(attempt -> add(Reasons.inDoubt(run, e, attempt)));
    }
  }

  void resolved(Event.StepResolved e) {
    open.clear();
    add(Reasons.resolved(e));
  }

  void reused(Event.StepReused e) {
    processor = e.processor();
    running = false;
    add(Reasons.reused(e));
  }

  void body(Event.BodyEnded e) {
    bodies++;
    if (e.failure() != null) {
      failedBodies++;
      failedBody = failedBody == null ? e : failedBody;
    }
  }

  void items(Event.ItemsEnded e) {
    for (Event.ItemTable table : e.tables()) {
      bodies += table.count();
    }
  }

  void warned(Event.Warned e) {
    add(Reasons.warned(e));
  }

  void ended(Event.StepEnded e) {
    running = false;
    open.clear();
    addSums(e);
    add(Reasons.ended(e, begun != null));
  }

  private void addSums(Event e) {
    if (lastRetry != null && retries > TOLD) {
      add(Reasons.retriedMore(lastRetry, retries - TOLD));
    }
    if (bodies > 0) {
      add(Reasons.nested(e, bodies, failedBodies, failedBody));
    }
    retries = 0;
    bodies = 0;
    failedBodies = 0;
    failedBody = null;
  }

  /** All that is known now. */
  Explanation.OfStep told() {
    var all = new ArrayList<>(reasons);
    Event from = begun;
    if (running && from != null) {
      open.values().forEach(attempt -> all.add(Reasons.openAttempt(run, attempt)));
      if (open.isEmpty()) {
        all.add(Reasons.open(from, tasksDone, tasks));
      }
    }
    return new Explanation.OfStep(step, processor, List.copyOf(all));
  }
}
