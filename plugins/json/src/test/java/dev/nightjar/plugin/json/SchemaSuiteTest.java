package dev.nightjar.plugin.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.testkit.ProcessorTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every case of the JSON-Schema-Test-Suite, with the shortcut for plain schemas and without it: the
 * same records pass, and the same are rejected for the same reasons.
 */
class SchemaSuiteTest {

  private static final Path SUITE =
      Path.of("src/test/resources/JSON-Schema-Test-Suite/tests").toAbsolutePath();

  @TempDir Path folder;

  // So far: all schemas, those that are plain, the records accepted without the library.
  private int schemas;
  private int plain;
  private int accepted;

  @ParameterizedTest
  @CsvSource({
    "draft2020-12, https://json-schema.org/draft/2020-12/schema, false, 460, 250, 1250",
    "draft2020-12, https://json-schema.org/draft/2020-12/schema, true, 460, 200, 360",
    "draft2019-09, https://json-schema.org/draft/2019-09/schema, false, 420, 225, 475",
    "draft7, http://json-schema.org/draft-07/schema#, false, 295, 220, 460",
    "draft6, http://json-schema.org/draft-06/schema#, false, 265, 215, 415",
  })
  void judgesAsTheLibraryDoes(
      String draft, String dialect, boolean formats, int schemas, int plain, int accepted)
      throws Exception {
    for (Path file : files(draft)) {
      for (JsonNode group : json(file)) {
        compare(file, withDialect(group.get("schema"), dialect), group.get("tests"), formats);
      }
    }

    assertThat(this.schemas).isGreaterThanOrEqualTo(schemas);
    assertThat(this.plain).isGreaterThanOrEqualTo(plain);
    assertThat(this.accepted).isGreaterThanOrEqualTo(accepted);
  }

  private static List<Path> files(String draft) throws IOException {
    try (var files = Files.walk(SUITE.resolve(draft))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private void compare(Path file, JsonNode schema, JsonNode tests, boolean formats)
      throws Exception {
    var records = records(tests);
    Path written = write(schema);
    String what = file.getFileName() + ": " + schema;

    List<String> fast = verdicts(new Validate(true), written, formats, records);
    List<String> library = verdicts(new Validate(false), written, formats, records);

    assertThat(fast).as(what).isEqualTo(library);
    schemas++;
    var check = library.getFirst().startsWith("failed") ? null : plain(written, formats);
    if (check == null) {
      return;
    }
    plain++;
    for (int i = 0; i < records.size(); i++) {
      boolean accepts = check.accepts(records.get(i));
      if (accepts) {
        assertThat(library.get(i)).as(what + " " + records.get(i)).isEqualTo("valid");
      }
      accepted += accepts ? 1 : 0;
    }
  }

  private static @Nullable PlainCheck plain(Path schema, boolean formats) throws IOException {
    return SchemaFile.compile(schema, "schema", formats, true).plain();
  }

  /** What becomes of each record, or of all when the schema cannot be used. */
  private static List<String> verdicts(
      Validate processor, Path schema, boolean formats, List<DataRecord> records) throws Exception {
    var options = new Validate.Options(List.of(), Map.of(), schema, formats);
    var tester = ProcessorTester.of(processor, options);
    // Read again: the tree that the other way made would be there.
    records.forEach(record -> tester.json(record.text()));
    try {
      var result = tester.run();
      var verdicts = new ArrayList<String>();
      for (long line = 1; line <= records.size(); line++) {
        verdicts.add("valid");
      }
      result
          .rejects()
          .forEach(
              reject -> verdicts.set((int) reject.record().origin().line() - 1, reject.reason()));
      assertThat(result.texts()).hasSize((int) verdicts.stream().filter("valid"::equals).count());
      return verdicts;
    } catch (PermanentFailure e) {
      return List.of("failed: " + e.getMessage());
    }
  }

  private static List<DataRecord> records(JsonNode tests) {
    var records = new ArrayList<DataRecord>();
    for (JsonNode test : tests) {
      String text = DataRecord.json(test.get("data"), Origin.NONE).text();
      records.add(DataRecord.text(text, Origin.NONE).parsed());
    }
    return records;
  }

  /** Up to draft 7 the suite leaves it to the file's place which draft is meant. */
  private static JsonNode withDialect(JsonNode schema, String dialect) {
    if (!(schema instanceof ObjectNode object) || object.has("$schema")) {
      return schema;
    }
    return object.deepCopy().put("$schema", dialect);
  }

  private Path write(JsonNode schema) throws IOException {
    var text = DataRecord.json(schema, Origin.NONE).text();
    return Files.writeString(folder.resolve("schema.json"), text);
  }

  private static JsonNode json(Path file) throws IOException {
    return DataRecord.text(Files.readString(file), Origin.NONE).parsed().json();
  }
}
