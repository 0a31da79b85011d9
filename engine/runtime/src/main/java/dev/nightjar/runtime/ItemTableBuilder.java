package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event.ItemColumn;
import dev.nightjar.runtime.journal.Event.ItemTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Gathers items of which the steps have published the same names. */
final class ItemTableBuilder {

  private final List<ItemColumn> columns = new ArrayList<>();
  private final List<long[]> items = new ArrayList<>();
  private final List<JsonNode> values = new ArrayList<>();

  /** For what an item like this one has published, by step. */
  ItemTableBuilder(JsonNode outputs) {
    for (Map.Entry<String, JsonNode> step : outputs.properties()) {
      for (String name : step.getValue().propertyNames()) {
        columns.add(new ItemColumn(step.getKey(), name));
      }
    }
  }

  /** Adds an item, of a higher index than all before; false when it has published other names. */
  boolean add(long index, JsonNode outputs) {
    int before = values.size();
    if (!addRow(outputs)) {
      values.subList(before, values.size()).clear();
      return false;
    }
    long[] last = items.isEmpty() ? null : items.getLast();
    if (last != null && last[1] == index - 1) {
      last[1] = index;
    } else {
      items.add(new long[] {index, index});
    }
    return true;
  }

  private boolean addRow(JsonNode outputs) {
    int column = 0;
    for (Map.Entry<String, JsonNode> step : outputs.properties()) {
      for (Map.Entry<String, JsonNode> value : step.getValue().properties()) {
        if (!isAt(column, step.getKey(), value.getKey())) {
          return false;
        }
        values.add(value.getValue());
        column++;
      }
    }
    return column == columns.size();
  }

  private boolean isAt(int column, String step, String name) {
    return column < columns.size()
        && columns.get(column).step().equals(step)
        && columns.get(column).name().equals(name);
  }

  ItemTable table() {
    return new ItemTable(
        Collections.unmodifiableList(columns),
        Collections.unmodifiableList(items),
        Collections.unmodifiableList(values));
  }
}
