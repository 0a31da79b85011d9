package dev.nightjar.stage;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values of plugins as trees. */
final class Trees {

  private Trees() {}

  /**
   * What Jackson's mapper makes of a value. It is left alone where there is nothing to choose: to
   * make one takes longer than a step that publishes a number. Tests by {@code instanceof}, because
   * a switch over types makes a class when it is first reached.
   */
  static JsonNode of(@Nullable Object value) {
    if (value instanceof JsonNode node) {
      return node;
    }
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value instanceof String text) {
      return nodes.stringNode(text);
    }
    if (value instanceof Long number) {
      return nodes.numberNode(number.longValue());
    }
    if (value instanceof Integer number) {
      return nodes.numberNode(number.intValue());
    }
    if (value instanceof Boolean flag) {
      return nodes.booleanNode(flag);
    }
    return JsonMapper.shared().valueToTree(value);
  }
}
