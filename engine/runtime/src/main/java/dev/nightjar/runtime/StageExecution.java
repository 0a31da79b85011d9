package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.OptionsBinder.Bound;
import dev.nightjar.runtime.cache.NamedFiles.Look;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Sink;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.AttemptContext;
import dev.nightjar.stage.Counts;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.Segments;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.Stage;
import dev.nightjar.stage.StageStep;
import dev.nightjar.stage.StageTask;
import dev.nightjar.stage.TaskResult;
import dev.nightjar.stage.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
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
  private final StageSteps steps;
  private final Map<String, Map<String, JsonNode>> outputs = new HashMap<>();
  private @Nullable StageCache cache;

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
    this.steps = new StageSteps(run, state, active);
  }

  void run(Attempt parent) {
    StepRun current = steps.first();
    try {
      Stage stage = bind();
      StageTasks tasks = share(stage, parent);
      announce(stage, tasks);
      count(takeOver(tasks));
      run.settle();
      if (steps.first().past().committed() == null) {
        rejects.begin(folder);
      }
      try (SinkCommit sink = sink(stage, tasks, parent);
          var aside = new Ahead(steps.first().path() + "/rejects", () -> addRejects(tasks))) {
        runAll(stage, tasks, parent);
        aside.finish();
        Spool spool = collect(tasks);
        current = steps.last();
        commit(sink);
        finish(spool);
      }
    } catch (JournalException e) {
      state.cancel();
    } catch (Cancelled e) {
      if (current.gaveUp(parent)) {
        steps.failed(current, current.failure(e, null));
        return;
      }
      state.cancel();
      steps.cancelled("the run was cancelled");
    } catch (TaskPool.TaskFailed e) {
      if (parent.stopReason() != null) {
        state.cancel();
      }
      steps.failed(e.step(), e.failure());
    } catch (Throwable e) {
      steps.failed(current, current.failure(e, null));
    } finally {
      rejects.discard();
      tidy();
    }
  }

  private void runAll(Stage stage, StageTasks tasks, Attempt parent) {
    try {
      new TaskPool(this, stage, tasks, parent).runAll();
    } finally {
      if (cache != null && !run.broken()) {
        cache.tell(steps.last().path(), state);
      }
    }
  }

  /** The stage is over, by what the journal says: only what others need of it is looked up. */
  void takeOver() {
    rejects.open(steps.all());
    Event.SplitsListed listed = steps.first().past().splits();
    if (listed != null) {
      StageTasks tasks = StageTasks.ofTasks(listed.tasks());
      takeOver(tasks);
      if (tasks.complete()) {
        addRejects(tasks);
        keep(collect(tasks));
      }
    }
    count(steps.first().past().tasks().values());
    Event.StageCommitted committed = steps.first().past().committed();
    if (committed != null) {
      committed.rejects().forEach(run.monitor()::rejects);
    }
    steps.all().forEach(step -> run.monitor().end(step.running()));
  }

  /** Tasks that are done are not run again; those whose parts are lost are. */
  private List<Event.TaskCommitted> takeOver(StageTasks tasks) {
    var earlier = new Earlier(run, state);
    var taken = new ArrayList<Event.TaskCommitted>();
    for (Event.TaskCommitted task : steps.first().past().tasks().values()) {
      if (task.task() < tasks.size() && earlier.isThere(task)) {
        take(tasks, task);
        taken.add(task);
      }
    }
    return taken;
  }

  private void count(Collection<Event.TaskCommitted> tasks) {
    for (Event.TaskCommitted task : tasks) {
      run.monitor().operation(task.stage(), task.took().toNanos(), true);
    }
  }

  private void take(StageTasks tasks, Event.TaskCommitted task) {
    tasks.done(
        task.task(),
        new TaskResult(task.records(), task.lines(), task.counts(), task.outputs()),
        folder.resolve(task.part()));
    for (StepRun stepRun : steps.all()) {
      Counts counts = task.counts().get(stepRun.path());
      stepRun.beginAttempt();
      if (counts != null) {
        stepRun.meter().keep(counts);
        rejects.use(stepRun.step(), counts.rejected());
      }
    }
  }

  private Stage bind() {
    rejects.open(steps.all());
    var bindings = new ArrayList<StageStep>();
    for (StepRun stepRun : steps.all()) {
      Step step = stepRun.step();
      try {
        Bound bound = run.bind(step, state);
        bindings.add(
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
    return new Stage(bindings, unit.keeps());
  }

  private StageTasks share(Stage stage, Attempt parent) throws Throwable {
    if (unit.reads() != null) {
      openCache(stage, List.of());
      return StageTasks.ofSpool(state.spool(unit.reads()), unit.single());
    }
    Event.SplitsListed listed = steps.first().past().splits();
    if (listed != null) {
      openCache(stage, listed.tasks().stream().flatMap(List::stream).toList());
      return StageTasks.ofTasks(listed.tasks());
    }
    List<Split> splits = splits(stage, parent);
    openCache(stage, splits);
    return StageTasks.ofSplits(
        splits, unit.single(), cache == null ? new BitSet() : cache.known(splits));
  }

  /** What the stage emits is kept by its last step, if that one runs. */
  private void openCache(Stage stage, List<Split> splits) {
    Step.Cache setting = unit.cache();
    if (setting != null && steps.last().step().id().equals(unit.steps().getLast().id())) {
      try {
        var description = describe(stage, splits);
        description.add(setting);
        cache =
            new StageCache(
                run,
                setting,
                description.work(),
                steps.last().path(),
                state.path(""),
                unit.single());
      } catch (IOException e) {
        state.emit(StageCache.unusable(run, steps.last().path(), e));
      }
    }
  }

  private WorkDescription describe(Stage stage, List<Split> splits) throws IOException {
    var description = new WorkDescription(run, state);
    // The splits of a source tell what it reads, if it tells them.
    Look sources = splits.contains(Split.WHOLE) ? Look.STAMP : null;
    for (StageStep one : stage.steps()) {
      StepRun stepRun = steps.at(one.step());
      boolean source = unit.reads() == null && stepRun == steps.first();
      description.add(
          stepRun.step(), one.processor(), one.options(), source ? sources : Look.CONTENTS);
      description.add(stepRun.step(), one.rejects());
    }
    return description;
  }

  private List<Split> splits(Stage stage, Attempt parent) throws Throwable {
    StepRun source = steps.first();
    return source.retryingBeside(
        History.STEP,
        parent,
        number ->
            attempts.run(
                source.path() + "/splits",
                parent,
                source.step().timeout(),
                attempt -> () -> splits(stage.steps().getFirst(), source, number, attempt)));
  }

  @SuppressWarnings("unchecked")
  private List<Split> splits(StageStep source, StepRun stepRun, int number, Attempt attempt)
      throws Exception {
    Meter.Tally tally = stepRun.meter().begin();
    try (var context = context(stepRun, "", number, attempt, tally, folder.resolve("splits"))) {
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

  private void announce(Stage stage, StageTasks tasks) throws IOException {
    long bytes = tasks.bytes();
    steps.first().running().expect(bytes);
    Map<String, String> files = OptionFiles.of(stage, steps.all(), run);
    Event.SplitsListed before = steps.first().past().splits();
    if (before != null) {
      OptionFiles.check(before.files(), files);
    } else {
      state.emit(new Event.StageStarted(run.now(), steps.paths(), tasks.size(), bytes));
      state.emit(new Event.SplitsListed(run.now(), steps.first().path(), tasks.splits(), files));
    }
  }

  /** How many tasks at once. */
  int parallelism() {
    return steps.parallelism(run.settings().parallelism());
  }

  WarmUp warmUp() {
    return run.warmUp();
  }

  /** The step that a failure of a task is charged to. */
  StepRun guilty(Throwable e) {
    return steps.guilty(e);
  }

  /** Tries a task as often as the policy of the step says that fails. */
  TaskResult retrying(int task, Attempt parent, StepRun.Trial<TaskResult> trial) throws Throwable {
    return steps.first().retrying(task, steps.lastFailure(task), parent, steps::guilty, trial);
  }

  /** One attempt of one task; its folder is renamed into place when it has succeeded. */
  TaskResult attempt(Stage stage, StageTasks tasks, int task, int number, Attempt parent)
      throws Throwable {
    Path attemptFolder =
        folder.resolve("task-%d-attempt-%d-%d".formatted(task, number, run.fence()));
    FolderTree.remove(attemptFolder);
    startOnce(task, number);
    StageTasks.Input input = tasks.input(task);
    var stageTask = new StageTask(task, number, input.splits(), input.spool(), attemptFolder);
    steps.beginAttempt();
    long start = run.nanos();
    try {
      TaskResult result =
          attempts.run(
              steps.first().path() + "/" + task,
              parent,
              steps.timeout(),
              attempt -> () -> work(stage, stageTask, attempt));
      Path part = folder.resolve("part-%05d-%d".formatted(task, run.fence()));
      putInPlace(attemptFolder, part);
      Duration took = Duration.ofNanos(run.nanos() - start);
      run.monitor().operation(steps.first().path(), took.toNanos(), true);
      committed(task, part, result, took);
      tasks.done(task, result, part);
      if (cache != null) {
        cache.keep(task, part);
      }
      return result;
    } catch (Throwable e) {
      FolderTree.remove(attemptFolder);
      throw e;
    }
  }

  private TaskResult work(Stage stage, StageTask task, Attempt attempt) throws IOException {
    run.warmUp().works();
    return cache == null
        ? TaskRunner.run(stage, task, attempt, run)
        : cache.run(stage, task, attempt);
  }

  /** Says first what may not be done twice. */
  private void startOnce(int task, int number) {
    List<StepRun> once = steps.once();
    for (StepRun stepRun : once) {
      state.emit(new Event.AttemptStarted(run.now(), stepRun.path(), task, number));
    }
    if (!once.isEmpty()) {
      run.settle();
    }
  }

  private static void putInPlace(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      FolderTree.remove(from.resolve("scratch"));
      FolderTree.remove(to);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void committed(int task, Path part, TaskResult result, Duration took) {
    long bytes = PartFolder.bytes(part);
    state.emit(
        new Event.TaskCommitted(
            run.now(),
            steps.first().path(),
            task,
            bytes < 0 ? "" : part.getFileName().toString(),
            Math.max(0, bytes),
            result.records(),
            result.lines(),
            result.counts(),
            result.outputs(),
            took,
            cache != null && cache.cached(task)));
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

  /** What the tasks have set aside, in their order; waits for each. */
  private void addRejects(StageTasks tasks) {
    for (int task = 0; task < tasks.size(); task++) {
      Path part = tasks.awaitPart(task);
      rejects.add(steps.all(), StageTask.rejects(part), tasks.lineBase(task));
    }
  }

  private Spool collect(StageTasks tasks) {
    var parts = new ArrayList<Spool.Part>();
    rejects.countEntered(steps.all());
    for (int task = 0; task < tasks.size(); task++) {
      long lineBase = tasks.lineBase(task);
      Path part = tasks.part(task);
      parts.addAll(Segments.parts(part, lineBase));
      Objects.requireNonNull(tasks.result(task)).outputs().forEach(this::publish);
    }
    return unit.keeps() ? new Spool(parts) : Spool.EMPTY;
  }

  private void publish(String path, Map<String, JsonNode> values) {
    outputs.computeIfAbsent(path, key -> new LinkedHashMap<>()).putAll(values);
  }

  /** The commit of a sink at the stage's end, begun; null when there is none, or it is over. */
  private @Nullable SinkCommit sink(Stage stage, StageTasks tasks, Attempt parent) {
    StepRun last = steps.last();
    StageStep sink = stage.steps().getLast();
    boolean ends = last.step().id().equals(unit.steps().getLast().id());
    if (!ends
        || !(sink.processor() instanceof Sink<?>)
        || steps.first().past().committed() != null) {
      return null;
    }
    Path commits = folder.resolve("commit");
    var commit = new SinkCommit(run, attempts, sink, last, state, tasks, parent, commits);
    if (parallelism() > 1 && tasks.size() > 1) {
      commit.begin();
    }
    return commit;
  }

  private void commit(@Nullable SinkCommit sink) throws Throwable {
    Event.StageCommitted known = steps.first().past().committed();
    if (known != null) {
      publish(steps.last().path(), known.outputs());
      known.rejects().forEach(run.monitor()::rejects);
      return;
    }
    rejects.check(steps.all());
    if (sink != null || rejects.end()) {
      // An owner that has lost the run makes nothing visible.
      run.settle();
    }
    rejects.prepare();
    String last = steps.last().path();
    if (sink != null) {
      publish(last, sink.finish());
    }
    List<RejectFile> files = rejects.commit();
    Map<String, JsonNode> published = outputs.getOrDefault(last, Map.of());
    state.emit(new Event.StageCommitted(run.now(), steps.first().path(), published, files));
  }

  private void finish(Spool spool) {
    keep(spool);
    for (StepRun stepRun : steps.all()) {
      if (stepRun.past().ended() == null) {
        stepRun.succeeded(outputs.getOrDefault(stepRun.path(), Map.of()), true);
      } else {
        new Earlier(run, state).end(stepRun.step());
      }
    }
  }

  private void keep(Spool spool) {
    if (unit.keeps()) {
      state.keep(unit.steps().getLast().id(), spool);
    }
  }

  /** What no other stage will read makes room on the disk, once it is known how the stage ended. */
  private void tidy() {
    if (unit.keeps() || rejects.areAwaited()) {
      return;
    }
    try {
      run.settle();
      FolderTree.removeTogether(folder);
    } catch (JournalException e) {
      state.cancel();
    }
  }
}
