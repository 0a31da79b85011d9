package dev.nightjar.plugin.text;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import dev.nightjar.spi.Rejected;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The texts of a record that are searched: the record's own, or the strings in some fields. */
record SearchedTexts(List<FieldPath> fields) {

  /** Takes one text. */
  @FunctionalInterface
  interface Visitor {
    /** The field is empty for a record's own text. */
    void text(String field, String text);
  }

  /**
   * Visits each text in order; absent and null fields have none.
   *
   * @throws Rejected when a field is not a string
   */
  void forEach(DataRecord record, Visitor visitor) {
    if (fields.isEmpty()) {
      visitor.text("", record.text());
    }
    for (FieldPath field : fields) {
      var value = record.at(field);
      if (field.parts().contains(new Part.Every())) {
        for (JsonNode element : value) {
          visit(field, element, visitor);
        }
      } else {
        visit(field, value, visitor);
      }
    }
  }

  private static void visit(FieldPath field, JsonNode value, Visitor visitor) {
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    String text;
    try {
      text = FieldChange.string(value);
    } catch (Rejected e) {
      throw new Rejected("field `" + field.text() + "`: " + e.reason());
    }
    visitor.text(field.text(), text);
  }
}
