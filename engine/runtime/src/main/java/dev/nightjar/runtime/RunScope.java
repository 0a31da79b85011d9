package dev.nightjar.runtime;

import dev.nightjar.model.expression.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The names that mean the same in all of a run: inputs, env, secrets, run, trigger. */
record RunScope(Map<String, JsonNode> names) implements Scope {

  @Override
  public @Nullable JsonNode get(String name) {
    return names.get(name);
  }
}
