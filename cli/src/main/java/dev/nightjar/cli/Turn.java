package dev.nightjar.cli;

import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Waits until a run may begin, or go on, because few enough others of its pool are running. */
final class Turn {

  private final OwnedRun owned;
  private final Workflow.Concurrency pool;
  private final Interrupts interrupts;
  private boolean queued;

  Turn(OwnedRun owned, Workflow.Concurrency pool, Interrupts interrupts) {
    this.owned = owned;
    this.pool = pool;
    this.interrupts = interrupts;
  }

  /** As the store knows it; null when the workflow has none. */
  static NewRun.@Nullable Pool pool(Workflow workflow) {
    Workflow.Concurrency pool = workflow.concurrency();
    return pool == null
        ? null
        : new NewRun.Pool(pool.pool(), pool.limit(), NewRun.Overlap.valueOf(pool.overlap().name()));
  }

  /** What came of waiting. */
  sealed interface Answer {

    /** It has it. */
    record Granted() implements Answer {}

    /**
     * It will not have one.
     *
     * @param why one sentence
     * @param skip whether that is fine; else it is a failure
     */
    record Refused(String why, boolean skip) implements Answer {}

    /** Somebody wanted the run to end while it waited. */
    record Cancelled() implements Answer {}
  }

  /**
   * Waits for the turn.
   *
   * @param queue is told once, before anything is remembered, that the run has to wait
   * @throws InterruptedException when the thread was interrupted, and not by a cancel
   */
  Answer await(Runnable queue) throws InterruptedException {
    Thread waiting = Thread.currentThread();
    interrupts.watch(why -> waiting.interrupt());
    owned.onCancelRequested(interrupts::cancel);
    try {
      return answer(owned.awaitTurn(behind -> wait(behind, queue)));
    } catch (InterruptedException e) {
      if (interrupts.cancelled()) {
        return new Answer.Cancelled();
      }
      throw e;
    } finally {
      interrupts.watch(why -> {});
      if (interrupts.cancelled()) {
        // It may have come as the turn did; whoever watches next is told of it.
        Thread.interrupted();
      }
    }
  }

  /** Whether the run had to wait. */
  boolean queued() {
    return queued;
  }

  private void wait(List<String> behind, Runnable queue) {
    queued = true;
    queue.run();
    owned.append(new Event.RunQueued(Machine.clock().instant(), pool.pool(), pool.limit(), behind));
  }

  private Answer answer(OwnedRun.Turn turn) {
    return switch (turn) {
      case OwnedRun.Turn.Granted granted -> new Answer.Granted();
      case OwnedRun.Turn.Refused refused ->
          new Answer.Refused(sentence(refused.running()), refused.skip());
    };
  }

  private String sentence(List<String> running) {
    return "the pool `%s` lets %d run at once, and running already: %s (`overlap: %s`)"
        .formatted(
            pool.pool(),
            pool.limit(),
            String.join(", ", running),
            pool.overlap().name().toLowerCase(Locale.ROOT));
  }

  /** For the journal. */
  Event.RunAdmitted admitted() {
    return new Event.RunAdmitted(Machine.clock().instant(), pool.pool());
  }
}
