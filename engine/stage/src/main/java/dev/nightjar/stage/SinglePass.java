package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;

/** An input over an iterator: read once. */
final class SinglePass implements Input {

  private final Iterator<DataRecord> records;
  private final AtomicBoolean asked = new AtomicBoolean();

  SinglePass(Iterator<DataRecord> records) {
    this.records = records;
  }

  @Override
  public Iterator<DataRecord> iterator() {
    if (asked.getAndSet(true)) {
      throw new IllegalStateException("the records of a step can be read only once");
    }
    return records;
  }
}
