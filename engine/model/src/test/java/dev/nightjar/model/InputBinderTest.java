package dev.nightjar.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InputBinderTest {

  private static final String WORKFLOW =
      """
      name: inputs
      inputs:
        day: {type: date, required: true, min: 2026-01-01}
        count: {type: integer, default: 3, min: 1, max: 10}
        share: {type: number}
        level: {type: string, enum: [low, high], default: low}
        code: {type: string, pattern: "[a-z]{2}-[0-9]+"}
        file: {type: path, default: data/*.csv}
        wait: {type: duration, max: 1h}
        list: {type: list, max: 2}
        flag: {type: boolean}
        any: {type: json}
        token: {type: secret, min: 4}
      steps:
        - uses: flow.log
          with: {message: hi}
      """;

  private final Diagnostics diagnostics = new Diagnostics();

  private InputBinder.@Nullable Bound bind(@Nullable String file, String... pairs) {
    var values =
        file == null ? null : YamlReader.read(new SourceText("in.yaml", file), diagnostics);
    return InputBinder.bind(workflow(), values, List.of(pairs), Path.of("/here"), diagnostics);
  }

  private InputBinder.@Nullable Bound bindAgain(String before, String... pairs) {
    var values = new LinkedHashMap<String, JsonNode>();
    JsonMapper.shared()
        .readTree(before)
        .properties()
        .forEach(one -> values.put(one.getKey(), one.getValue()));
    return InputBinder.bind(
        workflow(), values, null, List.of(pairs), Path.of("/here"), diagnostics);
  }

  private Workflow workflow() {
    Workflow workflow =
        WorkflowReader.read(
            new SourceText("w.yaml", WORKFLOW),
            Path.of("/job/w.yaml"),
            TestCatalog.catalog(),
            diagnostics);
    return Objects.requireNonNull(workflow);
  }

  @Test
  void givesEachInputItsTypeAndDefault() {
    var bound =
        bind(
            null,
            "day=2026-02-03",
            "share=1.50",
            "list=[a, 1]",
            "any={x: [1]}",
            "flag=true",
            "token=s3cret",
            "code=ab-1",
            "wait=T3");
    assertThat(Golden.printed(diagnostics)).isEmpty();
    assertThat(bound)
        .hasToString(
            "{\"day\":\"2026-02-03\",\"count\":3,\"share\":1.50,\"level\":\"low\",\"code\":\"ab-1\","
                + "\"file\":\"data/*.csv\",\"wait\":\"T3\",\"list\":[\"a\",1],\"flag\":true,"
                + "\"any\":{\"x\":[1]}}");
    assertThat(Objects.requireNonNull(bound).secrets()).containsEntry("token", "s3cret");
  }

  @Test
  void aGivenPathStartsWhereThePersonStands() {
    var bound = Objects.requireNonNull(bind("{day: 2026-02-03, file: a.csv}", "file=../b/*.csv"));
    assertThat(bound.values().get("file").stringValue()).isEqualTo("/b/*.csv");
  }

  @Test
  void takesOverWhatAnotherRunWasGiven() {
    var bound =
        Objects.requireNonNull(
            bindAgain(
                """
                {"day": "2026-02-03", "count": 7, "file": "data/*.csv", "share": null,
                 "gone": 1, "level": "high"}
                """,
                "level=low"));

    assertThat(Golden.printed(diagnostics)).isEmpty();
    assertThat(bound.values().get("day").stringValue()).isEqualTo("2026-02-03");
    assertThat(bound.values().get("count").intValue()).isEqualTo(7);
    assertThat(bound.values().get("level").stringValue()).isEqualTo("low");
    assertThat(bound.values().get("file").stringValue()).isEqualTo("data/*.csv");
    assertThat(bound.values().has("gone")).isFalse();
    assertThat(bound.secrets()).isEmpty();
  }

  @Test
  void whatIsTakenOverStillHasToFit() {
    assertThat(bindAgain("{\"day\": \"2025-12-31\", \"count\": 11}", "count=4")).isNull();

    assertThat(Golden.printed(diagnostics))
        .startsWith("w.yaml:3:3: error[bad-input]: the input `day` is `2025-12-31`, which is ")
        .doesNotContain("count` is");
  }

  @Test
  void aSecretThatWasGivenHasToBeGivenAgain() {
    assertThat(bindAgain("{\"day\": \"2026-02-03\", \"token\": \"***\"}")).isNull();
    assertThat(Golden.printed(diagnostics))
        .contains(
            "the input `token` is a secret, which no run remembers",
            "give it again with `--input token=...`");
  }

  @Test
  void aSecretThatIsGivenAgainIsTaken() {
    var bound = bindAgain("{\"day\": \"2026-02-03\", \"token\": \"***\"}", "token=s3cret");
    assertThat(Objects.requireNonNull(bound).secrets()).containsEntry("token", "s3cret");
  }

  @Test
  void tellsAllMistakesAtOnceAndNoSecret() {
    assertThat(
            bind(
                """
                share: much
                cuont: 3
                """,
                "day=2026-13-01",
                "count=11",
                "level=lo",
                "code=x",
                "wait=2h",
                "list=[1, 2, 3]",
                "flag=yes",
                "any=[",
                "token=abc",
                "file",
                "colour=red",
                "day=2026-01-01"))
        .isNull();
    assertThat(Golden.printed(diagnostics))
        .isEqualTo(
            """
            --input:1:1: error[bad-input]: `file` gives no value
             1 | file
               | ^^^^
               = write `name=value`

            --input:1:1: error[bad-input]: the workflow has no input `colour`
             1 | colour
               | ^^^^^^
               = it has: any, code, count, day, file, flag, level, list, share, token, wait

            --input:1:1: error[bad-input]: the input `day` is given twice
             1 | day
               | ^^^

            --input:1:5: error[bad-input]: the input `day` is `2026-13-01`, and must be a date such as 2026-01-31
             1 | day=2026-13-01
               |     ^^^^^^^^^^

            --input:1:6: error[bad-input]: the input `code` is `x`, which does not match [a-z]{2}-[0-9]+
             1 | code=x
               |      ^

            --input:1:6: error[bad-input]: the input `wait` is `2h`, which is more than 1h
             1 | wait=2h
               |      ^^

            --input:1:6: error[bad-input]: the input `list` is `[1,2,3]`, which is longer than 2
             1 | list=[1, 2, 3]
               |      ^^^^^^^^^

            --input:1:6: error[bad-input]: the input `flag` is `yes`, and must be `true` or `false`
             1 | flag=yes
               |      ^^^

            --input:1:7: error[bad-input]: the input `count` is `11`, which is more than 10
             1 | count=11
               |       ^^

            --input:1:7: error[bad-input]: the input `level` is `lo`, which is none of low, high
             1 | level=lo
               |       ^^

            --input:1:7: error[bad-input]: the input `token` is shorter than 4
             1 | token=***
               |       ^^^

            --input any:1:1: error[yaml-syntax]: `[` is never closed
             1 | [
               | ^
               = add the missing `]`

            in.yaml:1:8: error[bad-input]: the input `share` is `much`, and must be a number
             1 | share: much
               |        ^^^^

            in.yaml:2:1: error[bad-input]: the workflow has no input `cuont`
             2 | cuont: 3
               | ^^^^^
               = did you mean `count`?

            """);
  }

  @Test
  void whatIsAboutAnInputSaysWhichForPrograms() {
    assertThat(bindAgain("{\"token\": \"***\", \"share\": \"a\"}", "count=11", "cuont=3")).isNull();

    assertThat(diagnostics.sorted())
        .filteredOn(one -> one.input() != null)
        .allSatisfy(one -> assertThat(one.message()).contains("`" + one.input() + "`"))
        .extracting(Diagnostic::input)
        .containsExactlyInAnyOrder("token", "share", "count", "day");
    assertThat(diagnostics.sorted()).hasSize(5);
  }

  @Test
  void namesARequiredInputWhereItIsDeclared() {
    bind(null);
    assertThat(Golden.printed(diagnostics))
        .isEqualTo(
            """
            w.yaml:3:3: error[bad-input]: the input `day` is required: a date such as 2026-01-31
             3 |   day: {type: date, required: true, min: 2026-01-01}
               |   ^^^
               = give it with `--input day=...`

            """);
  }
}
