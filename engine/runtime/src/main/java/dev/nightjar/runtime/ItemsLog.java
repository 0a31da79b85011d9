package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The items for which the steps of one block have ended quietly; told many at a time. */
final class ItemsLog {

  /** Little enough to hold, enough that a million items are a few hundred events. */
  private static final int MOST = 4096;

  /** A crash repeats no more than this much work that was done and not told, in nanoseconds. */
  private static final long LONGEST = 250_000_000;

  private final RunContext run;
  private final String step;
  private final String block;
  private final List<Item> items = new ArrayList<>();
  private long since;

  ItemsLog(RunContext run, String step, String block) {
    this.run = run;
    this.step = step;
    this.block = block;
    this.since = run.nanos();
  }

  /** What the steps have published for an item, by step. */
  private record Item(long index, JsonNode outputs) {}

  /** Adds an item, with what its steps have published, by step. */
  synchronized void ended(long index, JsonNode outputs) {
    items.add(new Item(index, run.masks().hide(outputs)));
    if (items.size() == MOST || run.nanos() - since > LONGEST) {
      tell();
    }
  }

  /** Tells what is left. */
  synchronized void tell() {
    since = run.nanos();
    if (!items.isEmpty()) {
      run.emit(new Event.ItemsEnded(run.now(), step, block, tables()));
      items.clear();
    }
  }

  private static boolean isAdded(Item item, List<ItemTableBuilder> tables) {
    for (ItemTableBuilder table : tables) {
      if (table.add(item.index(), item.outputs())) {
        return true;
      }
    }
    return false;
  }

  private List<Event.ItemTable> tables() {
    items.sort(Comparator.comparingLong(Item::index));
    List<ItemTableBuilder> tables = new ArrayList<>();
    for (Item item : items) {
      if (!isAdded(item, tables)) {
        var table = new ItemTableBuilder(item.outputs());
        table.add(item.index(), item.outputs());
        tables.add(table);
      }
    }
    return tables.stream().map(ItemTableBuilder::table).toList();
  }
}
