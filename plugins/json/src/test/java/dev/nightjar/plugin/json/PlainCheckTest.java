package dev.nightjar.plugin.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shortcut for plain schemas against the library. */
class PlainCheckTest {

  @TempDir Path folder;

  private static DataRecord record(String json) {
    // In the middle of an array, so that a byte outside of the record is one out of place.
    return DataRecord.text("\"x" + json + "y\"", Origin.NONE)
        .slice(2, json.getBytes(UTF_8).length + 2)
        .parsed();
  }

  private SchemaCheck compile(String schema, boolean fast) throws Exception {
    var file = Files.writeString(folder.resolve("schema.json"), schema);
    return SchemaFile.compile(file, "schema.json", false, fast);
  }

  /** The shortcut; null where the schema is not plain, or no schema. */
  private @Nullable PlainCheck plain(String schema) throws Exception {
    try {
      return compile(schema, true).plain();
    } catch (PermanentFailure noSchema) {
      return null;
    }
  }

  /** Null when the library finds nothing wrong. */
  private static @Nullable String reason(SchemaCheck library, DataRecord record) {
    try {
      var mistakes = new Mistakes();
      library.check(record, mistakes);
      mistakes.reject();
      return null;
    } catch (Rejected e) {
      return e.reason();
    }
  }

  @Test
  void acceptsNothingThatTheLibraryRejects() throws Exception {
    var chance = new Random(11);
    var samples = new SchemaSamples(chance);
    int plain = 0;
    int valid = 0;
    int accepted = 0;
    for (int round = 0; round < 600; round++) {
      // As a tree has it: without members of the same name.
      String schema = record(samples.document()).json().toString();
      var check = plain(schema);
      if (check == null) {
        continue;
      }
      plain++;
      var library = compile(schema, false);
      for (int i = 0; i < 150; i++) {
        String text = samples.record();
        // Before the library makes a tree.
        boolean accepts = check.accepts(record(text));
        String reason = reason(library, record(text));
        if (accepts) {
          assertThat(reason).as(text + " by " + schema).isNull();
        }
        valid += reason == null ? 1 : 0;
        accepted += accepts ? 1 : 0;
      }
    }
    assertThat(plain).isGreaterThan(400);
    assertThat(accepted).isGreaterThan(10_000);
    assertThat(accepted).isGreaterThan(valid * 3 / 4);
  }

