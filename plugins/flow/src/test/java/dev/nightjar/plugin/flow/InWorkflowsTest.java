package dev.nightjar.plugin.flow;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.testkit.WorkflowTester;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested steps, run by the engine. */
@Timeout(60)
public class InWorkflowsTest {

  @TempDir Path folder;

  private final List<String> shown = Collections.synchronizedList(new ArrayList<>());

  @ProcessorSpec(name = "test.words", summary = "Emits words.", emits = Emitted.TEXT)
  public static final class Words implements StreamProcessor<Words.Options> {

    public record Options(@Doc("The words.") @Default("[a, b, c, d, e, f]") List<String> words) {}

    @Override
    public void process(Words.Options options, Input in, Output out, StepContext context) {
      long line = 1;
      for (String word : options.words()) {
        out.emit(DataRecord.text(word, new Origin("words", line++, -1)));
      }
    }
  }

  @ProcessorSpec(
      name = "test.show",
      summary = "Shows records to the test.",
      accepts = {Kind.TEXT, Kind.JSON})
  public static final class Show implements StreamProcessor<Show.Options> {
    private final List<String> shown;

    /** Shows them to nobody; the compiler asks for it. */
    public Show() {
      this(new ArrayList<>());
    }

    Show(List<String> shown) {
      this.shown = shown;
    }

    public record Options(@Doc("Before each.") @Default("") String prefix) {}

    @Override
    public void process(Show.Options options, Input in, Output out, StepContext context) {
      in.forEach(record -> shown.add(options.prefix() + record.text()));
    }
  }

  private WorkflowTester tester() {
    return WorkflowTester.in(folder)
        .with(new Words(), new Show(shown))
        .with(new Fail(), new ForEach(), new Log(), new Parallel(), new Retry(), new SetOutputs())
        .with(new Sleep(), new Switch());
  }

  @Test
  void retriesSeveralStepsAndCatches() throws Exception {
    WorkflowTester tester = tester();
    Ended run =
        tester.run(
            """
            name: caught
            steps:
              - id: again
                uses: flow.retry
                with: {max_attempts: 3, delay: 2s}
                steps:
                  - {id: words, uses: test.words}
                  - {id: sum, uses: flow.log, with: {message: "try ${{ attempt }}"}}
                  - {id: show, uses: test.show, from: words}
                  - {id: broken, uses: flow.fail, with: {message: no luck, retryable: true}}
                catch:
                  - {uses: flow.log, with: {message: "caught ${{ error.step }}: ${{ error.message }}"}}
            outputs: {attempts: "${{ steps.again.outputs.attempts }}"}
            """);

    assertThat(run.failure()).isNull();
    assertThat(tester.waits()).containsExactly(ofSeconds(2), ofSeconds(4));
    assertThat(shown).hasSize(18);
    assertThat(run.log().stream().filter(line -> line.startsWith("INFO")))
        .containsExactly(
            "INFO again.sum: try 1",
            "INFO again.sum: try 2",
            "INFO again.sum: try 3",
            "INFO again.catch.log: caught again.broken: no luck");
    assertThat(run.outputs().path("attempts").asInt()).isEqualTo(3);
    assertThat(run.outcome("again.broken")).isEqualTo(Outcome.FAILED);
  }

