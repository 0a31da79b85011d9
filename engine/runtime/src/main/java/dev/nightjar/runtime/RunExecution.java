package dev.nightjar.runtime;

import dev.nightjar.model.ValueTemplate;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.expression.EvaluationException;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepProgress;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.plan.WorkflowPlan;
import dev.nightjar.stage.Attempt;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One run from its first event to its last. */
final class RunExecution implements Run {

  /** What {@link Event.Measured} calls the memory snapshots that the summary shows. */
  private static final String MEMORY = "memory";

  private static final String RESIDENT = "resident";

  private final RunRequest request;
  private final Workflow workflow;
  private final WorkflowPlan plan;
  private final RunContext run;
  private final RunScope scope;
  private final Map<String, JsonNode> shownInputs;
  private final Attempt main = new Attempt();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable RunResult result;

  RunExecution(
      RunRequest request,
      WorkflowPlan plan,
      RunContext run,
      RunScope scope,
      Map<String, JsonNode> shownInputs) {
    this.request = request;
    this.workflow = request.workflow();
    this.plan = plan;
    this.run = run;
    this.scope = scope;
    this.shownInputs = shownInputs;
  }

  /** The run's own thread is a platform thread: no step can keep it from answering. */
  void start() {
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
    if (known == null) {
      throw new IllegalStateException("the run has ended without a result");
    }
    return known;
  }

  @Override
  public void cancel(String reason) {
    main.stop(reason);
  }

  @Override
  public List<StepProgress> progress() {
    return run.monitor().progress();
  }

  private void execute() {
    long start = run.nanos();
    run.emit(
        new Event.RunStarted(
            run.now(),
            run.run(),
            workflow.name(),
            workflow.file().toString(),
            shownInputs,
            request.digest(),
            request.plugins(),
            request.trigger(),
            request.rerun()));
    run.watchdog().start((step, message) -> run.emit(new Event.Warned(run.now(), step, message)));
    Ending ending;
    try {
      ending = runBlocks();
    } catch (Throwable bug) {
      ending = new Ending(Outcome.FAILED, bug(bug), JsonNodeFactory.instance.objectNode());
    }
    run.watchdog().close();
    Summary summary =
        run.monitor()
            .summary(
                Duration.ofNanos(run.nanos() - start),
                Summary.MemoryLine.of(run.measurements(MEMORY), RESIDENT));
    var last = new RunResult(ending.outcome, ending.failure, ending.outputs, summary);
    result = last;
    try {
      run.emit(new Event.RunEnded(run.now(), run.run(), last));
    } finally {
      Folders.remove(run.folder());
      ended.countDown();
    }
  }

  /** How the run ends, unless {@code finally} fails. */
  private record Ending(Outcome outcome, @Nullable Failure failure, JsonNode outputs) {}

  private Ending runBlocks() {
    var state = new BlockState("", true, scope, Map.of(), run.folder().resolve("steps"));
    ThreadFactory virtual = Thread.ofVirtual().factory();
    new BlockRunner(run, virtual).run(plan.steps(), state, main);
    Ending ending = after(state, virtual);
    return runFinally(state, ending);
  }

  private Ending after(BlockState state, ThreadFactory threads) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    if (state.failure() != null) {
      var failed = block("on_failure", state, state.failure());
      new BlockRunner(run, threads).run(plan.onFailure(), failed, main);
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
    new BlockRunner(run, threads).run(plan.onSuccess(), succeeded, main);
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
    var threads = Thread.ofPlatform().daemon(true).factory();
    new BlockRunner(run, threads).run(plan.finallySteps(), last, new Attempt());
    return last.failure() == null || ending.outcome != Outcome.SUCCEEDED
        ? ending
        : new Ending(Outcome.FAILED, last.failure(), JsonNodeFactory.instance.objectNode());
  }

  private BlockState block(String name, BlockState outer, @Nullable Failure failure) {
    Map<String, JsonNode> bindings =
        failure == null ? Map.of() : Map.of("error", NestedBody.error(failure));
    return new BlockState(name + ".", true, outer, bindings, run.folder().resolve(name));
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
