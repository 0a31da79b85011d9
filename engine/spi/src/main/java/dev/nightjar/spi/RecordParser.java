package dev.nightjar.spi;

/**
 * Parses records as {@link DataRecord#parsed} does, one after the other, with the same result, and
 * faster where they have the same members. Used by one thread.
 */
public final class RecordParser {

  private final JsonScanner scanner = Fast.ON ? JsonScanner.ofMany() : JsonScanner.ofOne();

  /**
   * The record as JSON.
   *
   * @throws Rejected naming the column and what is wrong
   */
  public DataRecord parse(DataRecord record) {
    return record.parsed(scanner);
  }
}
