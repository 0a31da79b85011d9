package dev.nightjar.daemon.view;

import dev.nightjar.model.Step;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.runtime.journal.StepGraph;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who reads and needs whom, as programs read it: {@code {"nodes", "edges", "stages"}}. Steps are
 * named by path without items; those within a step are its children.
 */
public final class GraphJson {

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ArrayNode nodes = json.putArray("nodes");
  private final ArrayNode edges = json.putArray("edges");
  private final ArrayNode stages = json.putArray("stages");

  private GraphJson() {}

  /** Of a workflow that was read with its plugins. */
  public static ObjectNode of(Workflow workflow) {
    var graph = new GraphJson();
    Map<String, List<Step>> blocks =
        Map.of(
            "steps",
            workflow.steps(),
            "on_failure",
            workflow.onFailure(),
            "on_success",
            workflow.onSuccess(),
            "finally",
            workflow.finallySteps());
    PlanJson.blocks(workflow)
        .forEach((name, plan) ->
            graph.add(name, blocks.getOrDefault(name, List.of()), plan, "", graph.nodes));
    return graph.json;
  }

  /** Of a run whose plugins are gone: without kinds, and with the stages that it has begun. */
  public static ObjectNode of(StepGraph drawn, Timeline timeline) {
    var graph = new GraphJson();
    Map<String, ObjectNode> byPath = new HashMap<>();
    for (StepGraph.Block block : drawn.blocks()) {
      ObjectNode around = byPath.get(block.around());
      ArrayNode into = around == null ? graph.nodes : (ArrayNode) around.get("children");
      for (StepGraph.Node node : block.nodes()) {
        byPath.put(node.path(), node(into, node.path(), node.id(), node.uses(), block.name()));
      }
      block.edges().forEach(edge -> graph.edge(edge.from(), edge.to(), edge.reads()));
    }
    timeline.stages().forEach(stage -> graph.stages.add(TimelineJson.texts(stage.steps())));
    return graph.json;
  }

  private static ObjectNode node(
      ArrayNode into, String path, String id, String uses, String block) {
    ObjectNode node =
        into.addObject().put("path", path).put("id", id).put("uses", uses).put("block", block);
    node.putArray("children");
    return node;
  }

  private void edge(String from, String to, boolean reads) {
    edges.addObject().put("from", from).put("to", to).put("kind", reads ? "records" : "needs");
  }

  private void add(String block, List<Step> steps, Plan plan, String around, ArrayNode into) {
    String prefix = around + (block.equals("steps") ? "" : block + ".");
    for (Step step : steps) {
      String path = prefix + step.id();
      ObjectNode node = node(into, path, step.id(), step.processor().name(), block);
      node.put("kind", kind(step));
      connect(step, prefix);
      for (Step.Block inner : step.blocks()) {
        ArrayNode children = (ArrayNode) node.get("children");
        Plan of = Plan.of(inner.steps());
        add(inner.name(), inner.steps(), of, path + ".", children);
      }
    }
    for (Plan.Unit unit : plan.units()) {
      if (unit instanceof Plan.Stage stage) {
        ArrayNode together = stages.addArray();
        stage.steps().forEach(step -> together.add(prefix + step.id()));
      }
    }
  }

  private void connect(Step step, String prefix) {
    String from = step.from();
    if (from != null) {
      edge(prefix + from, prefix + step.id(), true);
    }
    for (String need : step.needs()) {
      if (!need.equals(from)) {
        edge(prefix + need, prefix + step.id(), false);
      }
    }
  }

  private static String kind(Step step) {
    Shape shape = step.processor().shape();
    boolean records = shape == Shape.RECORD || shape == Shape.STREAM;
    if (records && step.from() == null) {
      return "source";
    }
    return records && step.processor().emits() == Emitted.NONE
        ? "sink"
        : shape.name().toLowerCase(Locale.ROOT);
  }
}
