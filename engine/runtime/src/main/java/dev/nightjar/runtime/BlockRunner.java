package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.EvaluationException;
import dev.nightjar.runtime.BlockState.Ended;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.stage.Attempt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs a block of steps: one unit after the other, or side by side where nothing makes them wait.
 */
final class BlockRunner {

  private final RunContext run;
  private final Attempts attempts;
  private final ThreadFactory threads;
  private final boolean supervises;

  private BlockRunner(RunContext run, ThreadFactory threads, boolean supervises) {
    this.run = run;
    this.threads = threads;
    this.supervises = supervises;
    this.attempts = new Attempts(run.settings().grace(), threads, run.watchdog());
  }

  /** A runner whose steps run on virtual threads; whoever waits for them has a platform thread. */
  static BlockRunner virtual(RunContext run) {
    return new BlockRunner(run, Thread.ofVirtual().factory(), true);
  }

  /** A runner whose steps run on platform threads, each attempt on its own. */
  static BlockRunner platform(RunContext run) {
    return new BlockRunner(run, Thread.ofPlatform().daemon(true).factory(), false);
  }

  /** Runs all units; the state tells afterwards how each step has ended. */
  void run(Plan plan, BlockState state, Attempt parent) {
    if (!plan.sequential()) {
      runInOrder(plan.units(), plan, state, parent);
    } else if (supervises && state.shown()) {
      runOneByOne(plan, state, parent);
    } else {
      plan.units().forEach(unit -> runUnit(unit, plan, state, parent, null));
    }
  }

  /**
   * Stages and timeouts are waited for by the thread of the run, which answers whatever steps do.
   * The steps between them follow each other on one virtual thread.
   */
  private void runOneByOne(Plan plan, BlockState state, Attempt parent) {
    List<Plan.Unit> units = plan.units();
    int from = 0;
    while (from < units.size()) {
      int to = from;
      while (to < units.size() && SingleExecution.runsOnThreadOfUnit(units.get(to))) {
        to++;
      }
      if (to > from) {
        runInOrder(units.subList(from, to), plan, state, parent);
      } else {
        runUnit(units.get(to++), plan, state, parent, null);
      }
      from = to;
    }
  }

  /** A unit waits for those it needs, which are written above it. */
  private void runInOrder(List<Plan.Unit> units, Plan plan, BlockState state, Attempt parent) {
    var supervision = new Supervision(parent, attempts);
    boolean here = supervises && state.shown();
    new UnitOrder(
            units,
            run.settings().parallelism(),
            threads,
            supervision,
            (unit, post) -> runUnit(unit, plan, state, parent, here ? post : null))
        .run();
  }

  /**
   * Runs a unit.
   *
   * @param post null where its attempts have threads of their own, or that of the step around it
   */
  private void runUnit(
      Plan.Unit unit, Plan plan, BlockState state, Attempt parent, UnitOrder.@Nullable Post post) {
    if (run.broken() || (state.shown() && run.standing().holdsBack())) {
      state.cancel();
      return;
    }
    if (parent.stopReason() != null) {
      state.cancel();
    }
    if (unit instanceof Plan.Single single) {
      runSingle(single, state, parent, post);
    } else if (unit instanceof Plan.Stage stage) {
      runStage(stage, plan.rejectOwners(), state, parent);
    }
    if (parent.stopReason() != null) {
      state.cancel();
    }
  }

  private void runSingle(
      Plan.Single unit, BlockState state, Attempt parent, UnitOrder.@Nullable Post post) {
    Step step = unit.step();
    var earlier = new Earlier(run, state);
    if (earlier.hasEnded(step) && earlier.hasEnded(unit)) {
      earlier.takeOver(unit);
      return;
    }
    Verdict verdict = judge(step, unit.needs(), state);
    if (verdict == null && unit.reads() != null && !state.hasSpool(unit.reads())) {
      verdict = noRecords(unit.reads(), state);
    }
    if (verdict != null) {
      skip(step, verdict, state);
      return;
    }
    new SingleExecution(run, this, attempts, unit, state, post).run(cleanUpOr(parent, state));
  }

  private void runStage(
      Plan.Stage unit, Map<String, Step> rejectOwners, BlockState state, Attempt parent) {
    if (new Earlier(run, state).hasEnded(unit)) {
      takeOver(unit, rejectOwners, state);
      return;
    }
    Step failed = new Earlier(run, state).failed(unit);
    if (failed != null) {
      endWith(failed, unit, state);
      return;
    }
    List<Step> active = new ArrayList<>();
    Verdict whole = null;
    if (unit.reads() != null && !state.hasSpool(unit.reads())) {
      whole = noRecords(unit.reads(), state);
    }
    Map<Step, Verdict> left = new HashMap<>();
    for (Step step : unit.steps()) {
      Verdict verdict = whole != null ? whole : judge(step, outside(unit, step), state);
      if (verdict == null) {
        active.add(step);
        continue;
      }
      boolean source = unit.reads() == null && isFirst(step, unit);
      if (whole == null && (source || verdict.blocks())) {
        whole = verdict.because(step);
      }
      left.put(step, verdict);
    }
    if (whole != null) {
      for (Step step : unit.steps()) {
        skip(step, left.getOrDefault(step, whole), state);
      }
      return;
    }
    left.forEach((step, verdict) -> skip(step, verdict, state));
    if (active.isEmpty()) {
      passOn(unit, state);
      return;
    }
    new StageExecution(run, attempts, unit, rejectOwners, active, state)
        .run(cleanUpOr(parent, state));
  }

