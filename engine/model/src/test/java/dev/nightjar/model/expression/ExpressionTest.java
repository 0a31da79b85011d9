package dev.nightjar.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ExpressionTest {

  private static final Given GIVEN =
      Given.nothing()
          .name(
              "inputs",
              new Type.Fields(
                  Map.of(
                      "day", Type.STRING, "count", Type.INT, "tags", new Type.ListOf(Type.STRING))),
              """
              {"day": "2026-11-20", "count": 3, "tags": ["a", "b"]}
              """)
          .name("status", Type.ANY, "{\"success\": true, \"failure\": false, \"cancelled\": false}")
          .any("steps", "{\"clean\": {\"outputs\": {\"records\": 5, \"odd key\": 1}}}")
          .type("record", Type.ANY);

  private static DataRecord json(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return DataRecord.utf8(utf8, 0, utf8.length, Origin.NONE).parsed();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      textBlock =
          """
          inputs.count + 1                                        | 4
          inputs.day == "2026-11-20"                              | true
          timestamp(inputs.day) + duration("36h")                 | "2026-11-21T12:00:00Z"
          timestamp(inputs.day).getDayOfWeek()                    | 5
          string(timestamp(inputs.day)).substring(0, 10)          | "2026-11-20"
          duration("3500ms")                                      | "3.5s"
          duration("90m")                                         | "5400s"
          duration("-1.5s")                                       | "-1.5s"
          steps.clean.outputs.records > 0 && inputs.count in [3]  | true
          steps["clean"].outputs["odd key"]                       | 1
          steps[inputs.tags[0] + "x"]                             | error: there is no `steps[inputs.tags[0] + "x"]`
          steps.nothing.outputs                                   | error: steps has no field nothing.outputs
          has(steps.nothing.outputs)                              | false
          has(steps.clean.outputs)                                | true
          size(inputs.tags) == 2                                  | true
          inputs.tags.join("+")                                   | "a+b"
          success() && !failure() && always() && !cancelled()     | true
          1 / (inputs.count - 3)                                  | error: division by zero in `1 / (inputs.count - 3)`
          9223372036854775807 + inputs.count                      | error: the result does not fit 64 bits in `9223372036854775807 + inputs.count`
          steps.clean - 1                                         | error: `-` does not take a map and an int in `steps.clean - 1`
          1.0 / 0.0                                               | error: the value is Infinity, which JSON cannot hold
          {"a": [1, {2: duration("1s")}]}                         | {"a":[1,{"2":"1s"}]}
          b"\\xff"                                                 | "/w=="
          math.greatest(inputs.count, 2.5)                        | 3
          """)
  void gives(String expression, String expected) {
    assertThat(GIVEN.outcome(expression)).isEqualTo(expected);
  }

  @Test
  void passesValuesOnUntouched() {
    JsonNode exact =
        json("{\"price\": 1.500, \"big\": 1e999999, \"long\": 12345678901234567890}").json();
    Scope scope = name -> exact;
    CompiledExpression price = GIVEN.compiled("record.price");
    assertThat(price.evaluate(scope, null)).isSameAs(exact.get("price"));
    assertThat(GIVEN.compiled("inputs.count == 0 ? 1 : record.big").type()).isEqualTo(Type.ANY);
    assertThat(GIVEN.compiled("true ? record.big : 1").evaluate(scope, null))
        .isSameAs(exact.get("big"));
    assertThat(GIVEN.compiled("[record.long]").evaluate(scope, null))
        .hasToString("[12345678901234567890]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      textBlock =
          """
          record.customer.name == "Zoë"                      | true
          record.price * record.quantity                     | 5.0
          record.quantity * 2                                | 4
          record.items[1].sku                                | "B"
          record.items[record.quantity - 1].sku              | "B"
          record.items[2].sku                                | error: record has no field items[2].sku
          record.customer.nme                                | error: record has no field customer.nme
          has(record.customer.nme)                           | false
          has(record.customer.name.first)                    | false
          has(record.nothing)                                | true
          record.nothing == null                             | true
          record["odd key"]                                  | true
          record["a.b"]["c"]                                 | error: record has no field "a.b".c
          record.day == inputs.day                           | true
          record.quantity == "2"                             | false
          record.quantity < "3"                              | error: an int has no order with a string in `record.quantity < "3"`
          record.huge > 1                                    | error: a number is too large to compute with
          record.huge                                        | 1e999999
          size(record)                                       | 8
          "price" in record                                  | true
          record.nope > 1 || record.quantity == 2            | true
          """)
  void looksIntoJsonRecords(String expression, String expected) {
    DataRecord record =
        json(
            """
            {"customer": {"name": "Zoë"}, "price": 2.50, "quantity": 2, "day": "2026-11-20",
             "items": [{"sku": "A"}, {"sku": "B"}], "nothing": null, "odd key": true,
             "huge": 1e999999}
            """);
    String outcome;
    try {
      outcome = GIVEN.value(expression, record).toString();
    } catch (EvaluationException e) {
      outcome = "error: " + e.getMessage();
    }
    assertThat(outcome).isEqualTo(expected);
  }

  @Test
  void takesTextAndBytesAsTheyAre() {
    DataRecord text = DataRecord.text("ERROR at 5", Origin.NONE);
    assertThat(GIVEN.value("record.startsWith('ERROR') && record != ''", text)).hasToString("true");
    assertThat(GIVEN.value("has(record.x)", text)).hasToString("false");
    DataRecord bytes = DataRecord.bytes(new byte[] {1, 2, 3}, 0, 3, Origin.NONE);
    assertThat(GIVEN.value("size(record) == 3 && !has(record.x)", bytes)).hasToString("true");
  }

  @Test
  void tellsWhatItReads() {
    assertThat(GIVEN.compiled("steps.clean.outputs.records > inputs.tags[0].size()").references())
        .containsExactly(
            List.of("steps", "clean", "outputs", "records"), List.of("inputs", "tags"));
    assertThat(GIVEN.compiled("failure() || steps[inputs.day].outcome == 'failed'").references())
        .containsExactly(List.of("status", "failure"), List.of("steps"), List.of("inputs", "day"));
    assertThat(GIVEN.compiled("has(record.a) && always()").references())
        .containsExactly(List.of("record", "a"), List.of("status", "always"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      textBlock =
          """
          inputs.count        | INT
          inputs.count * 1.5  | DOUBLE
          inputs.day          | STRING
          steps.clean         | ANY
          record.a == 1       | BOOL
          duration('1s')      | DURATION
          timestamp(0)        | TIMESTAMP
          timestamp(0) - timestamp(1) | DURATION
          int(record.a)       | INT
          record.a + 'x'      | STRING
          """)
  void knowsTypesBeforeTheRun(String expression, Type.Simple type) {
    assertThat(GIVEN.compiled(expression).type()).isEqualTo(type);
  }

  @Test
  void innerNamesHideOuterOnes() {
    Scope inner = GIVEN.scope().with("steps", Given.JSON.readTree("7"));
    assertThat(GIVEN.compiled("steps + inputs.count").evaluate(inner, null)).hasToString("10");
  }
}
