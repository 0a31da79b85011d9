package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.Joining;
import dev.nightjar.stage.Stage;
import dev.nightjar.stage.StepFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of a stage, so many at once, in order. When one fails, those behind it are stopped
 * and those before it run to their end: so the failure that is reported is the first one in the
 * order of the input, whatever the parallelism, and the lines before it are counted.
 */
final class TaskPool {

  private final StageExecution execution;
  private final Stage stage;
  private final StageTasks tasks;
  private final Attempt parent;
  private final Attempt[] running;
  private final @Nullable Throwable[] failures;
  private final AtomicInteger next = new AtomicInteger();
  private int firstFailed = Integer.MAX_VALUE;

  TaskPool(StageExecution execution, Stage stage, StageTasks tasks, Attempt parent) {
    this.execution = execution;
    this.stage = stage;
    this.tasks = tasks;
    this.parent = parent;
    this.running = new Attempt[tasks.size()];
    this.failures = new Throwable[tasks.size()];
    for (int task = 0; task < tasks.size(); task++) {
      running[task] = new Attempt();
    }
  }

  /** A step failed; with everything that is reported of it. */
  static final class TaskFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient StepRun step;
    private final transient Failure failure;

    TaskFailed(StepRun step, Failure failure) {
      super(failure.message(), null, false, false);
      this.step = step;
      this.failure = failure;
    }

    StepRun step() {
      return step;
    }

    Failure failure() {
      return failure;
    }
  }

  /**
   * Runs all of them.
   *
   * @throws TaskFailed for the first one that failed for good
   * @throws Cancelled when the parent was stopped or the calling thread interrupted
   */
  @SuppressWarnings("try") // The registration is only closed.
  void runAll() {
    int workers = Math.min(execution.parallelism(), tasks.size());
    try (var stopped = parent.onStop(this::stopAll)) {
      if (workers <= 1) {
        workOff();
      } else {
        runBeside(workers);
      }
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new Cancelled();
    }
    if (firstFailed != Integer.MAX_VALUE) {
      throw report(firstFailed);
    }
    if (parent.stopReason() != null) {
      throw new Cancelled();
    }
  }

  private void runBeside(int workers) {
    List<Thread> threads = new ArrayList<>();
    threads.add(startWorker(0));
    execution.warmUp().await(threads.getFirst());
    for (int i = 1; i < workers; i++) {
      threads.add(startWorker(i));
    }
    threads.forEach(thread -> Joining.join(thread, this::stopAll));
  }

  private Thread startWorker(int number) {
    return Thread.ofVirtual().name("tasks-" + number).start(this::workOff);
  }

  private void workOff() {
    for (int task = next.getAndIncrement();
        task < tasks.size() && task < firstFailed();
        task = next.getAndIncrement()) {
      try {
        runTask(task);
      } catch (Throwable e) {
        failed(task, e);
      }
    }
  }

  private void runTask(int task) throws Throwable {
    if (tasks.result(task) == null) {
      Attempt attempt = running[task];
      execution.retrying(
          task, attempt, number -> execution.attempt(stage, tasks, task, number, attempt));
    }
  }

  private synchronized int firstFailed() {
    return firstFailed;
  }

  private synchronized void failed(int task, Throwable e) {
    failures[task] = e;
    if (e instanceof Cancelled && (parent.stopReason() != null || task > firstFailed)) {
      return;
    }
    if (task < firstFailed) {
      firstFailed = task;
      for (int later = task + 1; later < running.length; later++) {
        running[later].stop("an earlier task failed");
      }
    }
  }

  private void stopAll() {
    for (Attempt attempt : running) {
      attempt.stop("cancelled");
    }
  }

  private TaskFailed report(int task) {
    Throwable e = failures[task];
    String where =
        e instanceof StepFailure failure
            ? StageExecution.where(failure.origin(), tasks.lineBase(task))
            : null;
    StepRun step = execution.guilty(e);
    return new TaskFailed(step, step.failure(e, where));
  }
}
