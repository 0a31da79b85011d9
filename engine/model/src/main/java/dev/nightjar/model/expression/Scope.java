package dev.nightjar.model.expression;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the names of an expression stand for while it is evaluated. */
@FunctionalInterface
public interface Scope {

  /** The value of a root name such as {@code inputs}, or null when this scope has none. */
  @Nullable JsonNode get(String name);

  /** This scope with one more name, which hides an outer one. */
  default Scope with(String name, JsonNode value) {
    return asked -> asked.equals(name) ? value : get(asked);
  }
}
