package dev.nightjar.model;

import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.expression.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A YAML value with expressions anywhere in it. */
public sealed interface ValueTemplate {

  /** Its value in a scope. */
  JsonNode evaluate(Scope scope);

  /** Whether there is no expression in it. */
  default boolean constant() {
    return switch (this) {
      case Constant constant -> true;
      case Text text -> text.text().constant();
      case Items items -> items.items().stream().allMatch(ValueTemplate::constant);
      case Fields fields -> fields.fields().values().stream().allMatch(ValueTemplate::constant);
    };
  }

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
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public JsonNode evaluate(Scope scope) {
      var array = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> array.add(item.evaluate(scope)));
      return array;
    }
  }

  /** A map; keys in the order written. */
  record Fields(Map<String, ValueTemplate> fields) implements ValueTemplate {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public JsonNode evaluate(Scope scope) {
      var object = JsonNodeFactory.instance.objectNode();
      fields.forEach((name, value) -> object.set(name, value.evaluate(scope)));
      return object;
    }
  }
}
