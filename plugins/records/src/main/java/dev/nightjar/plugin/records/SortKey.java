package dev.nightjar.plugin.records;

import dev.nightjar.plugin.records.RecordsSort.As;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What records are put in order by, as bytes whose unsigned order is that order.
 *
 * <p>Numbers come before texts, these before {@code false} and {@code true}, these before objects
 * and arrays (by their JSON text); {@code null} and what is not there come last in either
 * direction. Numbers compare by their exact value, texts by code points.
 */
final class SortKey {

  /** One field, or the record itself. */
  private record Part(Reader reader, boolean descending) {}

  @FunctionalInterface
  private interface Reader {
    void read(DataRecord record, KeyBytes key);
  }

  private final List<Part> parts = new ArrayList<>();

  private SortKey() {}

  /**
   * A key of fields, the first one first; a minus before one turns its direction.
   *
   * @throws IllegalArgumentException when one is no path
   */
  static SortKey of(List<String> fields, As as, boolean descending) {
    var key = new SortKey();
    for (String field : fields) {
      boolean minus = field.startsWith("-");
      var path = FieldPath.of(minus ? field.substring(1) : field);
      key.parts.add(
          new Part((record, bytes) -> put(record.at(path), as, bytes), minus != descending));
    }
    return key;
  }

  /** A key of fields. */
  static SortKey of(List<FieldPath> fields) {
    var key = new SortKey();
    for (FieldPath path : fields) {
      key.parts.add(new Part((record, bytes) -> put(record.at(path), As.VALUE, bytes), false));
    }
    return key;
  }

  /** A key of whole records. */
  static SortKey ofRecord(As as, boolean descending) {
    var key = new SortKey();
    key.parts.add(new Part((record, bytes) -> putRecord(record, as, bytes), descending));
    return key;
  }

  byte[] of(DataRecord record) {
    var key = new KeyBytes();
    for (Part part : parts) {
      int start = key.length();
      part.reader().read(record, key);
      if (part.descending()) {
        key.turn(start);
      }
    }
    return key.toBytes();
  }

  private static void putRecord(DataRecord record, As as, KeyBytes key) {
    switch (record.kind()) {
      case BYTES -> key.bytes(record.toBytes());
      case TEXT -> putText(record.text(), as, key);
      case JSON -> put(record.json(), as, key);
    }
  }

  private static void put(JsonNode value, As as, KeyBytes key) {
    if (value.isMissingNode() || value.isNull()) {
      key.nothing();
    } else if (value.isNumber()) {
      String digits = value.asString();
      if (as == As.TEXT) {
        key.text(digits);
      } else {
        putNumber(digits, key);
      }
    } else if (value.isString()) {
      putText(value.stringValue(), as, key);
    } else if (value.isBoolean() && as == As.VALUE) {
      key.truth(value.booleanValue());
    } else if (as == As.NUMBER) {
      key.nothing();
    } else if (as == As.TEXT) {
      key.text(value.toString());
    } else {
      key.other(value.toString());
    }
  }

  private static void putText(String text, As as, KeyBytes key) {
    if (as == As.NUMBER) {
      putNumber(text.strip(), key);
    } else {
      key.text(text);
    }
  }

  private static void putNumber(String digits, KeyBytes key) {
    var number = ExactNumber.parse(digits);
    if (number == null) {
      key.nothing();
    } else {
      key.number(number);
    }
  }
}
