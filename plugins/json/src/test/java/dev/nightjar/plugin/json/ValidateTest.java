package dev.nightjar.plugin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.testkit.ProcessorTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateTest {

  @TempDir Path folder;

  private static ProcessorTester<?> fields(Map<String, List<Type>> types, String... required) {
    var paths = List.of(required).stream().map(FieldPath::of).toList();
    return ProcessorTester.of(new Validate(), new Validate.Options(paths, types, null, false));
  }

  private Path file(String name, String json) throws Exception {
    Files.createDirectories(folder.resolve(name).getParent());
    return Files.writeString(folder.resolve(name), json);
  }

  private ProcessorTester<?> schema(String json) throws Exception {
    return schema(file("order.json", json));
  }

  private static ProcessorTester<?> schema(Path file) {
    return ProcessorTester.of(
        new Validate(), new Validate.Options(List.of(), Map.of(), file, true));
  }

  /** Whether a value is valid by a schema: the reason it is rejected for, or null. */
  private String reason(String schema, String value) throws Exception {
    var result = schema(schema).json(value).run();
    return result.rejects().isEmpty() ? null : result.rejects().get(0).reason();
  }

  @Test
  void wantsRequiredFields() throws Exception {
    var result =
        fields(Map.of(), "id", "items[*].sku")
            .json(
                "{\"id\":null,\"items\":[]}",
                "{\"id\":1,\"items\":[{\"sku\":1},{}]}",
                "{\"items\":5}",
                "[]")
            .run();

    assertThat(result.texts()).containsExactly("{\"id\":null,\"items\":[]}");
    assertThat(result.rejects())
        .extracting(reject -> reject.reason())
        .containsExactly(
            "`items[*].sku` is missing",
            "`id` is missing; `items[*].sku` is missing",
            "`id` is missing; `items[*].sku` is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STRING | \"\" | 1",
        "NUMBER | 1e999999999 | \"1\"",
        "INTEGER | 1.0e1 | 1.5",
        "INTEGER | 1e999999999 | 1e-999999999",
        "INTEGER | -0 | \"0\"",
        "BOOLEAN | false | null",
        "OBJECT | {} | []",
        "ARRAY | [] | {}",
        "NULL | null | 0",
        "DATE | \"2024-02-29\" | \"2023-02-29\"",
        "DATE | \"2024-12-31\" | \"2024-1-1\"",
        "DATETIME | \"2024-02-29T10:00:00.5+01:00\" | \"2024-02-29T10:00Z\"",
        "DATETIME | \"2024-02-29T10:00:00Z\" | \"2024-02-29 10:00:00\"",
      })
  void checksTypes(Type type, String good, String bad) throws Exception {
    var result =
        fields(Map.of("v", List.of(type)))
            .json("{\"v\":" + good + "}", "{}", "{\"v\":" + bad + "}")
            .run();

    assertThat(result.texts()).containsExactly("{\"v\":" + good + "}", "{}");
    assertThat(result.rejects().get(0).reason())
        .startsWith("`v`: " + type.named() + " is expected, not ");
  }

  @Test
  void namesAllTypesAndSomeMistakes() throws Exception {
    var types = new LinkedHashMap<String, List<Type>>();
    types.put("a", List.of(Type.STRING, Type.NULL));
    types.put("d", List.of(Type.DATE));
    types.put("l[*]", List.of(Type.INTEGER));
    var result =
        fields(types, "id")
            .json("{\"a\":{},\"d\":\"tomorrow\",\"l\":[0.5,1,\"x\",true,1.5,null,7]}")
            .run();

    assertThat(result.rejects().get(0).reason())
        .isEqualTo(
            "`id` is missing; `a`: a string or null is expected, not an object;"
                + " `d`: a date is expected, not a string (tomorrow);"
                + " `l[*]`: an integer is expected, not a number (0.5);"
                + " `l[*]`: an integer is expected, not a string (x); and 3 more");
  }

  @Test
  void checksASchema() throws Exception {
    var result =
        schema(
                """
                {"type": "object", "required": ["id"], "properties": {
                  "id": {"type": "integer", "minimum": 1},
                  "items": {"type": "array", "items": {"$ref": "#/$defs/item"}}},
                 "$defs": {"item": {"properties": {"sku": {"type": "string", "pattern": "^[A-Z]{2}$"}}}}}
                """)
            .json(
                "{\"id\": 1.0, \"items\": [{\"sku\":\"AB\"}]}",
                "{\"id\":0,\"items\":[{\"sku\":\"AB\"},{\"sku\":\"abc\"}]}",
                "{\"items\":[{\"sku\":5}]}",
                "7")
            .run();

    assertThat(result.texts()).containsExactly("{\"id\": 1.0, \"items\": [{\"sku\":\"AB\"}]}");
    assertThat(result.rejects())
        .extracting(reject -> reject.reason())
        .containsExactly(
            "/id: must have a minimum value of 1; /items/1/sku: does not match the regex pattern"
                + " ^[A-Z]{2}$",
            "/items/0/sku: integer found, string expected; the record: required property 'id' not found",
            "the record: integer found, object expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"multipleOf\": 0.01} | 4.35 | 4.351",
        "{\"multipleOf\": 2} | 9007199254740992 | 9007199254740993",
        "{\"multipleOf\": 1e-3} | 1e300 | 0.0001",
        "{\"type\": \"integer\", \"maximum\": 5} | 5.0 | 1e400",
        "{\"type\": \"integer\", \"minimum\": 5} | 100000000000000000000 | -100000000000000000000",
        "{\"maximum\": 9007199254740993} | 9007199254740993 | 9007199254740994",
        "{\"const\": {\"a\": 1.0}} | {\"a\": 1} | {\"a\": 2}",
        "{\"enum\": [[0.1], 2]} | [1e-1] | [0.10000000000000001]",
        "{\"uniqueItems\": true} | [1, 2] | [1, 1.0]",
        "{\"contains\": {\"const\": 5}, \"maxContains\": 1} | [5, 4] | [5, 5]",
        "{\"unevaluatedProperties\": false, \"properties\": {\"a\": true}} | {\"a\": 1} | {\"b\": 1}",
        "{\"prefixItems\": [{\"type\": \"null\"}], \"items\": false} | [null] | [null, 1]",
        "{\"dependentRequired\": {\"a\": [\"b\"]}} | {\"b\": 1} | {\"a\": 1}",
        "{\"if\": {\"minimum\": 5}, \"then\": {\"maximum\": 6}} | 1 | 7",
        "{\"oneOf\": [{\"type\": \"integer\"}, {\"minimum\": 2}]} | 1 | 3",
        "{\"not\": {\"type\": \"string\"}} | 1 | \"\"",
        "{\"minLength\": 2} | \"\\ud83d\\ude00x\" | \"\\ud83d\\ude00\"",
        "{\"pattern\": \"^\\\\p{Letter}\\\\s\\\\u00e9[^]$\"} | \"a\\u00a0\\u00e9\\n\" | \"1 e\"",
        "{\"patternProperties\": {\"^x-\": {\"type\": \"null\"}}} | {\"x-a\": null} | {\"x-a\": 1}",
        "{\"format\": \"date-time\"} | \"2024-01-01T00:00:00Z\" | \"yesterday\"",
        "{\"format\": \"regex\"} | \"a+\" | \"((a{1000}){1000}){1000}\"",
        "{\"format\": \"ipv4\"} | \"127.0.0.1\" | \"127.0.0\"",
        "{\"$dynamicAnchor\": \"n\", \"properties\": {\"c\": {\"$dynamicRef\": \"#n\"}}, \"type\":"
            + " \"object\"} | {\"c\": {\"c\": {}}} | {\"c\": {\"c\": 1}}",
        "true | {} | ",
        "false | | {}",
      })
  void agreesWithTheSpecification(String schema, String good, String bad) throws Exception {
    if (good != null) {
      assertThat(reason(schema, good)).isNull();
    }
    if (bad != null) {
      assertThat(reason(schema, bad)).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"multipleOf\": 7} | 1e999999999",
        "{\"type\": \"integer\", \"maximum\": 7} | 1e999999999",
        "{\"multipleOf\": 1e-9} | 1e-999999999",
        "{\"uniqueItems\": true} | [1e999999999, 2e999999999]",
        "{\"const\": 1} | 1e-999999999",
      })
  void rejectsNumbersNobodyCanComputeWith(String schema, String value) throws Exception {
    assertThat(reason(schema, value)).contains("number");
  }

  @Test
  void survivesHostileData() throws Exception {
    String nested = "[".repeat(100) + "]".repeat(100);
    String deep = "[".repeat(990) + "]".repeat(990);
    String manyDigits = "1".repeat(100_000);
    String tree = "{\"items\": {\"$ref\": \"#\"}, \"type\": [\"array\", \"number\"]}";
    String email = "{\"format\": \"email\", \"pattern\": \"^(a+)+$\"}";

    assertThat(reason(tree, nested)).isNull();
    // How deep the validator gets depends on the stack; it says so when it is not deep enough.
    assertThat(reason(tree, deep))
        .satisfiesAnyOf(
            reason -> assertThat(reason).isNull(),
            reason -> assertThat(reason).contains("nested too deep"));
    assertThat(reason(tree, manyDigits)).contains("number");
    assertThat(reason(email, "\"" + "a".repeat(200_000) + "!\"")).isNotNull();
    assertThat(reason("{\"items\":{\"type\":\"null\"}}", "[" + "1,".repeat(600_000) + "1]"))
        .isEqualTo("/0: integer found, null expected");
  }

  @Test
  void refersToFilesInItsFolder() throws Exception {
    file("parts/item.json", "{\"type\": \"string\", \"$ref\": \"../common.json#/$defs/short\"}");
    file("common.json", "{\"$defs\": {\"short\": {\"maxLength\": 2}}}");
    String byPlace = "{\"items\": {\"$ref\": \"parts/item.json\"}}";
    String byId =
        "{\"$id\": \"https://example.com/s/order.json\", \"items\": {\"$ref\": \"parts/item.json\"}}";

    for (String schema : List.of(byPlace, byId)) {
      assertThat(reason(schema, "[\"ab\"]")).isNull();
      assertThat(reason(schema, "[\"abc\"]")).startsWith("/0: ");
      assertThat(reason(schema, "[1]")).isEqualTo("/0: integer found, string expected");
    }
  }

  @Test
  void leavesItsFolderForNothing() throws Exception {
    file("secret.json", "{}");
    Files.createDirectories(folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/link.json"), folder.resolve("secret.json"));
    for (String ref :
        List.of(
            "../secret.json",
            "link.json",
            "http://127.0.0.1:1/x.json",
            "https://example.com/x.json",
            "file:///etc/passwd",
            "classpath:draft/2020-12/schema",
            "%2e%2e/secret.json",
            "missing.json",
            "#/$defs/none")) {
      var file = file("in/order.json", "{\"items\": {\"$ref\": \"" + ref + "\"}}");
      assertThatThrownBy(() -> schema(file).json("[1]").run())
          .describedAs(ref)
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("order.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\": \"strin\"} | /type",
        "{\"type\": \"object\" | order.json:1:",
        "{\"a\": 1, \"a\": 2} | uplicate",
        "{} {} | order.json:1:",
        "[] | order.json",
        "7 | order.json",
        "{\"pattern\": \"(\"} | pattern `(`",
        "{\"pattern\": \"(?=a)\"} | look-around",
        "{\"pattern\": \"((a{1000}){1000}){1000}\"} | counted repeats",
        "{\"properties\": {\"a\": {\"patternProperties\": {\"(\": true}}}} | pattern `(`",
        "{\"minimum\": \"1\"} | /minimum",
        "{\"$schema\": \"https://example.com/none\"} | https://example.com/none",
        "{\"multipleOf\": 1e999999999} | number",
        "{\"$ref\": \"other.yaml\"} | other.yaml",
      })
  void saysWhatIsWrongWithASchema(String schema, String message) throws Exception {
    assertThatThrownBy(() -> schema(schema).json("1").run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("order.json")
        .hasMessageContaining(message);
  }

  @Test
  void endsOnSchemasThatReferToThemselves() throws Exception {
    assertThatThrownBy(
            () -> {
              var result = schema("{\"$ref\": \"#\"}").json("1").run();
              throw new PermanentFailure(result.rejects().get(0).reason());
            })
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("order.json");
  }

  @Test
  void saysThatThereIsNoSchema() {
    assertThatThrownBy(() -> schema(folder.resolve("none.json")).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("there is no such schema file");
    assertThatThrownBy(() -> schema(folder).run()).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> new Validate.Options(List.of(), Map.of(), null, false))
        .hasMessage("required, types or schema must be given");
  }
}
