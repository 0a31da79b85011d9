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

  @Override
  default void close() throws IOException {}
}
