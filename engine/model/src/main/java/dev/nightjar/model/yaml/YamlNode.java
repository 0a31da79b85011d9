package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Locator;
import dev.nightjar.model.diagnostic.Place;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A node of a YAML document, anchors expanded and merges done, with the place it was written. */
public sealed interface YamlNode {

  /** Where it stands; for an alias, where the alias stands. */
  Place place();

  /** The node as JSON, without its places. */
  default JsonNode json() {
    return switch (this) {
      case Scalar scalar -> scalar.value();
      case Sequence sequence -> {
        var array = JsonNodeFactory.instance.arrayNode();
        sequence.items().forEach(item -> array.add(item.json()));
        yield array;
      }
      case Mapping mapping -> {
        var object = JsonNodeFactory.instance.objectNode();
        mapping.entries().forEach((name, entry) -> object.set(name, entry.value().json()));
        yield object;
      }
    };
  }

  /**
   * A single value.
   *
   * @param text what was written, without quotes and escapes
   * @param plain whether it stood without quotes, so that its type follows from its text
   * @param value as the YAML 1.2 core schema reads it: null, boolean, number with its digits,
   *     string
   * @param locator where its characters stand
   */
  record Scalar(Place place, String text, boolean plain, JsonNode value, Locator locator)
      implements YamlNode {}

  /** A list. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {}

  /** A map; keys in the order written. */
  record Mapping(Place place, LinkedHashMap<String, Entry> entries) implements YamlNode {

    public @Nullable YamlNode get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }
  }

  /** One entry of a map. */
  record Entry(Scalar key, YamlNode value) {}
}
