package dev.nightjar.testkit;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Records from a list, once. */
final class OnePass implements Input {

  private final List<DataRecord> records;
  private final AtomicBoolean taken = new AtomicBoolean();

  OnePass(List<DataRecord> records) {
    this.records = List.copyOf(records);
  }

  @Override
  public Iterator<DataRecord> iterator() {
    if (taken.getAndSet(true)) {
      throw new IllegalStateException("the records of an input can be read once");
    }
    return records.iterator();
  }
}