  @Test
  void failsWithWhatTheBodyFailedWith() throws Exception {
    WorkflowTester tester = tester();
    Ended run =
        tester.run(
            """
            name: permanent
            steps:
              - id: again
                uses: flow.retry
                steps: [{id: broken, uses: flow.fail, with: {message: no luck}}]
            """);

    assertThat(tester.waits()).isEmpty();
    assertThat(run.failure().step()).isEqualTo("again");
    assertThat(run.failure().message()).isEqualTo("`again.broken` failed: no luck");
    assertThat(run.failure().permanent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void worksOnManyItemsInOrder(int parallel) throws Exception {
    Ended run =
        tester()
            .run(
                """
                name: items
                steps:
                  - id: each
                    uses: flow.foreach
                    with: {in: [5, 3, 8, 1, 9, 2], max_parallel: %d}
                    steps:
                      - {id: words, uses: test.words, with: {words: ["${{ item }}"]}}
                      - {id: one, uses: flow.set, with: {values: {n: "${{ item * 10 }}"}}}
                  - {id: show, uses: test.show}
                outputs: {items: "${{ steps.each.outputs.items }}"}
                """
                    .formatted(parallel));

    assertThat(run.failure()).isNull();
    assertThat(shown)
        .containsExactly(
            "{\"n\":50}", "{\"n\":30}", "{\"n\":80}", "{\"n\":10}", "{\"n\":90}", "{\"n\":20}");
    assertThat(run.outputs().path("items").asInt()).isEqualTo(6);
    assertThat(run.outcome("each[3].one")).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void worksOnRecordsAndNests() throws Exception {
    Ended run =
        tester()
            .run(
                """
                name: records
                steps:
                  - {id: words, uses: test.words, with: {words: [x, y]}}
                  - id: outer
                    uses: flow.foreach
                    with: {max_parallel: 2}
                    steps:
                      - id: inner
                        uses: flow.foreach
                        with: {in: [1, 2], max_parallel: 2}
                        steps:
                          - id: inside
                            uses: test.words
                            with: {words: ["${{ item }}", "b"]}
                          - {id: show, uses: test.show, with: {prefix: "${{ item_index }}:"}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(shown)
        .containsExactlyInAnyOrder("0:1", "0:b", "1:2", "1:b", "0:1", "0:b", "1:2", "1:b");
    assertThat(run.outcome("outer[1].inner[0].show")).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.end("outer").metrics().recordsIn()).isEqualTo(2);
  }

  @Test
  void leavesOutItemsThatFail() throws Exception {
    String yaml =
        """
        name: some
        steps:
          - {id: words, uses: test.words}
          - id: each
            uses: flow.foreach
            with: {max_parallel: 3, on_error: %s}
            steps:
              - {uses: flow.fail, if: "item == 'c'", with: {message: "bad ${{ item }}"}}
              - {id: one, uses: flow.set, with: {values: {it: "${{ item }}"}}}
          - {id: show, uses: test.show}
        """;
    Ended skipped = tester().run(yaml.formatted("skip"));
    assertThat(skipped.failure()).isNull();
    assertThat(shown).hasSize(5).doesNotContain("{\"it\":\"c\"}");
    assertThat(skipped.end("each").outputs().path("failed").asInt()).isEqualTo(1);

    shown.clear();
    Ended failed = tester().run(yaml.formatted("fail"));
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.failure().message()).contains("item 2 (words:3)").contains("bad c");
    assertThat(failed.outcome("show")).isEqualTo(Outcome.SKIPPED);
    assertThat(shown).isEmpty();
  }

  @Test
  void runsBranchesAndCases() throws Exception {
    Ended run =
        tester()
            .run(
                """
                name: branches
                inputs: {mode: {type: string, default: fast}}
                steps:
                  - id: both
                    uses: flow.parallel
                    steps:
                      - {id: left, uses: test.words, with: {words: [l]}}
                      - {id: show_left, uses: test.show}
                      - {id: right, uses: test.words, with: {words: [r]}}
                      - {id: show_right, uses: test.show}
                  - id: pick
                    uses: flow.switch
                    with: {value: "${{ inputs.mode }}"}
                    cases:
                      fast: [{id: quick, uses: flow.log, with: {message: "fast"}}]
                      slow: [{id: slowly, uses: flow.log, with: {message: "slow"}}]
                    else: [{uses: flow.log, with: {message: "else"}}]
                outputs:
                  left: ${{ steps.both.outputs.steps.show_left.records }}
                  case: ${{ steps.pick.outputs.case }}
                """);

    assertThat(run.failure()).isNull();
    assertThat(shown).containsExactlyInAnyOrder("l", "r");
    assertThat(run.log()).containsExactly("INFO pick.cases.fast.quick: fast");
    assertThat(run.outputs().path("case").asString()).isEqualTo("fast");
  }

  @Test
  void tellsWhichBranchFailed() throws Exception {
    Ended run =
        tester()
            .run(
                """
                name: branches
                steps:
                  - id: both
                    uses: flow.parallel
                    steps:
                      - {id: left, uses: flow.fail, with: {message: no luck}}
                      - {id: right, uses: flow.log, with: {message: "fine"}}
                """);

    assertThat(run.failure().step()).isEqualTo("both");
    assertThat(run.failure().message()).contains("branch `left`").contains("no luck");
  }

  @Test
  void keepsTheOrderOfManyItems() throws Exception {
    List<String> words = IntStream.range(0, 300).mapToObj(i -> "w" + i).toList();
    Ended run =
        tester()
            .run(
                """
                name: many
                steps:
                  - {id: words, uses: test.words, with: {words: %s}}
                  - id: each
                    uses: flow.foreach
                    with: {max_parallel: 8}
                    steps:
                      - {id: one, uses: flow.set, with: {values: {w: "${{ item }}"}}}
                  - {id: show, uses: test.show}
                """
                    .formatted(words));

    assertThat(run.failure()).isNull();
    assertThat(shown).isEqualTo(words.stream().map(w -> "{\"w\":\"" + w + "\"}").toList());
  }
}
