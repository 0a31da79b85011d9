package dev.nightjar.runtime;

import dev.nightjar.model.ValueTemplate;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.expression.EvaluationException;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepProgress;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.plan.WorkflowPlan;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.Failures;
import dev.nightjar.stage.FolderTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One run from its first event to its last. */
final class RunExecution implements Run {

  /** Below the run's folder, for what the steps keep. */
  static final String STEPS = "steps";

  private static final String LOST = "the run can no longer be remembered";

  /** What {@link Event.Measured} calls the memory snapshots that the summary shows. */
  private static final String MEMORY = "memory";

  private static final String RESIDENT = "resident";

  private final RunRequest request;
  private final Workflow workflow;
  private final WorkflowPlan plan;
  private final RunContext run;
  private final RunScope scope;
  private final Attempt main = new Attempt();

  /** Of {@code finally}: a cancel does not stop it. */
  private final Attempt clean = new Attempt();

  private final EarlierEvents earlier;
  private boolean keepsRecords;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile @Nullable JournalException broken;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable RunResult result;

  /** What is known of a run that takes over from another one; found before its first step. */
  @FunctionalInterface
  interface EarlierEvents {
    /** The events that say so, in order. */
    List<Event> events(RunContext run) throws IOException;
  }

  RunExecution(
      RunRequest request,
      WorkflowPlan plan,
      RunContext run,
      RunScope scope,
      EarlierEvents earlier) {
    this.request = request;
    this.workflow = request.workflow();
    this.plan = plan;
    this.run = run;
    this.scope = scope;
    this.earlier = earlier;
  }

  /** The run's own thread is a platform thread: no step can keep it from answering. */
  void start(Event first) {
    run.journal().onBroken(this::lose);
    run.emit(first);
    Thread.ofPlatform().name("run " + run.run()).daemon(true).start(this::execute);
  }

  @Override
  public String id() {
    return run.run();
  }

  @Override
  public RunResult await() throws InterruptedException {
    ended.await();
    RunResult known = result;
    if (known != null) {
      return known;
    }
    JournalException lost = broken;
    throw lost != null ? lost : new IllegalStateException("the run has ended without a result");
  }

  @Override
  public void cancel(String reason) {
    if (ended.getCount() > 0 && cancelled.compareAndSet(false, true)) {
      run.emit(new Event.CancelRequested(run.now(), reason));
    }
    main.stop(reason);
  }

  /** Nothing is remembered any more: what runs is stopped, what has not begun does not begin. */
  private void lose(JournalException why) {
    broken = why;
    run.standing().lose();
    main.stop(LOST);
    clean.stop(LOST);
  }

  @Override
  public void suspend() {
    run.standing().park();
  }

  @Override
  public void suspendNow() {
    suspend();
    if (ended.getCount() > 0) {
      lose(suspended());
    }
  }

  private JournalException suspended() {
    return new JournalException(
        JournalException.Cause.SUSPENDED,
        "run " + run.run() + " was suspended: it has not ended, and goes on when it is resumed",
        null);
  }

  @Override
  public List<StepProgress> progress() {
    return run.monitor().progress();
  }

  private void execute() {
    long start = run.nanos();
    Duration before = Duration.between(request.started(), run.now());
    run.watchdog().start((step, message) -> run.emit(new Event.Warned(run.now(), step, message)));
    Ending ending;
    try {
      takeOver();
      // Of a run that is known nothing was done before its inputs are known, too: it can go on.
      run.settle();
      ending = runBlocks();
    } catch (JournalException e) {
      lose(e);
      ending = new Ending(Outcome.FAILED, null, JsonNodeFactory.instance.objectNode());
    } catch (Throwable bug) {
      ending = new Ending(Outcome.FAILED, bug(bug), JsonNodeFactory.instance.objectNode());
    }
    if (run.standing().hasHeldBack() && !run.broken()) {
      lose(suspended());
    }
    run.watchdog().close();
    Duration took = Duration.ofNanos(run.nanos() - start);
    if (before.isPositive()) {
      took = took.plus(before);
    }
    Summary summary =
        run.monitor().summary(took, Summary.MemoryLine.of(run.measurements(MEMORY), RESIDENT));
    end(new RunResult(ending.outcome, ending.failure, ending.outputs, summary));
  }

