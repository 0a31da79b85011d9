package dev.nightjar.spi;

import java.util.Iterator;

/** The records a step reads, in order, once. Asking for the next one waits until it is there. */
public interface Input extends Iterable<DataRecord> {

  /**
   * The one pass over the records.
   *
   * @throws IllegalStateException when asked a second time
   */
  @Override
  Iterator<DataRecord> iterator();
}
