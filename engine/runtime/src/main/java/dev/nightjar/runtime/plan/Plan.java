package dev.nightjar.runtime.plan;

import dev.nightjar.model.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block of steps as it will be run.
 *
 * @param units in the order written
 */
public record Plan(List<Unit> units) {

  /** What is scheduled as one. */
  public sealed interface Unit {

    /** Its steps in the order written. */
    List<Step> steps();

    /** The ids of the steps, outside of it, that must have ended before. */
    List<String> needs();
  }

  /**
   * Steps that run together over records.
   *
   * @param reads the step outside whose records, waiting on disk, it reads; null when it starts
   *     with a source
   * @param cut why it is a stage of its own; null for one that starts with a source
   * @param single whether it is one task, because a step of it needs the whole stream
   * @param keeps whether its records wait on disk for other stages
   */
  public record Stage(
      List<Step> steps,
      List<String> needs,
      @Nullable String reads,
      @Nullable String cut,
      boolean single,
      boolean keeps)
      implements Unit {}

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
