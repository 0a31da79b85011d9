package dev.nightjar.cli;

import dev.nightjar.cli.display.Style;
import dev.nightjar.model.Step;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plans of a workflow's blocks.
 *
 * @param blocks {@code steps} first, then what runs after
 */
record Plans(String workflow, Map<String, Plan> blocks) {

  static Plans of(Workflow workflow) {
    Map<String, Plan> blocks = new LinkedHashMap<>();
    blocks.put("steps", Plan.of(workflow.steps()));
    blocks.put("on_failure", Plan.of(workflow.onFailure()));
    blocks.put("on_success", Plan.of(workflow.onSuccess()));
    blocks.put("finally", Plan.of(workflow.finallySteps()));
    blocks.values().removeIf(plan -> plan.units().isEmpty());
    return new Plans(workflow.name(), blocks);
  }

  /** As text with line ends, or one JSON object on a line. */
  String print(Output output, Style style) {
    return switch (output) {
      case TEXT -> text(style);
      case JSON -> json() + "\n";
    };
  }

  private String text(Style style) {
    List<String> lines = new ArrayList<>();
    blocks.forEach((name, plan) ->
        lines.addAll(PlanText.of(name.equals("steps") ? workflow : name, plan, style)));
    return String.join("\n", lines) + "\n";
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("workflow", workflow);
    blocks.forEach((name, plan) -> json.set(name, units(plan)));
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