  /** The end is remembered before anybody hears of it, and before files are removed. */
  private void end(RunResult last) {
    try {
      if (!run.broken()) {
        run.emit(new Event.RunEnded(run.now(), run.run(), last));
        run.settle();
        result = last;
        if (last.outcome() == Outcome.SUCCEEDED || !keepsRecords) {
          FolderTree.remove(run.folder());
        }
      }
    } catch (JournalException e) {
      lose(e);
    } finally {
      ended.countDown();
    }
  }

  /** What cannot be taken over leaves the run as it was: nothing was done yet. */
  private void takeOver() {
    try {
      for (Event event : earlier.events(run)) {
        run.emit(event);
        run.history().apply(event);
      }
    } catch (IOException e) {
      String why = "the run cannot take over what was done: " + Failures.message(e);
      throw new JournalException(JournalException.Cause.STORE, why, e);
    }
    String reason = run.history().cancelReason();
    if (reason != null) {
      cancelled.set(true);
      main.stop(reason);
    }
  }

  /** How the run ends, unless {@code finally} fails. */
  private record Ending(Outcome outcome, @Nullable Failure failure, JsonNode outputs) {}

  private Ending runBlocks() {
    var state =
        new BlockState("", true, scope, Map.of(), () -> run.folder().resolve(STEPS), run::emit);
    BlockRunner blocks = BlockRunner.virtual(run);
    blocks.run(plan.steps(), state, main);
    keepsRecords = state.hasSpools();
    Ending ending = after(state, blocks);
    return runFinally(state, ending);
  }

  private Ending after(BlockState state, BlockRunner blocks) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    if (state.failure() != null) {
      var failed = block("on_failure", state, state.failure());
      blocks.run(plan.onFailure(), failed, main);
      return new Ending(Outcome.FAILED, state.failure(), none);
    }
    if (state.cancelled()) {
      return new Ending(Outcome.CANCELLED, null, none);
    }
    JsonNode outputs;
    try {
      outputs = outputs(state);
    } catch (EvaluationException e) {
      return new Ending(Outcome.FAILED, outputsFailure(e), none);
    }
    var succeeded = block("on_success", state, null);
    blocks.run(plan.onSuccess(), succeeded, main);
    if (succeeded.cancelled()) {
      return new Ending(Outcome.CANCELLED, null, none);
    }
    return succeeded.failure() == null
        ? new Ending(Outcome.SUCCEEDED, null, outputs)
        : new Ending(Outcome.FAILED, succeeded.failure(), none);
  }

  /**
   * Runs on platform threads, so that steps which hold every carrier do not keep it from running.
   */
  private Ending runFinally(BlockState state, Ending ending) {
    var last = block("finally", state, ending.failure);
    BlockRunner.platform(run).run(plan.finallySteps(), last, clean);
    return last.failure() == null || ending.outcome != Outcome.SUCCEEDED
        ? ending
        : new Ending(Outcome.FAILED, last.failure(), JsonNodeFactory.instance.objectNode());
  }

  private BlockState block(String name, BlockState outer, @Nullable Failure failure) {
    Map<String, JsonNode> bindings =
        failure == null ? Map.of() : Map.of("error", NestedBody.error(failure));
    return new BlockState(
        name + ".", true, outer, bindings, () -> run.folder().resolve(name), run::emit);
  }

  private JsonNode outputs(BlockState state) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, ValueTemplate> output : workflow.outputs().entrySet()) {
      try {
        values.set(output.getKey(), output.getValue().evaluate(state));
      } catch (EvaluationException e) {
        throw new EvaluationException("the output `" + output.getKey() + "`: " + e.getMessage());
      }
    }
    return run.masks().hide(values);
  }

  private Failure outputsFailure(EvaluationException e) {
    String file = run.display(workflow.file());
    return run.masks()
        .hide(new Failure("output", "outputs", file, String.valueOf(e.getMessage()), true, null));
  }

  private Failure bug(Throwable bug) {
    var trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    String file = run.display(workflow.file());
    String message = "this is a bug of Nightjar: " + bug;
    return run.masks().hide(new Failure("internal", "", file, message, true, trace.toString()));
  }
}
