package dev.nightjar.plugin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.json.Merge.Arrays;
import dev.nightjar.plugin.json.Merge.Mode;
import dev.nightjar.plugin.json.Merge.Prefer;
import dev.nightjar.plugin.json.Select.Missing;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Origin;
import dev.nightjar.testkit.ProcessorTester;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChangeTest {

  private static List<FieldPath> paths(String... paths) {
    return List.of(paths).stream().map(FieldPath::of).toList();
  }

  private static JsonNode json(String json) {
    return DataRecord.text(json, Origin.NONE).parsed().json();
  }

  private static ProcessorTester<?> select(Missing missing, String... fields) {
    return ProcessorTester.of(
        new Select(), new Select.Options(paths(fields), Map.of(), List.of(), missing));
  }

  @Test
  void keepsFieldsAtTheirPlaceInTheOrderGiven() throws Exception {
    assertThat(
            select(
                    Missing.OMIT,
                    "n",
                    "customer.name",
                    "items[*].sku",
                    "customer.id",
                    "items[*].q.x")
                .json(
                    "{\"items\":[{\"sku\":1.00,\"q\":{\"x\":1e5}},{\"no\":1},7],"
                        + "\"customer\":{\"id\":-0,\"name\":\"é\",\"age\":3},\"n\":1E999999999}",
                    "{\"customer\":5,\"items\":{}}")
                .run()
                .texts())
        .containsExactly(
            "{\"n\":1E999999999,\"customer\":{\"name\":\"é\",\"id\":-0},"
                + "\"items\":[{\"sku\":1.00,\"q\":{\"x\":1e5}},{},{}]}",
            "{}");
  }

  @Test
  void treatsMissingFieldsAsTold() throws Exception {
    assertThat(
            select(Missing.NULL, "a.b", "c", "d[*].e").json("{\"c\":1,\"d\":[{}]}").run().texts())
        .containsExactly("{\"a\":{\"b\":null},\"c\":1,\"d\":[{\"e\":null}]}");
    var result =
        select(Missing.REJECT, "a.b").json("{\"a\":{\"b\":null}}", "{\"a\":{}}", "[]").run();
    assertThat(result.texts()).containsExactly("{\"a\":{\"b\":null}}");
    assertThat(result.rejects())
        .extracting(reject -> reject.reason())
        .containsOnly("field `a.b` is missing");
  }

  @Test
  void givesFieldsNewNames() throws Exception {
    var as = new LinkedHashMap<String, FieldPath>();
    as.put("name", FieldPath.of("customer.name"));
    as.put("skus", FieldPath.of("items[*].sku"));
    as.put("first", FieldPath.of("items[0].sku"));
    var options = new Select.Options(paths("id"), as, List.of(), Missing.OMIT);

    assertThat(
            ProcessorTester.of(new Select(), options)
                .json(
                    "{\"items\":[{\"sku\":1.0},{\"sku\":2}],\"customer\":{\"name\":\"x\"},\"id\":7}")
                .run()
                .texts())
        .containsExactly("{\"id\":7,\"name\":\"x\",\"skus\":[1.0,2],\"first\":1.0}");
  }

  @Test
  void dropsFields() throws Exception {
    var options = new Select.Options(List.of(), Map.of(), paths("a", "b.c"), Missing.OMIT);

    assertThat(
            ProcessorTester.of(new Select(), options)
                .json("{\"a\":1, \"b\":{\"c\":2,\"d\": 1.00}}", "{\"x\" : 1}")
                .run()
                .records())
        .extracting(DataRecord::json)
        .containsExactly(json("{\"b\":{\"d\":1.00}}"), json("{\"x\":1}"));
  }

  @Test
  void saysWhichFieldsCannotBeSelected() {
    assertThatThrownBy(() -> select(Missing.OMIT)).hasMessage("fields, as or drop must be given");
    assertThatThrownBy(() -> select(Missing.OMIT, "a[0]")).hasMessageContaining("with `as`");
    assertThatThrownBy(() -> select(Missing.OMIT, "a.b", "a"))
        .hasMessage("fields: `a.b` is kept already, by `a`");
    assertThatThrownBy(() -> new Select.Options(paths("a"), Map.of(), paths("b"), Missing.OMIT))
        .hasMessage("drop cannot be combined with fields or as");
  }

  private static Expression field(String path) {
    return new Expression() {
      @Override
      public JsonNode value(DataRecord record) {
        return record.at(FieldPath.of(path));
      }

      @Override
      public boolean test(DataRecord record) {
        return value(record).booleanValue();
      }
    };
  }

  @Test
  void setsFieldsFromTheRecordAsItCameIn() throws Exception {
    var values = new LinkedHashMap<String, Expression>();
    values.put("a", field("b"));
    values.put("b", field("a"));
    values.put("c.d", field("a"));
    var result =
        ProcessorTester.of(new SetFields(), new SetFields.Options(values))
            .json("{\"a\": 1.00, \"b\": 2e0}", "[]")
            .run();

    assertThat(result.texts()).containsExactly("{\"a\": 2e0, \"b\": 1.00,\"c\":{\"d\":1.00}}");
    assertThat(result.rejects()).hasSize(1);
    assertThatThrownBy(() -> new SetFields.Options(Map.of("a[", field("a"))))
        .hasMessageStartingWith("values: `a[`: ");
  }

  private static String merged(Mode mode, Arrays arrays, Prefer prefer, String record, String with)
      throws Exception {
    var options = new Merge.Options(json(with), null, mode, arrays, prefer);
    return ProcessorTester.of(new Merge(), options).json(record).run().texts().get(0);
  }

  @Test
  void mergesAnObjectIntoEachRecord() throws Exception {
    String record = "{\"a\": {\"x\": 1.00, \"y\": [1]}, \"b\": 2}";
    String with = "{\"a\":{\"y\":[2.0],\"z\":{\"q\":1e1}},\"b\":3.0}";

    assertThat(merged(Mode.DEEP, Arrays.REPLACE, Prefer.MERGED, record, with))
        .isEqualTo("{\"a\": {\"x\": 1.00, \"y\": [2.0],\"z\":{\"q\":1e1}}, \"b\": 3.0}");
    assertThat(merged(Mode.DEEP, Arrays.APPEND, Prefer.RECORD, record, with))
        .isEqualTo("{\"a\": {\"x\": 1.00, \"y\": [1,2.0],\"z\":{\"q\":1e1}}, \"b\": 2}");
    assertThat(merged(Mode.SHALLOW, Arrays.APPEND, Prefer.MERGED, record, with))
        .isEqualTo("{\"a\": {\"y\":[2.0],\"z\":{\"q\":1e1}}, \"b\": 3.0}");
    assertThat(merged(Mode.SHALLOW, Arrays.REPLACE, Prefer.RECORD, record, with)).isEqualTo(record);
    assertThat(
            merged(Mode.DEEP, Arrays.REPLACE, Prefer.MERGED, "{\"a\":1}", "{\"a.b\":{\"c\":{}}}"))
        .isEqualTo("{\"a\":1,\"a.b\":{\"c\":{}}}");
  }

  @Test
  void mergesTheObjectOfAFieldIntoWhatHoldsIt() throws Exception {
    var options =
        new Merge.Options(null, FieldPath.of("meta"), Mode.DEEP, Arrays.REPLACE, Prefer.MERGED);
    var result =
        ProcessorTester.of(new Merge(), options)
            .json(
                "{\"meta\":{\"a\":1.00,\"o\":{\"x\":1}},\"o\":{\"y\":2.0},\"b\":-0}",
                "{\"meta\":null, \"b\":1}",
                "{\"meta\":{\"meta\":1}}",
                "{\"meta\":[]}")
            .run();

    assertThat(result.texts())
        .containsExactly(
            "{\"o\":{\"y\":2.0,\"x\":1},\"b\":-0,\"a\":1.00}",
            "{\"meta\":null, \"b\":1}",
            "{\"meta\":1}");
    assertThat(result.rejects().get(0).reason())
        .isEqualTo("field `meta`: an object is expected, not an array");
  }

  @Test
  void mergesInsideAField() throws Exception {
    var options =
        new Merge.Options(null, FieldPath.of("a.b"), Mode.DEEP, Arrays.REPLACE, Prefer.RECORD);

    assertThat(
            ProcessorTester.of(new Merge(), options)
                .json("{\"n\": 1.0, \"a\": {\"b\":{\"x\":1,\"y\":2},\"x\":0}}")
                .run()
                .texts())
        .containsExactly("{\"n\": 1.0, \"a\": {\"x\":0,\"y\":2}}");
  }

  @Test
  void saysWhatCannotBeMerged() {
    assertThatThrownBy(
            () -> new Merge.Options(json("[]"), null, Mode.DEEP, Arrays.REPLACE, Prefer.MERGED))
        .hasMessage("with must be an object, not an array");
    assertThatThrownBy(
            () -> new Merge.Options(null, null, Mode.DEEP, Arrays.REPLACE, Prefer.MERGED))
        .hasMessage("either with or field must be given, and not both");
  }
}
