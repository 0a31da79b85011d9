package dev.nightjar.daemon;

import dev.nightjar.model.Step;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A new run that takes over what another one has done before a step: whether that is possible, and
 * what a person should know of it.
 *
 * @param other the run that has ended
 * @param past its events
 * @param from the step from which on everything is done anew; null for all
 */
public record Rerunning(Store store, StoredRun other, History past, @Nullable String from) {

  /**
   * Of a run.
   *
   * @throws RefusedException when it has not ended or has done nothing
   */
  public static Rerunning of(Store store, StoredRun other, @Nullable String from) {
    if (other.state() != StoredRun.State.ENDED) {
      throw new RefusedException(
          "run %s has not ended; go on with it by `nightjar resume %s`, or end it by `nightjar runs cancel %s`"
              .formatted(other.id(), other.id(), other.id()));
    }
    History past = Resumption.history(store, other.id());
    if (!past.hasBegun()) {
      throw new RefusedException(
          "run " + other.id() + " has done nothing that could be done again");
    }
    return new Rerunning(store, other, past, from);
  }

  /** For the new run's request. */
  public Event.Rerun event() {
    return new Event.Rerun(other.id(), from);
  }

  /** What {@code trigger.*} stands for: what it did, but for the trace that the run belonged to. */
  public ObjectNode facts() {
    ObjectNode facts =
        past.started().trigger() instanceof ObjectNode known
            ? known.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    TraceParent.remove(facts);
    return facts;
  }

  /**
   * Makes sure that what is taken over would still be so.
   *
   * @param workflow as it is now
   * @param changed the inputs that are not what they were
   * @throws RefusedException when a step that is taken over reads one of those
   */
  public void check(Workflow workflow, List<String> changed) {
    if (from == null) {
      return;
    }
    List<String> ids = workflow.steps().stream().map(Step::id).toList();
    if (!ids.contains(from)) {
      String all = "its steps are " + String.join(", ", ids);
      throw new RefusedException(
          "the workflow has no step `%s`; %s".formatted(from, Suggestions.hint(from, ids, all)));
    }
    changed.forEach(input -> check(workflow, input));
  }

  private void check(Workflow workflow, String input) {
    Predicate<Set<List<String>>> reads = reads(List.of("inputs", input));
    if (workflow.env().values().stream().map(Interpolation::references).anyMatch(reads)) {
      throw new RefusedException(
          "the input `" + input + "` is in `env`, which every step has; leave out `--from`");
    }
    for (Step step : takenOver(workflow)) {
      if (reads.test(step.references())) {
        throw new RefusedException(
            "the input `%s` has changed, and `%s` reads it: use `--from %s`"
                .formatted(input, step.id(), step.id()));
      }
    }
  }

  private static Predicate<Set<List<String>>> reads(List<String> path) {
    return references ->
        references.stream()
            .anyMatch(one ->
                one.getFirst().equals(path.getFirst())
                    && (one.size() == 1 || one.get(1).equals(path.get(1))));
  }

  /** Those written before, but for those of its own stage. */
  private List<Step> takenOver(Workflow workflow) {
    List<Step> steps = new ArrayList<>();
    for (Plan.Unit unit : Plan.of(workflow.steps()).units()) {
      if (unit.steps().stream().anyMatch(step -> step.id().equals(from))) {
        break;
      }
      steps.addAll(unit.steps());
    }
    return steps;
  }

  /** The names of the values that are not what they were in an earlier run. */
  public static List<String> changed(Map<String, JsonNode> values, Map<String, JsonNode> before) {
    return values.entrySet().stream()
        .filter(value -> differs(value.getValue(), before.get(value.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Compared as text: a number that was read back may be of another class. */
  private static boolean differs(JsonNode is, @Nullable JsonNode was) {
    return was != null && !is.toString().equals(was.toString());
  }

  /**
   * What is not as one may think, a sentence each.
   *
   * @param workflow as it is now
   * @param text that it was read from
   */
  public List<String> warnings(Workflow workflow, String text, Catalog catalog) {
    List<String> warnings = new ArrayList<>();
    Map<String, JsonNode> before = past.started().inputs();
    before.keySet().stream()
        .filter(name -> workflow.inputs().stream().noneMatch(one -> one.name().equals(name)))
        .forEach(name -> warnings.add("the workflow no longer has the input `" + name + "`"));
    if (from != null) {
      warnings.addAll(changedSteps(workflow, text, catalog));
    }
    return warnings;
  }

  /** What is taken over is what the steps had done, not what the file says now. */
  private List<String> changedSteps(Workflow workflow, String text, Catalog catalog) {
    String oldText = store.workflow(other.digest());
    Path file = Path.of(other.file());
    Workflow then =
        WorkflowReader.read(
            new SourceText(other.file(), oldText), file, catalog, new Diagnostics());
    if (then == null) {
      return List.of();
    }
    var before = new WrittenSteps(then, oldText);
    var now = new WrittenSteps(workflow, text);
    return takenOver(workflow).stream()
        .map(Step::id)
        .filter(step -> now.differ(before, step))
        .map(step ->
            "`%s` has changed in the file since run %s, whose outcome is taken over all the same; `--from %s` does it anew"
                .formatted(step, other.id(), step))
        .toList();
  }
}
