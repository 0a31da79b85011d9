package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/** Finds fields in a tree, and shows one. */
final class JsonTrees {

  private JsonTrees() {}

  /** As {@link DataRecord#at}. */
  static JsonNode at(JsonNode root, FieldPath path) {
    if (path.leadsToMany()) {
      var found = JsonNodeFactory.instance.arrayNode();
      collect(root, path.parts(), found);
      return found;
    }
    JsonNode at = root;
    for (Part part : path.parts()) {
      at = step(at, part);
    }
    return at;
  }

  private static void collect(JsonNode at, List<Part> parts, ArrayNode found) {
    if (at.isMissingNode()) {
      return;
    }
    if (parts.isEmpty()) {
      found.add(at);
      return;
    }
    List<Part> inner = parts.subList(1, parts.size());
    if (!(parts.getFirst() instanceof Part.Every)) {
      collect(step(at, parts.getFirst()), inner, found);
    } else if (at.isArray()) {
      at.forEach(element -> collect(element, inner, found));
    }
  }

  private static JsonNode step(JsonNode at, Part part) {
    return switch (part) {
      case Part.Key key -> at.path(key.name());
      case Part.Index index -> at.path(index.index());
      case Part.Every every -> MissingNode.getInstance();
    };
  }

  /** A tree that has no bytes, for messages; Jackson shows all but those that are too deep. */
  static String shown(JsonNode root, Rejected noBytes) {
    try {
      return root.toString();
    } catch (JacksonException tooDeep) {
      return "(" + noBytes.reason() + ")";
    }
  }
}
