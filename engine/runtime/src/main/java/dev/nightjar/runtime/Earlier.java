package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.StageTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes over how steps have ended before: in a process that is gone, or in another run. */
final class Earlier {

  private final RunContext run;
  private final BlockState state;

  Earlier(RunContext run, BlockState state) {
    this.run = run;
    this.state = state;
  }

  private StepPast past(Step step) {
    return run.history().step(state.path(step.id()));
  }

  /** Whether a unit is over, and what others will read of it is still there. */
  boolean hasEnded(Plan.Unit unit) {
    return unit.steps().stream().allMatch(this::hasEnded)
        && !(unit instanceof Plan.Single && hidesOutputs(unit.steps().getFirst()))
        && keptPartsAreThere(unit);
  }

  /** What a secret was hidden in is not what the step has published: it has to do so again. */
  private boolean hidesOutputs(Step step) {
    return step.effect() != Effect.ONCE && run.masks().isIn(ended(step).outputs());
  }

  boolean hasEnded(Step step) {
    return past(step).ended() != null;
  }

  /** Whether a step that has ended was not skipped. */
  boolean ran(Step step) {
    return ended(step).outcome() != Outcome.SKIPPED;
  }

  /** Whether steps that need one that has ended are skipped, too. */
  boolean blocks(Step step) {
    return ended(step).blocks();
  }

  /** The step of a stage that has failed; null for none. */
  @Nullable Step failed(Plan.Stage unit) {
    for (Step step : unit.steps()) {
      if (hasEnded(step) && ended(step).outcome() == Outcome.FAILED) {
        return step;
      }
    }
    return null;
  }

  private Event.StepEnded ended(Step step) {
    return Objects.requireNonNull(past(step).ended());
  }

  private boolean keptPartsAreThere(Plan.Unit unit) {
    boolean keeps =
        switch (unit) {
          case Plan.Stage stage -> stage.keeps();
          case Plan.Single single -> single.keeps();
        };
    return !keeps || parts(unit).stream().allMatch(this::isThere);
  }

  private List<Event.TaskCommitted> parts(Plan.Unit unit) {
    return List.copyOf(past(unit.steps().getFirst()).tasks().values());
  }

  /** Whether a task's part is on disk as it was recorded; a power cut may have taken it. */
  boolean isThere(Event.TaskCommitted task) {
    return task.part().isEmpty()
        || PartFolder.bytes(folder(task.stage()).resolve(task.part())) == task.bytes();
  }

  private Path folder(String stage) {
    return state.folder(stage.substring(stage.lastIndexOf('.') + 1));
  }

  /** A task or control step that is over. */
  void takeOver(Plan.Single unit) {
    if (unit.keeps() && ended(unit.step()).outcome() == Outcome.SUCCEEDED) {
      state.keep(unit.step().id(), spool(unit));
    }
    end(unit.step());
    StepMetrics metrics = ended(unit.step()).metrics();
    if (state.shown() && metrics.attempts() > metrics.failedAttempts()) {
      run.monitor().operation(state.path(unit.step().id()), metrics.took().toNanos(), true);
    }
  }

  private Spool spool(Plan.Unit unit) {
    var parts = new ArrayList<Spool.Part>();
    for (Event.TaskCommitted task : parts(unit)) {
      parts.add(new Spool.Part(StageTask.spoolPart(folder(task.stage()).resolve(task.part())), 0));
    }
    return new Spool(parts);
  }

  /** Ends a step as it has ended. */
  void end(Step step) {
    Event.StepEnded ended = ended(step);
    if (state.shown()) {
      monitor(step, ended);
    }
    state.end(
        step.id(),
        new BlockState.Ended(ended.outcome(), ended.outputs(), ended.blocks()),
        ended.failure());
  }

  private void monitor(Step step, Event.StepEnded ended) {
    StepMetrics metrics = ended.metrics();
    String path = ended.step();
    run.monitor()
        .ended(new Summary.StepLine(path, step.processor().name(), ended.outcome(), metrics, null));
    for (int i = 0; i < metrics.failedAttempts(); i++) {
      run.monitor().operation(path, 0, false);
    }
  }
}
