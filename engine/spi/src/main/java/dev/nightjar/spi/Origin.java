package dev.nightjar.spi;

/**
 * Where a record came from.
 *
 * @param source a file, relative to the workflow's folder where it lies below it; a table; a URL
 * @param line 1 for the first line of the {@link Split}, 0 when lines mean nothing here. A source
 *     counts its lines with {@link StepContext#count} under {@link StepContext#LINES}, so that the
 *     engine can tell the line in the whole file where a split starts in its middle
 * @param offset the record's first byte in the source, from 0; -1 when unknown
 */
public record Origin(String source, long line, long offset) {

  /** Of records that were made, not read. */
  public static final Origin NONE = new Origin("", 0, -1);

  /** {@code orders.ndjson:17}, or {@code orders.bin@4096} where lines mean nothing. */
  @Override
  public String toString() {
    if (line > 0) {
      return source + ":" + line;
    }
    return offset >= 0 ? source + "@" + offset : source;
  }
}
