package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a step's condition said, the values in it, and how the steps had ended that it needs. */
final class Because {

  /** A larger value is told by its beginning. */
  private static final int LONGEST = 200;

  private Because() {}

  /** For the journal: an empty object when the step has no condition and waited for nothing. */
  static ObjectNode of(Step step, BlockState state, Masks masks) {
    ObjectNode because = JsonNodeFactory.instance.objectNode();
    if (state.shown()) {
      needs(step, state, because);
    }
    CompiledExpression condition = step.condition();
    if (condition != null) {
      because.put("condition", condition.text());
      because.set("values", values(condition, state, masks));
    }
    return because;
  }

  /** Steps of its own stage run as it does: they have not ended yet. */
  private static void needs(Step step, BlockState state, ObjectNode because) {
    ObjectNode needs = null;
    for (String id : step.needs()) {
      BlockState.Ended ended = state.ended(id);
      if (ended != null) {
        needs = needs == null ? because.putObject("needs") : needs;
        needs.put(id, ended.outcome().id());
      }
    }
  }

  /** For people: {@code (inputs.day = "2026-11-20")}; empty when the condition has no names. */
  static String text(CompiledExpression condition, Scope scope, Masks masks) {
    var parts =
        values(condition, scope, masks).properties().stream()
            .map(value -> value.getKey() + " = " + value.getValue())
            .toList();
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static ObjectNode values(CompiledExpression condition, Scope scope, Masks masks) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (List<String> path : condition.references()) {
      JsonNode value = value(path, scope);
      if (value != null && !path.getFirst().equals("secrets")) {
        values.set(String.join(".", path), shortened(masks.hide(value)));
      }
    }
    return values;
  }

  private static @Nullable JsonNode value(List<String> path, Scope scope) {
    JsonNode value = scope.get(path.getFirst());
    for (String name : path.subList(1, path.size())) {
      value = value == null ? null : value.get(name);
    }
    return value;
  }

  private static JsonNode shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST
        ? value
        : JsonNodeFactory.instance.stringNode(text.substring(0, LONGEST) + "…");
  }
}
