package dev.nightjar.daemon.view;

import dev.nightjar.model.Step;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a workflow would be run, as programs read it: {@code {"workflow", "steps": [...], ...}}. */
public final class PlanJson {

  private PlanJson() {}

  /** The plans of its blocks, {@code steps} first, then what runs after; those with steps. */
  public static Map<String, Plan> blocks(Workflow workflow) {
    Map<String, Plan> blocks = new LinkedHashMap<>();
    blocks.put("steps", Plan.of(workflow.steps()));
    blocks.put("on_failure", Plan.of(workflow.onFailure()));
    blocks.put("on_success", Plan.of(workflow.onSuccess()));
    blocks.put("finally", Plan.of(workflow.finallySteps()));
    blocks.values().removeIf(plan -> plan.units().isEmpty());
    return blocks;
  }

  /** One object; a list of units for each block. */
  public static ObjectNode of(Workflow workflow) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("workflow", workflow.name());
    blocks(workflow).forEach((name, plan) -> json.set(name, units(plan)));
    return json;
  }

  private static ArrayNode units(Plan plan) {
    ArrayNode units = JsonNodeFactory.instance.arrayNode();
    for (Plan.Unit unit : plan.units()) {
      ObjectNode json = units.addObject();
      ArrayNode steps = json.putArray("steps");
      for (Step step : unit.steps()) {
        steps.addObject().put("id", step.id()).put("uses", step.processor().name());
      }
      ArrayNode needs = json.putArray("needs");
      unit.needs().forEach(needs::add);
      switch (unit) {
        case Plan.Stage stage -> {
          json.put("kind", "stage").put("one_task", stage.single()).put("keeps", stage.keeps());
          put(json, "reads", stage.reads());
          put(json, "cut", stage.cut());
        }
        case Plan.Single single -> {
          json.put("kind", "step").put("keeps", single.keeps());
          put(json, "reads", single.reads());
          ObjectNode blocks = json.putObject("blocks");
          single.blocks().forEach((name, inner) -> blocks.set(name, units(inner)));
        }
      }
    }
    return units;
  }

  private static void put(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }
}
