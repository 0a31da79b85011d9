package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final long[] indexes = new long[MOST];
  private final Map<Long, JsonNode> outputs = new HashMap<>();
  private int size;
  private long since;

  ItemsLog(RunContext run, String step, String block) {
    this.run = run;
    this.step = step;
    this.block = block;
    this.since = run.nanos();
  }

  /** Adds an item; outputs are an empty object when its steps have published nothing. */
  synchronized void ended(long index, JsonNode published) {
    indexes[size++] = index;
    if (!published.isEmpty()) {
      outputs.put(index, run.masks().hide(published));
    }
    if (size == MOST || run.nanos() - since > LONGEST) {
      tell();
    }
  }

  /** Tells what is left. */
  synchronized void tell() {
    since = run.nanos();
    if (size > 0) {
      run.emit(new Event.ItemsEnded(run.now(), step, block, ranges(), Map.copyOf(outputs)));
      size = 0;
      outputs.clear();
    }
  }

  private List<long[]> ranges() {
    Arrays.sort(indexes, 0, size);
    var ranges = new ArrayList<long[]>();
    long[] last = {indexes[0], indexes[0]};
    for (int i = 1; i < size; i++) {
      if (indexes[i] > last[1] + 1) {
        ranges.add(last);
        last = new long[] {indexes[i], indexes[i]};
      } else {
        last[1] = indexes[i];
      }
    }
    ranges.add(last);
    return ranges;
  }
}
