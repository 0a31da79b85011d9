package dev.nightjar.daemon;

import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.History.Doubt;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.util.List;

/** A person's answer about a step that a crash interrupted and that may not be repeated. */
public final class Resolution {

  private Resolution() {}

  /** The steps that wait for an answer, each once. */
  public static List<String> steps(History past) {
    return past.inDoubt().stream().map(Doubt::step).distinct().toList();
  }

  /** Whether nothing is lost when a step is taken as done. */
  public static boolean canHaveSucceeded(String step, History past) {
    return past.inDoubt().stream().noneMatch(doubt -> doubt.step().equals(step) && doubt.ofTask());
  }

  /**
   * Remembers an answer.
   *
   * @return the history with the answer in it, once that is on disk
   * @throws RefusedException when the step does not wait for that answer
   */
  public static History resolve(Store store, StoredRun run, Event.StepResolved answer) {
    try (OwnedRun owned = store.adopt(run.id(), event -> {})) {
      History past = Resumption.history(store, run.id());
      check(run, answer, past);
      owned.append(answer);
      owned.settle();
      past.apply(answer);
      return past;
    }
  }

  private static void check(StoredRun run, Event.StepResolved answer, History past) {
    String step = answer.step();
    List<String> doubts = steps(past);
    if (doubts.isEmpty()) {
      throw new RefusedException(
          "no step of run %s waits for an answer; go on with `nightjar resume %s`"
              .formatted(run.id(), run.id()));
    }
    if (!doubts.contains(step)) {
      String all = "there are " + String.join(", ", doubts);
      throw new RefusedException(
          "the step `%s` of run %s does not wait for an answer; %s"
              .formatted(step, run.id(), Suggestions.hint(step, doubts, all)));
    }
    if (answer.succeeded() && !canHaveSucceeded(step, past)) {
      throw new RefusedException(
          "`%s` was to emit records, and which ones is not known: it cannot be taken as done; use `--again`, or `nightjar rerun %s`"
              .formatted(step, run.id()));
    }
  }
}
