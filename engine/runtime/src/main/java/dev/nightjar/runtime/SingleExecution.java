package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.runtime.OptionsBinder.Bound;
import dev.nightjar.runtime.Supervision.LeftBehind;
import dev.nightjar.runtime.UnitOrder.Post;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.Task;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.AttemptContext;
import dev.nightjar.stage.Counts;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.RejectLog;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.StageTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs a step that is a unit by itself: a task, or one with nested steps. */
final class SingleExecution {

  private final RunContext run;
  private final BlockRunner blocks;
  private final Attempts attempts;
  private final Plan.Single unit;
  private final BlockState state;
  private final Step step;
  private final @Nullable Post post;

  /**
   * An execution.
   *
   * @param post who watches over its attempts, so that they can run on the thread of the unit; null
   *     for nobody
   */
  SingleExecution(
      RunContext run,
      BlockRunner blocks,
      Attempts attempts,
      Plan.Single unit,
      BlockState state,
      @Nullable Post post) {
    this.run = run;
    this.blocks = blocks;
    this.attempts = attempts;
    this.unit = unit;
    this.state = state;
    this.step = unit.step();
    this.post = post;
  }

  /** Whether its attempts need no thread that waits for their timeout. */
  static boolean runsOnThreadOfUnit(Plan.Unit unit) {
    return unit instanceof Plan.Single single && single.step().timeout() == null;
  }

  void run(Attempt parent) {
    var stepRun = new StepRun(run, state, step);
    try {
      Map<String, JsonNode> outputs = outputs(stepRun, parent);
      stepRun.succeeded(outputs, unit.reads() != null || unit.keeps());
    } catch (Cancelled e) {
      if (stepRun.gaveUp(parent)) {
        stepRun.failed(stepRun.failure(e, null));
        return;
      }
      state.cancel();
      stepRun.cancelled("the run was cancelled");
    } catch (JournalException e) {
      state.cancel();
    } catch (LeftBehind e) {
      throw e;
    } catch (Throwable e) {
      failed(stepRun, e, parent);
    }
  }

  private void failed(StepRun stepRun, Throwable e, Attempt parent) {
    if (parent.stopReason() != null) {
      state.cancel();
    }
    stepRun.failed(stepRun.failure(e, null));
  }

  private Map<String, JsonNode> outputs(StepRun stepRun, Attempt parent) throws Throwable {
    boolean task = step.processor().shape() == Shape.TASK;
    TaskCache cache = task ? TaskCache.of(run, state, step) : null;
    Map<String, JsonNode> known = cache == null ? null : cache.find();
    if (known != null) {
      stepRun.reused(known);
      return known;
    }
    Map<String, JsonNode> outputs =
        stepRun.retrying(parent, number -> attempt(stepRun, number, parent));
    if (cache != null) {
      cache.keep(outputs);
    }
    return outputs;
  }

  private Map<String, JsonNode> attempt(StepRun stepRun, int number, Attempt parent)
      throws Throwable {
    String path = stepRun.path();
    if (step.effect() == Effect.ONCE && step.processor().shape() == Shape.TASK) {
      state.emit(new Event.AttemptStarted(run.now(), path, History.STEP, number));
      run.settle();
    }
    if (step.timeout() == null && !state.shown()) {
      return work(stepRun, number, parent).call();
    }
    if (post != null && runsOnThreadOfUnit(unit)) {
      return runHere(post, stepRun, number, parent);
    }
    return attempts.run(path, parent, step.timeout(), attempt -> work(stepRun, number, attempt));
  }

  private Map<String, JsonNode> runHere(Post post, StepRun stepRun, int number, Attempt parent)
      throws Throwable {
    long start = run.nanos();
    return post.supervision()
        .run(
            stepRun.path(),
            parent,
            attempt -> work(stepRun, number, attempt),
            stuck -> {
              stepRun.leftBehind(start);
              failed(stepRun, stuck, parent);
              post.goOn().run();
            });
  }

  private Callable<Map<String, JsonNode>> work(StepRun stepRun, int number, Attempt attempt) {
    return () -> {
      Meter.Tally tally = stepRun.meter().begin();
      Supplier<Path> folder = () -> state.folder(step.id()).resolve("attempt-" + number);
      Supplier<Path> own = () -> own(folder.get());
      boolean done = false;
      var context =
          new AttemptContext(
              run.goingOn(stepRun.path()),
              stepRun.path(),
              run.run() + "/" + stepRun.path(),
              number,
              attempt,
              tally,
              own,
              List.of());
      try {
        execute(context, tally, folder, attempt);
        done = true;
        return context.outputs();
      } finally {
        context.close();
        stepRun.meter().end(tally, done);
        if (context.hasFolder()) {
          state.keepsFiles();
          FolderTree.remove(own.get().resolve("scratch"));
        }
      }
    };
  }

  @SuppressWarnings("unchecked")
  private void execute(
      AttemptContext context, Meter.Tally tally, Supplier<Path> folder, Attempt attempt)
      throws Exception {
    Bound bound = run.bind(step, state);
    Processor<?> processor = bound.processor();
    if (processor instanceof Task<?> task) {
      ((Task<Record>) task).run(bound.options(), context);
    } else if (processor instanceof Control<?> control) {
      control((Control<Record>) control, bound.options(), context, tally, folder.get(), attempt);
    } else {
      throw new IllegalStateException(
          step.processor().name() + " declares another kind of processor than it is");
    }
  }

  /** Of this owner: one that was succeeded writes beside. */
  private Path own(Path folder) {
    return folder.resolve("owner-" + run.fence());
  }

  private void control(
      Control<Record> control,
      Record options,
      AttemptContext context,
      Meter.Tally tally,
      Path folder,
      Attempt attempt)
      throws Exception {
    Spool spool = unit.reads() == null ? Spool.EMPTY : state.spool(unit.reads());
    state.keepsFiles();
    Path part = own(folder);
    var body =
        new NestedBody(run, blocks, unit, state, context.step(), attempt, folder.resolve("bodies"));
    try (var writer = new Spool.Writer(StageTask.spoolPart(part));
        var rejects = new RejectLog(StageTask.rejects(part))) {
      var in = new ControlStreams.Counted(spool.open(), tally, attempt);
      var out =
          new ControlStreams.Kept(writer, rejects, tally, attempt, context.step(), unit.keeps());
      control.run(options, in, out, body, context);
      writer.finish();
    } finally {
      body.end();
    }
    if (unit.keeps()) {
      keep(context.step(), part, tally.counts());
    }
  }

  /** What it has emitted is read by later steps, also by those of a process to come. */
  private void keep(String path, Path part, Counts counts) {
    String name = state.folder(step.id()).relativize(part).toString();
    state.emit(
        new Event.TaskCommitted(
            run.now(),
            path,
            0,
            Files.isDirectory(part) ? name : "",
            Math.max(0, PartFolder.bytes(part)),
            counts.recordsOut(),
            0,
            Map.of(path, counts),
            Map.of(),
            Duration.ZERO,
            false));
    state.keep(step.id(), new Spool(List.of(new Spool.Part(StageTask.spoolPart(part), 0))));
  }
}
