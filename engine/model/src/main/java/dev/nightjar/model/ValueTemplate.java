package dev.nightjar.model;

import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.expression.Scope;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A YAML value with expressions anywhere in it. */
public sealed interface ValueTemplate {

  /** Its value in a scope. */
  JsonNode evaluate(Scope scope);

  /** Without expressions. */
  record Constant(JsonNode value) implements ValueTemplate {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }
  }

  /** Text, or one expression that keeps its type. */
  record Text(Interpolation text) implements ValueTemplate {
    @Override
    public JsonNode evaluate(Scope scope) {
      return text.evaluate(scope, null);
    }
  }

  /** A list. */
  record Items(List<ValueTemplate> items) implements ValueTemplate {
    @Override
    public JsonNode evaluate(Scope scope) {
      var array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(item.evaluate(scope)));
      return array;
    }
  }

  /** A map; keys in the order written. */
  record Fields(Map<String, ValueTemplate> fields) implements ValueTemplate {
    @Override
    public JsonNode evaluate(Scope scope) {
      var object = JsonNodeFactory.instance.objectNode();
      fields.forEach((name, value) -> object.set(name, value.evaluate(scope)));
      return object;
    }
  }
}
