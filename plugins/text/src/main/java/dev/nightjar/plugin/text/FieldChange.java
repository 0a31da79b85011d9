package dev.nightjar.plugin.text;

import dev.nightjar.spi.CharacterMapping;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.Rejected;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Changes named fields of JSON records. Fields that are absent or null are left alone, and a record
 * in which nothing changed is handed on as the object it came as.
 */
record FieldChange(List<FieldPath> fields, UnaryOperator<JsonNode> change) {

  /**
   * A function that changes the text of records or, where fields are named, the strings in them.
   */
  static RecordFunction ofText(List<FieldPath> fields, UnaryOperator<String> change) {
    return fields.isEmpty()
        ? (line, out) -> out.emit(changed(line, change))
        : ofFields(fields, (record, field) -> record.mapText(field, change));
  }

  /** As that, of a change of characters. */
  static RecordFunction ofCharacters(List<FieldPath> fields, CharacterMapping change) {
    return fields.isEmpty()
        ? (line, out) -> out.emit(change.of(line))
        : ofFields(fields, change::of);
  }

  private static RecordFunction ofFields(
      List<FieldPath> fields, BiFunction<DataRecord, FieldPath, DataRecord> change) {
    return (record, out) -> {
      DataRecord result = record;
      for (FieldPath field : fields) {
        try {
          result = change.apply(result, field);
        } catch (Rejected e) {
          throw in(field, e);
        }
      }
      out.emit(result);
    };
  }

  private static Rejected in(FieldPath field, Rejected why) {
    return new Rejected("field `" + field.text() + "`: " + why.reason());
  }

  DataRecord apply(DataRecord record) {
    var result = record;
    for (FieldPath field : fields) {
      result = result.map(field, node -> change(field, node));
    }
    return result;
  }

  private JsonNode change(FieldPath field, JsonNode node) {
    if (node.isNull()) {
      return node;
    }
    try {
      return change.apply(node);
    } catch (Rejected e) {
      throw in(field, e);
    }
  }

  /**
   * The string of a field.
   *
   * @throws Rejected when it is something else
   */
  static String string(JsonNode node) {
    if (!node.isString()) {
      throw new Rejected(
          "a string is expected, not "
              + article(node.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
    return node.stringValue();
  }

  private static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  private static DataRecord changed(DataRecord record, UnaryOperator<String> change) {
    String before = record.text();
    String after = change.apply(before);
    return after.equals(before) ? record : record.withText(after);
  }
}
