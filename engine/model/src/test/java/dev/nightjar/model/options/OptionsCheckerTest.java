package dev.nightjar.model.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.expression.Scope;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.Records;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.RetryPolicy;
import dev.nightjar.spi.Secret;
import dev.nightjar.spi.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OptionsCheckerTest {

  private static final Map<String, Type> NAMES =
      Map.of(
          "inputs",
          new Type.Fields(
              Map.of(
                  "n", Type.INT,
                  "text", Type.STRING,
                  "list", new Type.ListOf(Type.STRING),
                  "any", Type.ANY)),
          "secrets",
          new Type.MapOf(Type.STRING));

  private static final JsonNode SECRETS = JsonMapper.shared().readTree("{\"s\": \"hunter2\"}");

  private final Diagnostics diagnostics = new Diagnostics();
  private String inputs = "{}";

  enum Mode {
    LINES,
    @Emits(Emitted.BYTES)
    WHOLE_FILE
  }

  record Part(@Doc("D.") double size, @Doc("D.") @Default("x") String unit) {}

  record All(
      @Doc("D.") @Nullable String text,
      @Doc("D.") @Default("true") boolean flag,
      @Doc("D.") @Default("7") int count,
      @Doc("D.") @Default("7") long large,
      @Doc("D.") @Default("0.5") double share,
      @Doc("D.") @Default("1m30s") Duration pause,
      @Doc("D.") @Default("out") Path path,
      @Doc("D.") @Nullable LocalDate day,
      @Doc("D.") @Nullable JsonNode data,
      @Doc("D.") @Default("[a.b, c]") @Accepts(Kind.JSON) List<FieldPath> fields,
      @Doc("D.") @Default("true") Expression where,
      @Doc("D.") @Default("x") Template name,
      @Doc("D.") @Nullable Records side,
      @Doc("D.") @Default("lines") Mode mode,
      @Doc("D.") @Default("{}") Map<String, Integer> sizes,
      @Doc("D.") @Default("{}") Map<String, Expression> set,
      @Doc("D.") @Default("[]") List<Part> parts,
      @Doc("D.") @Nullable @Secret String token) {

    All {
      if (count < 0) {
        throw new IllegalArgumentException("count must not be negative");
      }
    }
  }

  record Needy(@Doc("D.") Path path, @Doc("D.") String label, @Doc("D.") @Nullable String note) {}

  private static <R extends Record> ProcessorDeclaration declaration(Class<R> options) {
    return new ProcessorDeclaration(
        "a.p",
        "S.",
        ProcessorDeclaration.Shape.RECORD,
        List.of(Kind.TEXT),
        Emitted.TEXT,
        Effect.PURE,
        dev.nightjar.spi.ProcessorSpec.Scope.SPLIT,
        List.of(),
        List.of(),
        List.of(),
        OptionDeclarations.of(options),
        "a.P");
  }

  private YamlNode yaml(String text) {
    return YamlReader.read(new SourceText("w.yaml", text), diagnostics);
  }

  private <R extends Record> CheckedOptions check(Class<R> options, String with) {
    YamlNode node = with.isEmpty() ? null : yaml(with);
    var step = new Place(new SourceText("step", "step"), 0, 4);
    return OptionsChecker.check(
        declaration(options), node, step, NAMES, Durations.NAMED, diagnostics);
  }

  private All bind(String with) {
    CheckedOptions checked = check(All.class, with);
    assertThat(messages()).isEmpty();
    return checked.bind(All.class, binding());
  }

  private Binding binding() {
    JsonNode given = JsonMapper.shared().readTree(inputs);
    return new Binding() {
      @Override
      public Scope scope() {
        return name -> name.equals("inputs") ? given : SECRETS;
      }

      @Override
      public Path folder() {
        return Path.of("/flows");
      }

      @Override
      public Records records(String step) {
        return () -> {
          throw new IllegalStateException("records of " + step);
        };
      }

      @Override
      public RecordMakers makers() {
        return new RecordMakers();
      }
    };
  }

  private List<String> messages() {
    return diagnostics.sorted().stream()
        .map(one -> one.place() + ": " + one.code().id() + ": " + one.message() + hint(one))
        .toList();
  }

  private static String hint(Diagnostic one) {
    return one.hints().isEmpty() ? "" : " (" + String.join("; ", one.hints()) + ")";
  }

  @Test
  void defaultsApplyWhereNothingIsGiven() {
    All all = bind("");

    assertThat(all.text()).isNull();
    assertThat(all.flag()).isTrue();
    assertThat(all.count()).isEqualTo(7);
    assertThat(all.large()).isEqualTo(7L);
    assertThat(all.share()).isEqualTo(0.5);
    assertThat(all.pause()).isEqualTo(Duration.ofSeconds(90));
    assertThat(all.path()).isEqualTo(Path.of("/flows/out"));
    assertThat(all.fields()).extracting(FieldPath::text).containsExactly("a.b", "c");
    assertThat(all.where().test(record("{}"))).isTrue();
    assertThat(all.name().text(record("{}"))).isEqualTo("x");
    assertThat(all.mode()).isEqualTo(Mode.LINES);
    assertThat(all.sizes()).isEmpty();
    assertThat(all.parts()).isEmpty();
  }

  @Test
  void emptyValuesAreNotGiven() {
    assertThat(bind("{text: , count: ~, fields: null}").count()).isEqualTo(7);
  }

  private static DataRecord record(String json) {
    return DataRecord.json(JsonMapper.shared().readTree(json), Origin.NONE);
  }

  @Test
  void valuesAreReadByType() {
    All all =
        bind(
            """
            text: 1.20
            flag: false
            count: -0
            large: 9223372036854775807
            share: 3
            pause: T3
            path: ../data/in.txt
            day: 2026-02-28
            data: {a: [1, null, x]}
            fields: customer.name
            mode: whole_file
            sizes: {a: 1, b: 2}
            parts: [{size: 1.5}, {size: 2, unit: kg}]
            """);

    assertThat(all.text()).isEqualTo("1.20");
    assertThat(all.flag()).isFalse();
    assertThat(all.large()).isEqualTo(Long.MAX_VALUE);
    assertThat(all.share()).isEqualTo(3.0);
    assertThat(all.pause()).isEqualTo(Duration.ofSeconds(2));
    assertThat(all.path()).isEqualTo(Path.of("/flows/../data/in.txt"));
    assertThat(all.day()).isEqualTo(LocalDate.of(2026, 2, 28));
    assertThat(all.data().toString()).isEqualTo("{\"a\":[1,null,\"x\"]}");
    assertThat(all.fields()).extracting(FieldPath::text).containsExactly("customer.name");
    assertThat(all.mode()).isEqualTo(Mode.WHOLE_FILE);
    assertThat(all.sizes()).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    assertThat(all.parts()).containsExactly(new Part(1.5, "x"), new Part(2, "kg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cuont: 1 | w.yaml:1:1: unknown-option: `a.p` has no option `cuont` (did you mean `count`?)
          count: x | w.yaml:1:8: bad-option: `count` takes a whole number, not the text `x`
          count: "5" | w.yaml:1:8: bad-option: `count` takes a whole number, not the text `5` (leave the quotes out; in an expression, int(...) and double(...) make numbers)
          count: 1.5 | w.yaml:1:8: bad-option: `count` takes a whole number, not `1.5`
          count: 2147483648 | w.yaml:1:8: bad-option: `count` takes a whole number from -2147483648 to 2147483647, not `2147483648`
          count: [1] | w.yaml:1:8: bad-option: `count` takes a whole number, not a list
          flag: yes | w.yaml:1:7: bad-option: `flag` takes true or false, not the text `yes` (YAML 1.2 knows only true and false, without quotes)
          share: .inf | w.yaml:1:8: bad-option: `share` takes a finite number, not `.inf`
          pause: 30 | w.yaml:1:8: bad-option: `pause` takes a duration, not `30` (write a number with its unit: 500ms, 30s, 5m, 1h30m, 2d)
          pause: T9 | w.yaml:1:8: bad-option: `pause` takes a duration, not `T9` (did you mean `T1`?)
          pause: -1s | w.yaml:1:8: bad-option: `pause` takes a duration of 0s or more, not `-1s`
          day: 2026-02-30 | w.yaml:1:6: bad-option: `day` takes a date such as 2026-11-20, not `2026-02-30`
          path: "" | w.yaml:1:7: bad-option: `path` takes a path, not an empty text (write `.` for the workflow's folder)
          mode: lime | w.yaml:1:7: bad-option: `mode` takes one of lines, whole_file, not the text `lime`
          mode: linse | w.yaml:1:7: bad-option: `mode` takes one of lines, whole_file, not the text `linse` (did you mean `lines`?)
          text: {a: 1} | w.yaml:1:7: bad-option: `text` takes text, not a map
          sizes: 5 | w.yaml:1:8: bad-option: `sizes` takes a map, each value a whole number, not `5`
          sizes: {a: x} | w.yaml:1:12: bad-option: `sizes.a` takes a whole number, not the text `x`
          parts: {unit: x} | w.yaml:1:8: missing-option: `parts` needs the option `size`
          parts: [{size: 1, units: x}] | w.yaml:1:19: unknown-option: each item of `parts` has no option `units` (did you mean `unit`?)
          where: "record.x > ${{ 1 }}" | w.yaml:1:20: bad-expression: `where` is an expression already (leave out `${{` and `}}`)
          count: ${{ inputs.text }} | w.yaml:1:8: bad-option: `count` takes a whole number, and this gives text (int(...) makes a whole number of text, double(...) any number)
          flag: x${{ inputs.n }} | w.yaml:1:7: bad-option: `flag` takes true or false, and this gives text
          mode: ${{ inputs.text }} | w.yaml:1:7: bad-option: `mode` decides which kind of records the step reads or emits (write it out: one of lines, whole_file)
          side: ${{ inputs.text }} | w.yaml:1:7: bad-option: `side` takes the id of a step, written out
          fields: [a, b..c] | w.yaml:1:15: bad-option: each item of `fields` takes a field's path such as customer.name, not `b..c`: expected a name
          text: | # nothing
          """)
  void mistakesAreNamedWithTheirPlace(String with, String message) {
    check(All.class, with);

    if (message.startsWith("#")) {
      assertThat(messages()).isEmpty();
    } else {
      assertThat(messages()).containsExactly(message);
    }
  }

  @Test
  void mistakesInExpressionsPointIntoThem() {
    check(All.class, "where: record.x > nothing\ntext: a ${{ inputs.m }}\nset: {a: '1 +'}\n");

    assertThat(messages())
        .satisfiesExactly(
            one -> assertThat(one).startsWith("w.yaml:1:19: unknown-name"),
            one -> assertThat(one).startsWith("w.yaml:2:"),
            one -> assertThat(one).startsWith("w.yaml:3:"));
  }

  @Test
  void allMissingOptionsAreToldAtTheStep() {
    check(Needy.class, "");

    assertThat(messages())
        .containsExactly("step:1:1: missing-option: `a.p` needs the options `path` and `label`");
  }

  @Test
  void aRequiredOptionNeedsAValue() {
    check(Needy.class, "{path: , label: x}");

    assertThat(messages())
        .singleElement()
        .asString()
        .contains("bad-option: `path` takes a path, not null");
  }

  @Test
  void optionsAreAMap() {
    check(All.class, "[1]");

    assertThat(messages()).singleElement().asString().contains("`with` takes a map of options");
  }

  @Test
  void whereNothingIsNearAllOptionsAreListed() {
    check(Needy.class, "{path: a, label: b, zzzzzz: 1}");

    assertThat(messages()).singleElement().asString().endsWith("(it takes label, note, path)");
  }

  @Test
  void secretsAreNotRepeated() {
    check(All.class, "token: [s3cr3t]");
    assertThat(messages()).singleElement().asString().doesNotContain("s3cr3t");

    CheckedOptions checked = check(All.class, "{token: s3cr3t, text: '${{ inputs.text }}'}");
    assertThat(checked.describe())
        .hasToString("{\"text\":\"${{ inputs.text }}\",\"token\":\"***\"}");
  }

  @Test
  void expressionsAreEvaluatedWhenBound() {
    inputs = "{\"n\": 5, \"text\": \"a.b\", \"list\": [\"x\", \"y\"], \"any\": {\"size\": 2}}";
    All all =
        bind(
            """
            count: ${{ inputs.n + 1 }}
            text: n is ${{ inputs.n }}
            fields: ${{ inputs.list }}
            parts: ${{ inputs.any }}
            data: {deep: [1, "${{ inputs.list }}"]}
            path: data/${{ inputs.text }}
            """);

    assertThat(all.count()).isEqualTo(6);
    assertThat(all.text()).isEqualTo("n is 5");
    assertThat(all.fields()).extracting(FieldPath::text).containsExactly("x", "y");
    assertThat(all.parts()).containsExactly(new Part(2, "x"));
    assertThat(all.data().toString()).isEqualTo("{\"deep\":[1,[\"x\",\"y\"]]}");
    assertThat(all.path()).isEqualTo(Path.of("/flows/data/a.b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          count: ${{ inputs.any }} | "5" | w.yaml:1:8: `count` takes a whole number, not the text `5` (leave the quotes out; in an expression, int(...) and double(...) make numbers)
          pause: ${{ inputs.any }} | "soon" | w.yaml:1:8: `pause` takes a duration, not `soon`
          parts: ${{ inputs.any }} | {"sice": 1} | w.yaml:1:8: `parts` takes a map of size, unit, not `sice`
          count: ${{ inputs.any }} | -1 | w.yaml:1:8: count must not be negative
          text: ${{ inputs.any.x }} | {} | w.yaml:1:7: `text` has no value
          """)
  void valuesOnlyKnownInTheRunFailThere(String with, String any, String message) {
    inputs = "{\"any\": " + any.replace("'", "") + "}";
    CheckedOptions checked = check(All.class, with);
    assertThat(messages()).isEmpty();

    assertThatThrownBy(() -> checked.bind(All.class, binding()))
        .isInstanceOf(OptionFailure.class)
        .hasMessageStartingWith(message.replaceAll(" \\(.*", ""));
  }

  @Test
  void failuresInTheRunDoNotRepeatSecrets() {
    CheckedOptions wrong = check(All.class, "pause: ${{ secrets.s }}");
    CheckedOptions none = check(All.class, "count: ${{ int(secrets.s) }}");
    assertThat(messages()).isEmpty();

    for (CheckedOptions checked : List.of(wrong, none)) {
      assertThatThrownBy(() -> checked.bind(All.class, binding()))
          .isInstanceOf(OptionFailure.class)
          .message()
          .contains("w.yaml:1:")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void aNullInTheRunMeansTheDefault() {
    inputs = "{\"any\": null}";

    All all = bind("{count: '${{ inputs.any }}', text: '${{ inputs.any }}'}");

    assertThat(all.count()).isEqualTo(7);
    assertThat(all.text()).isNull();
  }

  @Test
  void crossChecksFailAtTheOptionTheyName() {
    CheckedOptions checked = check(All.class, "text: x\ncount: -5");

    assertThatThrownBy(() -> checked.bind(All.class, binding()))
        .isInstanceOf(OptionFailure.class)
        .hasMessage("w.yaml:2:8: count must not be negative");
  }

  @Test
  void expressionsOverRecordsSeeTheRecordAndTheRun() {
    inputs = "{\"n\": 2}";
    All all =
        bind(
            """
            where: ${{ record.x > inputs.n }}
            name: out/${{ record.day }}.txt
            set: {twice: record.x * 2}
            """);

    assertThat(all.where().test(record("{\"x\": 3}"))).isTrue();
    assertThat(all.where().test(record("{\"x\": 2}"))).isFalse();
    assertThat(all.name().constant()).isFalse();
    assertThat(all.name().text(record("{\"day\": \"mon\"}"))).isEqualTo("out/mon.txt");
    assertThat(bind("name: ${{ record.x }}").name().text(record("{\"x\": [1]}"))).isEqualTo("[1]");
    assertThat(all.set().get("twice").value(record("{\"x\": 4}")).intValue()).isEqualTo(8);
    assertThatThrownBy(() -> all.where().test(record("{}"))).isInstanceOf(Rejected.class);
  }

  @Test
  void anExpressionThatIsNoTruthRejects() {
    All all = bind("where: record.x");

    assertThatThrownBy(() -> all.where().test(record("{\"x\": 3}")))
        .isInstanceOf(Rejected.class)
        .hasMessage("`record.x` is neither true nor false");
  }

  @Test
  void referencesAreThoseToTheRun() {
    CheckedOptions checked =
        check(All.class, "{where: 'record.x > inputs.n', text: '${{ inputs.text }}', side: other}");

    assertThat(checked.references())
        .containsExactlyInAnyOrder(List.of("inputs", "n"), List.of("inputs", "text"));
    assertThat(checked.sides()).containsExactly("other");
  }

  @Test
  void kindsFollowTheOptionsGiven() {
    assertThat(check(All.class, "").accepts()).containsExactly(Kind.TEXT);
    assertThat(check(All.class, "fields: a").accepts()).containsExactly(Kind.JSON);
    assertThat(check(All.class, "").emits()).isEqualTo(Emitted.TEXT);
    assertThat(check(All.class, "mode: whole_file").emits()).isEqualTo(Emitted.BYTES);
  }

  @Test
  void oneRecordServesEveryExecutionWhereNothingDependsOnTheRun() {
    CheckedOptions fixed = check(All.class, "{where: record.x > 1, text: a}");
    CheckedOptions open = check(All.class, "{text: '${{ inputs.text }}'}");
    inputs = "{\"text\": \"b\"}";

    assertThat(fixed.bind(All.class, binding())).isSameAs(fixed.bind(All.class, binding()));
    assertThat(open.bind(All.class, binding())).isNotSameAs(open.bind(All.class, binding()));
  }

  @Test
  void mapsOfTheLanguageAreCheckedAlike() {
    RetryPolicy policy = retry("{max_attempts: 5, backoff: linear, max_elapsed: 1h}");
    assertThat(policy.maxAttempts()).isEqualTo(5);
    assertThat(policy.backoff()).isEqualTo(RetryPolicy.Backoff.LINEAR);
    assertThat(policy.maxElapsed()).isEqualTo(Duration.ofHours(1));
    assertThat(retry("4").maxAttempts()).isEqualTo(4);
    assertThat(retry("4").maxElapsed()).isNull();
    assertThat(messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {attempts: 3} | w.yaml:1:2: unknown-key: `retry` has no key `attempts` (it takes backoff, delay, factor, jitter, max_attempts, max_delay, max_elapsed, not_on, on)
          {max_attempts: 0} | w.yaml:1:16: bad-value: `retry`: max_attempts must be at least 1
          0 | w.yaml:1:1: bad-value: `retry`: max_attempts must be at least 1
          often | w.yaml:1:1: bad-value: `retry.max_attempts` takes a whole number, not the text `often`
          {delay: "${{ inputs.n }}"} | w.yaml:1:9: bad-value: `retry.delay` is needed before the run and takes no expression (write out a duration)
          [3] | w.yaml:1:1: bad-value: `retry` takes a map, or a value for `max_attempts`
          """)
  void mistakesInMapsOfTheLanguage(String yaml, String message) {
    assertThat(retry(yaml)).isNull();
    assertThat(messages()).containsExactly(message);
  }

  private RetryPolicy retry(String yaml) {
    return OptionsChecker.checkRecord(
        RetryPolicy.class, "retry", yaml(yaml), "max_attempts", Durations.NAMED, diagnostics);
  }
}
