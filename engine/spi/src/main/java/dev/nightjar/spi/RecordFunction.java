package dev.nightjar.spi;

import java.io.IOException;

/** What a {@link RecordProcessor} does to each record of one task; closed at the task's end. */
@FunctionalInterface
public interface RecordFunction extends AutoCloseable {

  /**
   * Handles one record.
   *
   * @throws Rejected to set this record aside; what was emitted for it is taken back
   */
  void apply(DataRecord record, Output out) throws Exception;

  /**
   * Puts on disk what the records of the task have left with a {@link Sink}; called once, behind
   * the last of them, and not when the task has failed.
   */
  default void finish() throws Exception {}

  @Override
  default void close() throws IOException {}
}