  private void takeOver(Plan.Stage unit, Map<String, Step> rejectOwners, BlockState state) {
    var earlier = new Earlier(run, state);
    List<Step> ran = unit.steps().stream().filter(earlier::ran).toList();
    if (!ran.isEmpty()) {
      new StageExecution(run, attempts, unit, rejectOwners, ran, state).takeOver();
    } else if (unit.steps().stream().noneMatch(earlier::blocks)
        && unit.reads() != null
        && state.hasSpool(unit.reads())) {
      passOn(unit, state);
    }
    unit.steps().forEach(earlier::end);
  }

  /** A crash came between the ends of a stage's steps. */
  private void endWith(Step failed, Plan.Stage unit, BlockState state) {
    var earlier = new Earlier(run, state);
    for (Step step : unit.steps()) {
      if (earlier.hasEnded(step)) {
        earlier.end(step);
      } else {
        String why = "`" + failed.id() + "` failed";
        skip(step, new Verdict(Outcome.CANCELLED, why, null, true), state);
      }
    }
  }

  /** Every step of the stage lets the records pass: whoever reads it reads what it reads. */
  private static void passOn(Plan.Stage unit, BlockState state) {
    if (unit.reads() != null) {
      state.keep(unit.steps().getLast().id(), state.spool(unit.reads()));
    }
  }

  private static boolean isFirst(Step step, Plan.Stage unit) {
    return step.id().equals(unit.steps().getFirst().id());
  }

  /** The needs of a step that are not met inside its own stage. */
  private static List<String> outside(Plan.Stage unit, Step step) {
    return step.needs().stream()
        .filter(id -> unit.steps().stream().noneMatch(other -> other.id().equals(id)))
        .toList();
  }

  /** Steps that run although the block was cancelled are not cancelled again. */
  private static Attempt cleanUpOr(Attempt parent, BlockState state) {
    return state.cancelled() ? new Attempt() : parent;
  }

  /**
   * Why a step does not run.
   *
   * @param failure set when its condition has no value
   * @param blocks whether what needs it does not run either
   */
  private record Verdict(
      Outcome outcome, String reason, @Nullable Failure failure, boolean blocks) {

    Verdict because(Step step) {
      return new Verdict(
          Outcome.SKIPPED, "`" + step.id() + "` did not run: " + reason, null, blocks);
    }
  }

  /** Whether a step is to run: null when it is. */
  private @Nullable Verdict judge(Step step, List<String> needs, BlockState state) {
    boolean asksStatus =
        step.condition() != null
            && step.condition().references().stream()
                .anyMatch(path -> path.getFirst().equals("status"));
    if (!asksStatus) {
      if (state.cancelled()) {
        return new Verdict(Outcome.CANCELLED, "the run was cancelled", null, true);
      }
      for (String id : needs) {
        Ended ended = state.ended(id);
        if (ended != null && ended.blocks()) {
          String why = "it needs `" + id + "`, which has " + word(ended.outcome());
          return new Verdict(Outcome.SKIPPED, why, null, true);
        }
      }
    }
    CompiledExpression condition = step.condition();
    return condition == null ? null : judgeCondition(step, condition, state);
  }

  private @Nullable Verdict judgeCondition(
      Step step, CompiledExpression condition, BlockState state) {
    try {
      JsonNode value = condition.evaluate(state, null);
      if (value.isBoolean()) {
        return value.booleanValue()
            ? null
            : new Verdict(
                Outcome.SKIPPED,
                "its condition `"
                    + condition.text()
                    + "` is false"
                    + Because.text(condition, state, run.masks()),
                null,
                false);
      }
      return noCondition(step, state, "`if` must be true or false, not " + value);
    } catch (EvaluationException e) {
      return noCondition(step, state, "`if`: " + e.getMessage());
    }
  }

  private static Verdict noCondition(Step step, BlockState state, String message) {
    var failure =
        new Failure(
            "condition", state.path(step.id()), step.place().toString(), message, true, null);
    return new Verdict(Outcome.FAILED, message, failure, true);
  }

  private static String word(Outcome outcome) {
    return outcome == Outcome.SKIPPED
        ? "been skipped"
        : outcome == Outcome.CANCELLED ? "been cancelled" : "failed";
  }

  private static Verdict noRecords(String from, BlockState state) {
    Ended ended = state.ended(from);
    boolean blocks = ended != null && ended.blocks();
    String how = ended == null ? "not run" : word(ended.outcome());
    return new Verdict(Outcome.SKIPPED, "it reads `" + from + "`, which has " + how, null, blocks);
  }

  private void skip(Step step, Verdict verdict, BlockState state) {
    if (run.broken()) {
      state.end(
          step.id(),
          new Ended(verdict.outcome(), JsonNodeFactory.instance.objectNode(), true),
          null);
      return;
    }
    var earlier = new Earlier(run, state);
    if (earlier.hasEnded(step)) {
      earlier.end(step);
      return;
    }
    JsonNode none = JsonNodeFactory.instance.objectNode();
    Failure failure = verdict.failure() == null ? null : run.masks().hide(verdict.failure());
    state.emit(
        new Event.StepEnded(
            run.now(),
            state.path(step.id()),
            verdict.outcome(),
            verdict.reason(),
            failure,
            verdict.blocks(),
            StepMetrics.NONE,
            none));
    if (state.shown()) {
      run.monitor().skipped(state.path(step.id()), step.processor().name(), verdict.outcome());
    }
    state.end(step.id(), new Ended(verdict.outcome(), none, verdict.blocks()), failure);
  }
}
