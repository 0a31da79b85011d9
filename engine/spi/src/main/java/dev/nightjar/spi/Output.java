package dev.nightjar.spi;

/** Where a step's records go. */
public interface Output {

  /** Hands a record to the next step, and waits while that one is behind. */
  void emit(DataRecord record);

  /**
   * Sets a record aside with a reason and goes on; what becomes of it is the workflow's {@code
   * rejects:}. For processors that cannot throw {@link Rejected} because they hold many records.
   */
  void reject(DataRecord record, String reason);

  /** Whether anybody reads what is emitted; where nobody does, results need not be made. */
  default boolean wanted() {
    return true;
  }
}
