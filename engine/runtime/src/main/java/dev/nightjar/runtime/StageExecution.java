package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.RunContext.Bound;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.AttemptContext;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.Stage;
import dev.nightjar.stage.StageStep;
import dev.nightjar.stage.StageTask;
import dev.nightjar.stage.StepFailure;
import dev.nightjar.stage.TaskResult;
import dev.nightjar.stage.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs one stage: shares its input out, runs the tasks, puts their parts together, tells how each
 * of its steps has ended.
 */
final class StageExecution {

  private final RunContext run;
  private final Attempts attempts;
  private final Plan.Stage unit;
  private final StageRejects rejects;
  private final BlockState state;
  private final Path folder;
  private final Map<String, StepRun> stepRuns = new LinkedHashMap<>();
  private final Map<String, Map<String, JsonNode>> outputs = new HashMap<>();

  /** A stage of which these steps run; the others were skipped and let records pass. */
  StageExecution(
      RunContext run,
      Attempts attempts,
      Plan.Stage unit,
      Map<String, Step> rejectOwners,
      List<Step> active,
      BlockState state) {
    this.run = run;
    this.attempts = attempts;
    this.unit = unit;
    this.rejects = new StageRejects(run, state, rejectOwners, unit.steps());
    this.state = state;
    state.keepsFiles();
    this.folder = state.folder(unit.steps().getFirst().id());
    active.forEach(step -> stepRuns.put(state.path(step.id()), new StepRun(run, state, step)));
  }

  void run(Attempt parent) {
    StepRun current = first();
    try {
      Stage stage = bind();
      StageTasks tasks = share(stage, parent);
      announce(tasks);
      new TaskPool(this, stage, tasks, parent).runAll();
      Spool spool = collect(stage, tasks);
      current = last();
      commit(stage, tasks, parent);
      finish(spool);
    } catch (Cancelled e) {
      if (current.gaveUp(parent)) {
        fail(current, current.failure(e, null));
        return;
      }
      state.cancel();
      stepRuns.values().forEach(step -> step.cancelled("the run was cancelled"));
    } catch (TaskPool.TaskFailed e) {
      if (parent.stopReason() != null) {
        state.cancel();
      }
      fail(e.step(), e.failure());
    } catch (Throwable e) {
      fail(current, current.failure(e, null));
    } finally {
      rejects.discard();
      tidy();
    }
  }

  private StepRun first() {
    return stepRuns.values().iterator().next();
  }

  private StepRun last() {
    return List.copyOf(stepRuns.values()).getLast();
  }

  /** The step that a failure of a task is charged to. */
  StepRun guilty(Throwable e) {
    StepRun charged =
        switch (e) {
          case StepFailure failure -> stepRuns.get(failure.step());
          case Attempts.TimedOut timedOut -> tightest();
          case Attempts.Stuck stuck -> standing(stuck);
          default -> null;
        };
    return charged == null ? first() : charged;
  }

  /** The step whose processor the calls of a stuck attempt are inside of. */
  private @Nullable StepRun standing(Attempts.Stuck stuck) {
    for (String name : stuck.classes()) {
      String outer = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
      for (StepRun stepRun : stepRuns.values()) {
        if (outer.equals(stepRun.step().processor().className())) {
          return stepRun;
        }
      }
    }
    return null;
  }

  private Stage bind() {
    rejects.open(stepRuns.values());
    var steps = new ArrayList<StageStep>();
    for (StepRun stepRun : stepRuns.values()) {
      Step step = stepRun.step();
      try {
        Bound bound = run.bind(step, state);
        steps.add(
            new StageStep(
                stepRun.path(),
                step.processor().name(),
                bound.processor(),
                step.options().accepts(),
                bound.options(),
                rejects.policy(step),
                stepRun.meter()));
      } catch (RuntimeException | LinkageError e) {
        stepRun.neverBegan();
        throw new TaskPool.TaskFailed(stepRun, stepRun.failure(e, null));
      }
    }
    return new Stage(steps, unit.keeps());
  }

