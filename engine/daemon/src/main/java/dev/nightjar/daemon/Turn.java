package dev.nightjar.daemon;

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
  private final Course course;
  private boolean queued;

  Turn(OwnedRun owned, Workflow.Concurrency pool, Course course) {
    this.owned = owned;
    this.pool = pool;
    this.course = course;
  }

  /** As the store knows it; null when the workflow has none. */
  static NewRun.@Nullable Pool pool(Workflow workflow) {
    Workflow.Concurrency pool = workflow.concurrency();
    return pool == null
        ? null
        : new NewRun.Pool(pool.pool(), pool.limit(), NewRun.Overlap.valueOf(pool.overlap().name()));
  }

  /**
   * Waits for the turn.
   *
   * @param queue is told once, before anything is remembered, that the run has to wait
   * @return why the run does not get it; null when it does
   * @throws InterruptedException when the thread was interrupted, and not by a cancel
   */
  @Nullable Ending await(Runnable queue) throws InterruptedException {
    Thread waiting = Thread.currentThread();
    CancelSwitch cancel = course.cancel();
    cancel.watch(why -> waiting.interrupt());
    owned.onCancelRequested(cancel::cancel);
    try {
      return answer(owned.awaitTurn(behind -> wait(behind, queue)));
    } catch (InterruptedException e) {
      if (cancel.cancelled()) {
        return new Ending.CancelledWaiting();
      }
      throw e;
    } finally {
      cancel.watch(why -> {});
      if (cancel.cancelled()) {
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
    owned.append(new Event.RunQueued(course.clock().instant(), pool.pool(), pool.limit(), behind));
  }

  private @Nullable Ending answer(OwnedRun.Turn turn) {
    return switch (turn) {
      case OwnedRun.Turn.Granted granted -> null;
      case OwnedRun.Turn.Refused refused ->
          new Ending.Refused(sentence(refused.running()), refused.skip());
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
    return new Event.RunAdmitted(course.clock().instant(), pool.pool());
  }
}
