package dev.nightjar.plugin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.json.Format.Style;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.testkit.ProcessorTester;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParseAndFormatTest {

  /** Numbers that any arithmetic would change. */
  private static final String EXACT = "[1.00,-0,1E+5,1e999999999,0.1e-7,12345678901234567890]";

  @Test
  void parsesTextAndBytes() throws Exception {
    byte[] bytes = " {\"a\": 1.00}\n".getBytes(StandardCharsets.UTF_8);
    var result =
        ProcessorTester.of(new Parse(), new Parse.Options(List.of()))
            .text(EXACT, "{\"a\":1,}", "{} {}", "")
            .record(DataRecord.bytes(bytes, 0, bytes.length, Origin.NONE))
            .run();

    assertThat(result.records()).extracting(DataRecord::kind).containsOnly(Kind.JSON);
    assertThat(result.records().get(0).text()).isEqualTo(EXACT);
    assertThat(result.records().get(1).at(FieldPath.of("a")).asString()).isEqualTo("1.00");
    assertThat(result.rejects()).hasSize(3);
  }

  @Test
  void parsesJsonInsideFields() throws Exception {
    var options = new Parse.Options(List.of(FieldPath.of("body"), FieldPath.of("all[*]")));
    var result =
        ProcessorTester.of(new Parse(), options)
            .json(
                "{\"n\":1.0, \"body\":\"{\\\"x\\\": 2.50}\"}",
                "{\"body\":null,\"all\":[\"1e5\",\"[]\"]}",
                "{\"body\":\"{\"}",
                "{\"body\":{}}")
            .run();

    assertThat(result.texts()).hasSize(2);
    assertThat(result.records().get(0).at(FieldPath.of("body.x")).asString()).isEqualTo("2.50");
    assertThat(result.texts().get(1)).isEqualTo("{\"body\":null,\"all\":[1e5,[]]}");
    assertThat(result.rejects().get(0).reason()).startsWith("field `body`: ");
    assertThat(result.rejects().get(1).reason())
        .isEqualTo("field `body`: a string is expected, not an object");
  }

  private static Format.Options format(Style style, boolean sorted, String... fields) {
    return new Format.Options(
        style, 2, sorted, List.of(fields).stream().map(FieldPath::of).toList());
  }

  @Test
  void writesCompactTextWithoutTouchingValues() throws Exception {
    var result =
        ProcessorTester.of(new Format(), format(Style.COMPACT, false))
            .json(" { \"a b\" : [ 1.00 , \"x \\\" \\u00e9 \" ] }\t", EXACT, "\" \"")
            .run();

    assertThat(result.texts())
        .containsExactly("{\"a b\":[1.00,\"x \\\" \\u00e9 \"]}", EXACT, "\" \"");
    assertThat(result.records()).extracting(DataRecord::kind).containsOnly(Kind.TEXT);
  }

  @Test
  void writesPrettyText() throws Exception {
    assertThat(
            ProcessorTester.of(new Format(), format(Style.PRETTY, false))
                .json("{\"b\":[1.0,{ }],\"a\":{\"x\":[ \n]}, \"s\":\"{[,:\"}")
                .run()
                .texts())
        .containsExactly(
            """
            {
              "b": [
                1.0,
                {}
              ],
              "a": {
                "x": []
              },
              "s": "{[,:"
            }\
            """);
  }

  @Test
  void sortsKeys() throws Exception {
    assertThat(
            ProcessorTester.of(new Format(), format(Style.COMPACT, true))
                .json("{\"b\":1.00,\"a\":[{\"d\":1e5,\"c\":-0}],\"B\":null}")
                .run()
                .texts())
        .containsExactly("{\"B\":null,\"a\":[{\"c\":-0,\"d\":1e5}],\"b\":1.00}");
  }

  @Test
  void writesFieldsAsStrings() throws Exception {
    assertThat(
            ProcessorTester.of(new Format(), format(Style.COMPACT, false, "a"))
                .json("{\"a\": {\"x\": 1.0}, \"n\": 1e2}", "{}")
                .run()
                .texts())
        .containsExactly("{\"a\": \"{\\\"x\\\":1.0}\", \"n\": 1e2}", "{}");
  }

  @Test
  void rejectsWhatGrowsWithoutBoundWhenIndented() throws Exception {
    String deep = "[".repeat(900) + "1,".repeat(40_000) + "1" + "]".repeat(900);
    var result =
        ProcessorTester.of(new Format(), format(Style.PRETTY, false)).json(deep, "[]").run();

    assertThat(result.texts()).containsExactly("[]");
    assertThat(result.rejects().get(0).reason()).contains("64 MiB");
  }

  @Test
  void boundsTheIndent() {
    assertThatThrownBy(() -> new Format.Options(Style.PRETTY, 17, false, List.of()))
        .hasMessage("indent must be from 0 to 16");
  }
}
