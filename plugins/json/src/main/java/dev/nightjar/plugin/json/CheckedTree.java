package dev.nightjar.plugin.json;

import dev.nightjar.spi.Rejected;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Copies a tree for the schema validator, with {@link CheckedNumber numbers it can compare}. */
final class CheckedTree {

  private CheckedTree() {}

  /**
   * The copy; itself where there is nothing to copy.
   *
   * @throws Rejected when a number is too large to compute with
   */
  static JsonNode of(JsonNode node) {
    return plain(node) ? node : copy(node);
  }

  private static boolean plain(JsonNode node) {
    for (JsonNode child : node) {
      if (!plain(child)) {
        return false;
      }
    }
    return !node.isNumber() || node.isInt();
  }

  private static JsonNode copy(JsonNode node) {
    if (node.isObject()) {
      var object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        object.set(member.getKey(), copy(member.getValue()));
      }
      return object;
    }
    if (node.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode(node.size());
      for (JsonNode element : node) {
        array.add(copy(element));
      }
      return array;
    }
    return node.isNumber() && !node.isInt() ? CheckedNumber.of(node.decimalValue()) : node;
  }
}
