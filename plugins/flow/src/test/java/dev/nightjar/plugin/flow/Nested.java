package dev.nightjar.plugin.flow;

import dev.nightjar.spi.BodyFailure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What nested steps of the tests publish and fail with. */
final class Nested {

  private Nested() {}

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  static BodyFailure failure(String message) {
    var error = JsonNodeFactory.instance.objectNode().put("message", message);
    return new BodyFailure(message, error, false, null);
  }
}