  private StageTasks share(Stage stage, Attempt parent) throws Throwable {
    if (unit.reads() != null) {
      return StageTasks.ofSpool(state.spool(unit.reads()), unit.single());
    }
    StepRun source = first();
    List<Split> splits =
        source.retryingBeside(
            parent,
            number ->
                attempts.run(
                    source.path() + "/splits",
                    parent,
                    source.step().timeout(),
                    attempt -> () -> splits(stage.steps().getFirst(), source, number, attempt)));
    return StageTasks.ofSplits(splits, unit.single());
  }

  @SuppressWarnings("unchecked")
  private List<Split> splits(StageStep source, StepRun stepRun, int number, Attempt attempt)
      throws Exception {
    Meter.Tally tally = stepRun.meter().begin();
    try {
      var context = context(stepRun, "", number, attempt, tally, folder.resolve("splits"));
      return ((StreamProcessor<Record>) source.processor()).splits(source.options(), context);
    } finally {
      stepRun.meter().end(tally, false);
    }
  }

  private AttemptContext context(
      StepRun stepRun,
      String suffix,
      int number,
      Attempt attempt,
      Meter.Tally tally,
      Path attemptFolder) {
    String key = run.run() + "/" + stepRun.path() + suffix;
    return new AttemptContext(
        run, stepRun.path(), key, number, attempt, tally, attemptFolder, List.of());
  }

  private void announce(StageTasks tasks) {
    long bytes = tasks.bytes();
    first().running().expect(bytes);
    run.emit(
        new Event.StageStarted(run.now(), List.copyOf(stepRuns.keySet()), tasks.size(), bytes));
  }

  /** How many tasks at once. */
  int parallelism() {
    int least = run.settings().parallelism();
    for (StepRun stepRun : stepRuns.values()) {
      Integer wanted = stepRun.step().parallelism();
      least = wanted == null ? least : wanted;
    }
    return least;
  }

  /** Tries a task as often as the policy of the step says that fails. */
  TaskResult retrying(int task, Attempt parent, StepRun.Trial<TaskResult> trial) throws Throwable {
    return first().retrying(task, parent, this::guilty, trial);
  }

  /** One attempt of one task; its folder is renamed into place when it has succeeded. */
  TaskResult attempt(Stage stage, StageTasks tasks, int task, int number, Attempt parent)
      throws Throwable {
    Path attemptFolder = folder.resolve("task-" + task + "-attempt-" + number);
    StageTasks.Input input = tasks.input(task);
    var stageTask = new StageTask(task, number, input.splits(), input.spool(), attemptFolder);
    StepRun bound = tightest();
    stepRuns.values().forEach(StepRun::beginAttempt);
    long start = run.nanos();
    try {
      TaskResult result =
          attempts.run(
              first().path() + "/" + task,
              parent,
              bound == null ? null : bound.step().timeout(),
              attempt -> () -> TaskRunner.run(stage, stageTask, attempt, run));
      putInPlace(attemptFolder, part(task));
      Duration took = Duration.ofNanos(run.nanos() - start);
      run.monitor().operation(first().path(), took.toNanos(), true);
      committed(task, result, took);
      return result;
    } catch (Throwable e) {
      Folders.remove(attemptFolder);
      throw e;
    }
  }

  /** The step whose timeout ends first; null when none has one. */
  private @Nullable StepRun tightest() {
    StepRun tightest = null;
    for (StepRun stepRun : stepRuns.values()) {
      Duration timeout = stepRun.step().timeout();
      if (timeout != null
          && (tightest == null
              || timeout.compareTo(Objects.requireNonNull(tightest.step().timeout())) < 0)) {
        tightest = stepRun;
      }
    }
    return tightest;
  }

