package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value that a run can be given.
 *
 * @param defaultValue already checked against the rest; null for none
 * @param min the least value, or the least length of text and lists
 */
public record InputDeclaration(
    Place place,
    String name,
    Type type,
    @Nullable JsonNode defaultValue,
    boolean required,
    @Nullable String description,
    List<JsonNode> allowed,
    @Nullable JsonNode min,
    @Nullable JsonNode max,
    @Nullable String pattern) {

  InputDeclaration withDefault(@Nullable JsonNode value) {
    return new InputDeclaration(
        place, name, type, value, required, description, allowed, min, max, pattern);
  }

  /** What it takes. */
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    PATH,
    JSON,
    LIST,
    SECRET
  }
}
