package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The items for which nested steps have ended: ranges, because there may be millions. */
final class ItemsPast {

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  /** First index to last. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  private final Map<Long, JsonNode> outputs = new HashMap<>();

  void add(Event.ItemsEnded event) {
    for (long[] range : event.items()) {
      Map.Entry<Long, Long> before = ranges.lowerEntry(range[0]);
      if (before != null && before.getValue() == range[0] - 1) {
        ranges.put(before.getKey(), range[1]);
      } else {
        ranges.put(range[0], range[1]);
      }
    }
    outputs.putAll(event.outputs());
  }

  /** What the steps have published, an empty object for nothing; null when they have not ended. */
  @Nullable JsonNode outputs(long index) {
    Map.Entry<Long, Long> range = ranges.floorEntry(index);
    return range == null || range.getValue() < index ? null : outputs.getOrDefault(index, NOTHING);
  }
}
