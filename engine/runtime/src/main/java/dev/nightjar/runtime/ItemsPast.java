package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The items for which nested steps have ended: ranges, because there may be millions. */
final class ItemsPast {

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  /** First index to last. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  private final Map<Long, JsonNode> outputs = new HashMap<>();

  void add(Event.ItemsEnded event) {
    event.tables().forEach(this::add);
  }

  private void add(Event.ItemTable table) {
    Iterator<JsonNode> values = table.values().iterator();
    for (long[] range : table.items()) {
      add(range[0], range[1]);
      for (long item = range[0]; item <= range[1] && values.hasNext(); item++) {
        outputs.put(item, row(table.columns(), values));
      }
    }
  }

  private void add(long first, long last) {
    Map.Entry<Long, Long> before = ranges.lowerEntry(first);
    if (before != null && before.getValue() == first - 1) {
      ranges.put(before.getKey(), last);
    } else {
      ranges.put(first, last);
    }
  }

  private static JsonNode row(List<Event.ItemColumn> columns, Iterator<JsonNode> values) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    for (Event.ItemColumn column : columns) {
      outputs.withObjectProperty(column.step()).set(column.name(), values.next());
    }
    return outputs;
  }

  /** What the steps have published, an empty object for nothing; null when they have not ended. */
  @Nullable JsonNode outputs(long index) {
    Map.Entry<Long, Long> range = ranges.floorEntry(index);
    return range == null || range.getValue() < index ? null : outputs.getOrDefault(index, NOTHING);
  }
}
