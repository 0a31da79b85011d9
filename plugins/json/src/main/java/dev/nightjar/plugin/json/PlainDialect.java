package dev.nightjar.plugin.json;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The drafts of JSON Schema that plain schemas may be written in. */
enum PlainDialect {
  DRAFT_6("http://json-schema.org/draft-06/schema"),
  DRAFT_7("http://json-schema.org/draft-07/schema"),
  DRAFT_2019_09("https://json-schema.org/draft/2019-09/schema"),
  DRAFT_2020_12("https://json-schema.org/draft/2020-12/schema");

  /** Keywords that have one meaning in all of them. */
  private static final Set<String> PLAIN =
      Set.of(
          "$ref",
          "type",
          "enum",
          "const",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "items",
          "minItems",
          "maxItems",
          "uniqueItems",
          "properties",
          "patternProperties",
          "additionalProperties",
          "required",
          "minProperties",
          "maxProperties",
          "allOf",
          "anyOf",
          "oneOf",
          "not");

  private final String id;

  PlainDialect(String id) {
    this.id = id;
  }

  /** That of a schema; null when it is another one. */
  static @Nullable PlainDialect of(JsonNode root) {
    if (!root.has("$schema")) {
      return DRAFT_2020_12;
    }
    String id = root.get("$schema").asString("");
    for (PlainDialect dialect : values()) {
      if (id.equals(dialect.id) || id.equals(dialect.id + "#")) {
        return dialect;
      }
    }
    return null;
  }

  boolean isPlain(String keyword) {
    return PLAIN.contains(keyword)
        || keyword.equals(this == DRAFT_2020_12 ? "prefixItems" : "additionalItems");
  }

  /** Whether keywords beside {@code $ref} say nothing. */
  boolean refStandsAlone() {
    return this == DRAFT_6 || this == DRAFT_7;
  }

  /** The keyword for the first elements of an array, one schema each. */
  String tuples(JsonNode schema) {
    return this == DRAFT_2020_12 ? "prefixItems" : schema.path("items").isArray() ? "items" : "";
  }

  /** The keyword for all other elements. */
  String rest(JsonNode schema) {
    return schema.path("items").isArray() ? "additionalItems" : "items";
  }
}