  /** What is accepted without the library, and what is as valid but left to it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "integer"} | 1.0 |
          {"type": "integer"} | 1e2 | 1e100
          {"type": "integer"} | -0 |
          {"type": "number"} | 12345678901234567890.5 |
          {"type": ["string", "null"]} | null |
          {"minimum": 9007199254740993} | 9007199254740993 |
          {"maximum": 0.3} | 0.30 |
          {"maximum": 1e2} | 100.0 |
          {"exclusiveMinimum": 5} | 5.5 |
          {"multipleOf": 0.01} | 4.35 |
          {"multipleOf": 7} | -9007199254740988e0 |
          {"enum": [1.0, "a", null, true]} | 10e-1 |
          {"enum": ["ab"]} | "\\u0061b" |
          {"const": false} | false |
          {"minLength": 2, "maxLength": 2} | "\\ud83d\\ude00x" |
          {"minLength": 2, "maxLength": 2} | "😀é" |
          {"minLength": 3, "maxLength": 3} | "\\n\\\\\\u00e9" |
          {"pattern": "^a.b$"} | "a\\u0009b" |
          {"required": ["é"], "properties": {"é": {"type": "string"}}} | {"\\u00e9":""} | {"é":1,"é":""}
          {"properties": {"a\\\\b": {"type": "null"}}} | {"a\\\\b":null,"a\\b":1} |
          {"properties": {"": {"type": "null"}}, "additionalProperties": false} | {"":null} | {"":null,"":null}
          {"additionalProperties": {"type": "null"}} | {"a":null,"a":null} | {"a":1,"a":null}
          {"maxProperties": 1} | {"a":1} | {"a":1,"\\u0061":2}
          {"patternProperties": {"^a": {"type": "null"}}, "additionalProperties": false} | {"ab":null} |
          {"patternProperties": {"^a": {"type": "null"}}, "required": ["ab"]} | {"ab":null} |
          {"uniqueItems": true} | ["1",1,true,null,"true"] | [[1],[2]]
          {"items": {"type": "integer"}, "minItems": 2, "maxItems": 2} | [ 1 , 2 ] |
          {"prefixItems": [{"type": "null"}], "items": false} | [null] |
          {"not": {"required": ["a"]}} | {"b":1,"c":2} | {"b":1,"b":2}
          {"oneOf": [{"type": "integer"}, {"minimum": 2}]} | 2.5 |
          {"const": {"a": 1.0}} | | {"a":1}
          {"properties": {"a": {"$ref": "#"}}, "additionalProperties": false} | {"a":{"a":{}}} |
          {"$id": "https://example.com/x.json", "allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {}}} | 1 |
          {"$schema": "http://json-schema.org/draft-07/schema#", "items": [true], "additionalItems": false} | [1] |
          true | {"a":[1.50,"x",true,false,null]} | {"a":[1e400]}
          """)
  void acceptsWhatIsCertain(String schema, @Nullable String certain, @Nullable String left)
      throws Exception {
    var check = Objects.requireNonNull(compile(schema, true).plain());
    var library = compile(schema, false);
    if (certain != null) {
      assertThat(check.accepts(record(" " + certain + " "))).isTrue();
      assertThat(reason(library, record(certain))).isNull();
    }
    if (left != null) {
      assertThat(check.accepts(record(left))).isFalse();
      assertThat(reason(library, record(left))).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The library compares the whole part of 5.5 with the limit.
        "{\"type\": [\"integer\", \"number\"], \"exclusiveMinimum\": 5}",
        "{\"multipleOf\": 1e-400}",
        "{\"maximum\": 1e400}",
        "{\"unknown\": 1}",
        "{\"properties\": {\"a\": {\"contains\": true}}}",
        "{\"unevaluatedProperties\": false}",
        "{\"if\": true}",
        "{\"items\": {\"$anchor\": \"a\"}}",
        "{\"$ref\": \"#a\", \"$defs\": {\"b\": {\"$anchor\": \"a\"}}}",
        "{\"$ref\": \"other.json\"}",
        "{\"$ref\": \"#/allOf/0\", \"allOf\": [{}]}",
        "{\"$defs\": {\"a\": {\"$id\": \"b.json\"}}}",
        "{\"$schema\": \"http://json-schema.org/draft-04/schema#\"}",
      })
  void leavesOtherSchemasToTheLibrary(String schema) throws Exception {
    Files.writeString(folder.resolve("other.json"), "{}");

    assertThat(compile(schema, true).plain()).isNull();
  }

  @Test
  void leavesToTheLibraryWhatIsTooDeepOrTooMuch() throws Exception {
    String deep = "{\"items\": {\"$ref\": \"#\"}, \"type\": \"array\"}";
    String much =
        "{\"allOf\": [{\"$ref\": \"#/$defs/0a\"}], \"$defs\": {".replace("0a", "a0")
            + IntStream.range(0, 30)
                .mapToObj(i ->
                    "\"a%d\": {\"allOf\": [{\"$ref\": \"#/$defs/a%d\"}, {\"$ref\": \"#/$defs/a%d\"}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(","))
            + ", \"a30\": {}}}";

    assertThat(accepts(deep, "[".repeat(30) + "]".repeat(30))).isTrue();
    assertThat(accepts(deep, "[".repeat(900) + "]".repeat(900))).isFalse();
    assertThat(accepts("{\"type\": \"array\"}", "[".repeat(900) + "]".repeat(900))).isTrue();
    assertThat(accepts(much, "1")).isFalse();
    assertThat(accepts("{\"$ref\": \"#\"}", "1")).isFalse();
  }

  private boolean accepts(String schema, String record) throws Exception {
    return Objects.requireNonNull(compile(schema, true).plain()).accepts(record(record));
  }

  @Test
  void leavesTreesToTheLibrary() throws Exception {
    var check = Objects.requireNonNull(compile("{\"maximum\": 1}", true).plain());
    var record = record("1");
    assertThat(check.accepts(record)).isTrue();
    assertThat(record.json().isNumber()).isTrue();
    assertThat(check.accepts(record)).isFalse();
  }
}
