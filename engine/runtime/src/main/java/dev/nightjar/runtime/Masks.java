package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Failure;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Hides the values of secrets in everything that leaves a run. */
final class Masks {

  static final String MASK = "***";

  /** A shorter value would hide every second word and still be guessed. */
  private static final int SHORTEST = 3;

  private final List<String> secrets;

  Masks(Collection<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .sorted((one, other) -> Integer.compare(other.length(), one.length()))
            .toList();
  }

  /** Whether something was hidden in a value, so that it is not what it was. */
  boolean isIn(JsonNode value) {
    return !secrets.isEmpty() && value.toString().contains(MASK);
  }

  String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, MASK);
    }
    return hidden;
  }

  JsonNode hide(JsonNode value) {
    if (secrets.isEmpty()) {
      return value;
    }
    return switch (value) {
      case StringNode text -> StringNode.valueOf(hide(text.stringValue()));
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> copy.add(hide(item)));
        yield copy;
      }
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(field -> copy.set(hide(field.getKey()), hide(field.getValue())));
        yield copy;
      }
      default -> value;
    };
  }

  Failure hide(Failure failure) {
    return secrets.isEmpty()
        ? failure
        : new Failure(
            failure.code(),
            failure.step(),
            failure.place(),
            hide(failure.message()),
            failure.permanent(),
            failure.trace() == null ? null : hide(failure.trace()));
  }
}
