package dev.nightjar.spi;

/**
 * Finds places in the bytes of a JSON record ({@link DataRecord#array}), which are known to be one
 * JSON value in UTF-8; so it checks nothing.
 */
public final class JsonBytes {

  private JsonBytes() {}

  /**
   * The index of the quote that ends a string.
   *
   * @param inside the index of the string's first byte behind its first quote
   * @param end the index after the record's last byte
   */
  public static int closingQuote(byte[] json, int inside, int end) {
    int at = JsonScanner.special(json, inside, end);
    while (json[at] != '"') {
      at = JsonScanner.special(json, at + 2, end);
    }
    return at;
  }
}
