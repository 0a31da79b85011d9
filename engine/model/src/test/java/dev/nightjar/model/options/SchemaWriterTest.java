package dev.nightjar.model.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightjar.model.options.ProcessorDeclaration.Block;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SchemaWriterTest {

  private static final String ORDERS =
      """
      name: clean-orders
      description: Keep the valid orders of one day.

      inputs:
        source: {type: path, default: data/orders-*.ndjson, description: Where the orders lie.}
        day:    {type: date, required: true}

      triggers:
        - id: nightly
          cron: "30 2 * * *"
          timezone: Europe/Berlin
          inputs: {day: "${{ trigger.date }}"}

      defaults: {timeout: 10m, retry: {max_attempts: 3, delay: 1s, backoff: exponential}}

      steps:
        - id: orders
          uses: file.read
          with: {path: "${{ inputs.source }}"}
        - uses: json.parse
        - uses: records.filter
          with: {where: "record.day == inputs.day"}
        - uses: text.trim
          with: {fields: [customer.name]}
        - id: clean
          uses: file.write
          with: {path: out/orders.ndjson}
          rejects: {path: out/rejected.ndjson, max: 1%}
        - uses: flow.switch
          with: {on: "${{ inputs.day }}", wait_time: T3}
          cases: {one: [{uses: json.parse}]}
          else: [{uses: json.parse, retry: 3, timeout: PT30S, cache: {ttl: 1d, scope: memory}}]

      on_failure:
        - uses: flow.log
          with: {message: "failed: ${{ error.message }}", data: {a: [1]}, level: warn}

      outputs:
        orders: ${{ steps.clean.outputs.records }}
      """;

  enum Level {
    @Doc("Usual.")
    INFO,
    WARN
  }

  record File(@Doc("Where.") Path path, @Doc("How many.") @Default("4") int copies) {}

  record Filter(@Doc("Which.") Expression where) {}

  record Trim(@Doc("Which.") @Default("[]") List<FieldPath> fields) {}

  record Log(
      @Doc("What.") String message,
      @Doc("How loud.") @Default("info") Level level,
      @Doc("More.") @Nullable JsonNode data) {}

  record Switch(
      @Doc("On what.") String on,
      @Doc("How long.") @Default("1s") Duration waitTime,
      @Doc("Sizes.") @Default("{}") Map<String, Long> sizes,
      @Doc("How.") @Nullable RetryPolicy retry) {}

  record Nothing() {}

  private static final JsonNode SCHEMA =
      SchemaWriter.write(
          new Catalog(
              List.of(
                  new PluginDeclaration(
                      "all",
                      "1",
                      "All.",
                      List.of(
                          declaration("file.read", File.class),
                          declaration("file.write", File.class),
                          declaration("json.parse", Nothing.class),
                          declaration("records.filter", Filter.class),
                          declaration("text.trim", Trim.class),
                          declaration("flow.log", Log.class),
                          declaration(
                              "flow.switch",
                              Switch.class,
                              new Block("cases", true),
                              new Block("else", false)))))));

  private static ProcessorDeclaration declaration(
      String name, Class<? extends Record> options, Block... blocks) {
    return new ProcessorDeclaration(
        name,
        "Summary of " + name + ".",
        Shape.STREAM,
        List.of(),
        Emitted.NONE,
        Effect.PURE,
        Scope.SPLIT,
        List.of(blocks),
        List.of(),
        List.of(),
        OptionDeclarations.of(options),
        "a.P");
  }

  private static List<String> problems(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);
    return schema.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  @Test
  void isASchemaItself() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertThat(meta.validate(SCHEMA)).isEmpty();
  }

  @Test
  void isASchemaWithoutPluginsToo() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertThat(meta.validate(SchemaWriter.write(new Catalog(List.of())))).isEmpty();
  }

  @Test
  void acceptsAWorkflow() {
    assertThat(problems(ORDERS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "steps: []",
        "{name: Orders, steps: []}",
        "{name: a, steps: [], step: []}",
        "{name: a, steps: [{uses: file.raed, with: {path: a}}]}",
        "{name: a, steps: [{with: {path: a}}]}",
        "{name: a, steps: [{uses: file.read}]}",
        "{name: a, steps: [{uses: file.read, with: {}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a, paht: b}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a, copies: four}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a, copies: 3000000000}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: [a]}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, wiht: {}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, else: []}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, retry: often}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, retry: {attempts: 3}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, retry: {delay: 5}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, timeout: 30}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, rejects: {max: lots}}]}",
        "{name: a, steps: [{uses: file.read, with: {path: a}, effect: twice}]}",
        "{name: a, steps: [{uses: flow.log, with: {message: a, level: loud}}]}",
        "{name: a, steps: [{uses: flow.switch, with: {on: a}}]}",
        "{name: a, steps: [{uses: flow.switch, with: {on: a}, cases: {x: [{uses: nothing}]}}]}",
        "{name: a, steps: [{uses: flow.switch, with: {on: a, sizes: {b: x}}, cases: {}}]}",
        "{name: a, steps: [{uses: json.parse, with: {x: 1}}]}",
        "{name: a, steps: [{uses: json.parse, id: Upper}]}",
        "{name: a, steps: [], inputs: {x: {type: text}}}",
        "{name: a, steps: [], triggers: [{timezone: UTC}]}",
        "{name: a, steps: [], triggers: [{cron: '@daily', every: 5m}]}",
        "{name: a, steps: [], concurrency: {overlap: wait}}",
        "{name: a, steps: [], concurrency: {pool: My Pool}}",
        "{name: a, steps: [], secrets: {x: {env: A, file: b}}}"
      })
  void refusesMistakes(String yaml) {
    assertThat(problems(yaml)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{path: a, copies: '${{ inputs.n }}'}",
        "{path: a, copies: null}",
        "{path: '${{ a }}'}"
      })
  void acceptsExpressionsAndNothing(String with) {
    assertThat(problems("{name: a, steps: [{uses: file.read, with: %s}]}".formatted(with)))
        .isEmpty();
  }

  @Test
  void tellsEditorsWhatThingsMean() {
    assertThat(SCHEMA.toString())
        .contains("{\"const\":\"file.read\",\"description\":\"Summary of file.read.\"}")
        .contains("{\"const\":\"info\",\"description\":\"Usual.\"}")
        .contains("\"description\":\"How many.\"")
        .contains("\"default\":4")
        .contains("\"default\":\"exponential\"");
  }
}
