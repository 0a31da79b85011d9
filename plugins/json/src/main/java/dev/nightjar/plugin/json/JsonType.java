package dev.nightjar.plugin.json;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What messages call a JSON value. */
final class JsonType {

  private JsonType() {}

  /** {@code an object}, {@code a number}, {@code null}. */
  static String named(JsonNode node) {
    String name = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "null" -> name;
      case "object", "array" -> "an " + name;
      default -> "a " + name;
    };
  }
}
