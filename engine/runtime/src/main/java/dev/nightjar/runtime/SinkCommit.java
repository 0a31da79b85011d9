package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.Sink;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.AttemptContext;
import dev.nightjar.stage.Joining;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.StageStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Has a sink make visible what the tasks of a stage have written. It begins while they still run,
 * on a thread of its own, and waits for their parts and then for {@link #finish}: so what can be
 * put together early is.
 */
final class SinkCommit implements AutoCloseable {

  private static final String CANCELLED = "cancelled";

  private final RunContext run;
  private final Attempts attempts;
  private final StageStep sink;
  private final StepRun stepRun;
  private final BlockState state;
  private final SinkParts parts;
  private final Path folder;

  private final Attempt attempt = new Attempt();
  private final Attempt.Registration stopped;
  private @Nullable Thread thread;
  private volatile @Nullable Map<String, JsonNode> published;
  private volatile @Nullable Throwable thrown;

  /**
   * A commit that has not begun.
   *
   * @param parent stops it
   * @param folder of the stage
   */
  SinkCommit(
      RunContext run,
      Attempts attempts,
      StageStep sink,
      StepRun stepRun,
      BlockState state,
      StageTasks tasks,
      Attempt parent,
      Path folder) {
    this.run = run;
    this.attempts = attempts;
    this.sink = sink;
    this.stepRun = stepRun;
    this.state = state;
    this.parts = new SinkParts(tasks);
    this.folder = folder;
    this.stopped = parent.onStop(() -> attempt.stop(CANCELLED));
  }

  /**
   * Begins, unless that has to wait for the last task: a timeout is for the commit alone, and what
   * may not be done twice is not begun before it is known to be needed.
   */
  void begin() {
    if (stepRun.step().timeout() == null && stepRun.step().effect() != Effect.ONCE) {
      start();
    }
  }

  private void start() {
    thread = Thread.ofVirtual().name(stepRun.path() + "/commit").start(this::work);
  }

  private void work() {
    try {
      published =
          stepRun.retryingBeside(
              History.COMMIT,
              attempt,
              number ->
                  attempts.run(
                      stepRun.path() + "/commit",
                      attempt,
                      stepRun.step().timeout(),
                      trial -> () -> commit(number, trial)));
    } catch (Throwable e) {
      thrown = e;
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, JsonNode> commit(int number, Attempt trial) throws Exception {
    if (stepRun.step().effect() == Effect.ONCE) {
      state.emit(new Event.AttemptStarted(run.now(), stepRun.path(), History.COMMIT, number));
      run.settle();
    }
    Meter.Tally tally = stepRun.meter().begin();
    boolean done = false;
    String key = run.run() + "/" + stepRun.path();
    try (var context =
        new AttemptContext(run, stepRun.path(), key, number, trial, tally, folder, List.of())) {
      ((Sink<Record>) sink.processor()).commit(sink.options(), parts, context);
      done = true;
      return context.outputs();
    } finally {
      stepRun.meter().end(tally, done);
    }
  }

  /**
   * Lets everything become visible, and waits until it is: the tasks have succeeded, and nothing
   * else stands against it.
   *
   * @return what the sink has published
   * @throws Cancelled when the stage was stopped
   * @throws Throwable what the last attempt threw
   */
  Map<String, JsonNode> finish() throws Throwable {
    parts.release();
    if (thread == null) {
      start();
    }
    Joining.join(Objects.requireNonNull(thread), () -> attempt.stop(CANCELLED));
    if (thrown != null) {
      throw thrown;
    }
    return Objects.requireNonNull(published, "a commit ends or throws");
  }

  /** Stops it where it has not ended. */
  @Override
  public void close() {
    stopped.close();
    if (thread != null) {
      attempt.stop("the stage has ended without it");
      Joining.join(thread);
    }
  }
}
