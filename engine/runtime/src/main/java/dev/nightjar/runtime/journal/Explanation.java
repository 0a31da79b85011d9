package dev.nightjar.runtime.journal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a run and its steps went as they did; told by the run's events and nothing else.
 *
 * @param id of the run; empty when it has no events
 * @param run what made the run as a whole begin, wait and end, in order
 * @param steps those that were asked for, in the order in which they were first heard of
 * @param known paths of steps that the events tell of, the first {@value Explainer#KNOWN} of them
 */
public record Explanation(
    String id, String workflow, List<Reason> run, List<OfStep> steps, List<String> known) {

  /**
   * Of each step at the top level.
   *
   * @param events all of the run's, in order
   */
  public static Explanation of(Stream<Event> events) {
    return of(events, null);
  }

  /**
   * Of one step; no steps when no event tells of it.
   *
   * @param events all of the run's, in order
   * @param step its path: {@code clean}, {@code finally.report}, {@code each[3].write}; null for
   *     each at the top level
   */
  public static Explanation of(Stream<Event> events, @Nullable String step) {
    var explainer = new Explainer(step);
    events.forEachOrdered(explainer::hear);
    return explainer.explanation();
  }

  /** As programs read it. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("run", id).put("workflow", workflow);
    json.set("reasons", reasons(run));
    ArrayNode all = json.putArray("steps");
    steps.forEach(step -> all.add(step.json()));
    return json;
  }

  private static ArrayNode reasons(Collection<Reason> reasons) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    reasons.forEach(reason -> all.add(reason.json()));
    return all;
  }

  /**
   * Why a step went as it did.
   *
   * @param processor empty for a step that did not begin
   * @param reasons in order
   */
  public record OfStep(String step, String processor, List<Reason> reasons) {

    /** The one that matters most, and another one if there is more to tell. */
    public List<Reason> brief() {
      return reasons.stream()
          .filter(reason -> weight(reason) > 0)
          .sorted(Comparator.comparingInt(OfStep::weight).reversed())
          .limit(2)
          .toList();
    }

    /**
     * The end weighs most, then what a person has to act upon, then what is out of the ordinary.
     */
    private static int weight(Reason reason) {
      return switch (reason.kind()) {
        case SKIPPED, CANCELLED, FAILED, SUCCEEDED, REUSED, OPEN -> 10;
        case IN_DOUBT -> 9;
        case CACHE -> 8;
        case RESUMED -> 7;
        case RESOLVED -> 6;
        case RETRIED -> 5;
        case WARNED -> 4;
        case NESTED -> 3;
        case BEGAN -> reason.values().has("condition") ? 2 : 0;
        case WAITED -> 1;
        case STAGE, RERUN -> 0;
      };
    }

    ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("step", step);
      if (!processor.isEmpty()) {
        json.put("processor", processor);
      }
      json.set("reasons", Explanation.reasons(reasons));
      return json;
    }
  }
}
