package dev.nightjar.model.diagnostic;

/**
 * A stretch of a source text.
 *
 * @param start its first character, an offset into the text
 * @param end behind its last character; at least {@code start}
 */
public record Place(SourceText source, int start, int end) {

  public Place {
    int length = source.text().length();
    start = Math.clamp(start, 0, length);
    end = Math.clamp(end, start, length);
  }

  /** From 1. */
  public int line() {
    return source.line(start);
  }

  /** From 1. */
  public int column() {
    return source.column(start);
  }

  /** {@code orders.yaml:14:9}. */
  @Override
  public String toString() {
    return source.name() + ":" + line() + ":" + column();
  }
}