  private static void putInPlace(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Folders.remove(from.resolve("scratch"));
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path part(int task) {
    return folder.resolve("part-%05d".formatted(task));
  }

  private void committed(int task, TaskResult result, Duration took) {
    run.emit(
        new Event.TaskCommitted(
            run.now(),
            first().path(),
            task,
            part(task).getFileName().toString(),
            0,
            result.records(),
            result.lines(),
            result.counts(),
            result.outputs(),
            took,
            false));
  }

  /** How messages name a record's place in its source. */
  static String where(@Nullable Origin origin, long lineBase) {
    if (origin == null) {
      return "";
    }
    if (origin.line() <= 0) {
      return origin.toString();
    }
    return lineBase >= 0
        ? new Origin(origin.source(), origin.line() + lineBase, origin.offset()).toString()
        : new Origin(origin.source(), 0, origin.offset()).toString();
  }

  private Spool collect(Stage stage, StageTasks tasks) {
    var parts = new ArrayList<Spool.Part>();
    rejects.countEntered(stepRuns.values());
    for (int task = 0; task < tasks.size(); task++) {
      long lineBase = tasks.lineBase(task);
      Path part = part(task);
      parts.add(new Spool.Part(StageTask.spoolPart(part), lineBase));
      rejects.add(stepRuns.values(), StageTask.rejects(part), lineBase);
      Objects.requireNonNull(tasks.result(task)).outputs().forEach(this::publish);
    }
    return stage.wanted() ? new Spool(parts) : Spool.EMPTY;
  }

  private void publish(String path, Map<String, JsonNode> values) {
    outputs.computeIfAbsent(path, key -> new LinkedHashMap<>()).putAll(values);
  }

  private void commit(Stage stage, StageTasks tasks, Attempt parent) throws Throwable {
    rejects.check(stepRuns.values());
    rejects.prepare();
    StepRun last = last();
    boolean ends = last.step().id().equals(unit.steps().getLast().id());
    if (ends && last.step().options().emits() == Emitted.NONE) {
      commitSink(stage.steps().getLast(), last, tasks, parent);
    }
    rejects.commit();
  }

  private void commitSink(StageStep sink, StepRun stepRun, StageTasks tasks, Attempt parent)
      throws Throwable {
    var parts = new ArrayList<Path>();
    for (int task = 0; task < tasks.size(); task++) {
      Path part = StageTask.sinkPart(part(task));
      if (Files.exists(part)) {
        parts.add(part);
      }
    }
    Map<String, JsonNode> published =
        stepRun.retryingBeside(
            parent,
            number ->
                attempts.run(
                    stepRun.path() + "/commit",
                    parent,
                    stepRun.step().timeout(),
                    attempt -> () -> commitSink(sink, stepRun, parts, number, attempt)));
    publish(stepRun.path(), published);
  }

  @SuppressWarnings("unchecked")
  private Map<String, JsonNode> commitSink(
      StageStep sink, StepRun stepRun, List<Path> parts, int number, Attempt attempt)
      throws Exception {
    Meter.Tally tally = stepRun.meter().begin();
    boolean done = false;
    try {
      var context = context(stepRun, "", number, attempt, tally, folder.resolve("commit"));
      ((StreamProcessor<Record>) sink.processor()).commit(sink.options(), parts, context);
      done = true;
      return context.outputs();
    } finally {
      stepRun.meter().end(tally, done);
    }
  }

  private void finish(Spool spool) {
    if (unit.keeps()) {
      state.keep(unit.steps().getLast().id(), spool);
    }
    stepRuns.forEach(
        (path, stepRun) -> stepRun.succeeded(outputs.getOrDefault(path, Map.of()), true));
  }

  private void fail(StepRun guilty, Failure failure) {
    guilty.failed(failure);
    for (StepRun stepRun : stepRuns.values()) {
      if (!stepRun.path().equals(guilty.path())) {
        stepRun.cancelled("`" + guilty.step().id() + "` failed");
      }
    }
  }

  /** What no other stage will read makes room on the disk. */
  private void tidy() {
    if (!unit.keeps() && !rejects.areAwaited()) {
      Folders.remove(folder);
    }
  }
}
