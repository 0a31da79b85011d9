package dev.nightjar.runtime.plan;

import dev.nightjar.model.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block of steps as it will be run.
 *
 * @param units in the order written
 * @param rejectOwners for the steps whose rejects may go somewhere, the step that says where: the
 *     step itself, or the next one down the stream that says something
 */
public record Plan(List<Unit> units, Map<String, Step> rejectOwners) {

  /** Joins the steps of one block, in the order written. */
  public static Plan of(List<Step> steps) {
    return Planner.plan(steps);
  }

  /** Whether each unit waits for the one before it. */
  public boolean sequential() {
    for (int i = 1; i < units.size(); i++) {
      if (!needsAny(units.get(i), units.get(i - 1).steps())) {
        return false;
      }
    }
    return true;
  }

  private static boolean needsAny(Unit unit, List<Step> steps) {
    for (Step step : steps) {
      if (unit.needs().contains(step.id())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The units that hang together by their records, each a branch that can run by itself; named by
   * the first step.
   */
  public Map<String, Plan> branches() {
    var branches = new LinkedHashMap<String, List<Unit>>();
    var branchOf = new HashMap<String, String>();
    for (Unit unit : units) {
      String first = unit.steps().getFirst().id();
      String reads = unit.reads();
      String branch = reads == null ? first : branchOf.getOrDefault(reads, first);
      unit.steps().forEach(step -> branchOf.put(step.id(), branch));
      branches.computeIfAbsent(branch, key -> new ArrayList<>()).add(unit);
    }
    var plans = new LinkedHashMap<String, Plan>();
    branches.forEach((name, members) -> plans.put(name, new Plan(members, rejectOwners)));
    return plans;
  }

  /** What is scheduled as one. */
  public sealed interface Unit {

    /** Its steps in the order written. */
    List<Step> steps();

    /** The ids of the steps, outside of it, that must have ended before. */
    List<String> needs();

    /** The step outside whose records, waiting on disk, it reads; null when it reads none. */
    @Nullable String reads();
  }

  /**
   * Steps that run together over records.
   *
   * @param reads the step outside whose records, waiting on disk, it reads; null when it starts
   *     with a source
   * @param cut why it is a stage of its own; null for one that starts with a source
   * @param single whether it is one task, because a step of it needs the whole stream
   * @param keeps whether its records wait on disk for other stages
   * @param cache how what it emits is reused by later runs, split by split; null when it is not
   */
  public record Stage(
      List<Step> steps,
      List<String> needs,
      @Nullable String reads,
      @Nullable String cut,
      boolean single,
      boolean keeps,
      Step.@Nullable Cache cache)
      implements Unit {

    /** The stage, cached as a step asks that reads what it emits. */
    Stage keptFor(String read, Step.Cache setting) {
      return cache == null && steps.getLast().id().equals(read)
          ? new Stage(steps, needs, reads, cut, single, keeps, setting)
          : this;
    }
  }

  /**
   * A step by itself: a task, or one with nested steps.
   *
   * @param reads the step whose records it reads; null for none
   * @param keeps whether its records wait on disk for other stages
   */
  public record Single(
      Step step,
      List<String> needs,
      @Nullable String reads,
      boolean keeps,
      Map<String, Plan> blocks)
      implements Unit {
    @Override
    public List<Step> steps() {
      return List.of(step);
    }
  }
}
