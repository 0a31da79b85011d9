package dev.nightjar.model.yaml;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The tags of the YAML 1.2 core schema: {@code !!str} and its like. */
final class CoreTags {

  static final String PREFIX = "tag:yaml.org,2002:";

  private static final Set<String> NAMES =
      Set.of("str", "int", "float", "bool", "null", "map", "seq");

  private CoreTags() {}

  static boolean known(String tag) {
    return tag.startsWith(PREFIX) && NAMES.contains(tag.substring(PREFIX.length()));
  }

  static boolean fits(String tag, JsonNode value) {
    if (!known(tag)) {
      return false;
    }
    return switch (tag.substring(PREFIX.length())) {
      case "int" -> value.isIntegralNumber();
      case "float" -> value.isNumber();
      case "bool" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }
}
