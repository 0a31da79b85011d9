package dev.nightjar.spi;

/**
 * An option that is text computed from each record: {@code path: "out/${{ record.day }}.ndjson"}.
 */
public interface Template {

  /** Whether every record gives the same text. */
  boolean constant();

  /**
   * The text for a record.
   *
   * @throws Rejected when an expression in it has no value
   */
  String text(DataRecord record);
}
