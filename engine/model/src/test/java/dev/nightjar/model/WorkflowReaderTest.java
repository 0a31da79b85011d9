package dev.nightjar.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.RetryPolicy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WorkflowReaderTest {

  private static Workflow read(Path file) {
    var diagnostics = new Diagnostics();
    Workflow workflow =
        WorkflowReader.read(file, Golden.name(file), TestCatalog.catalog(), diagnostics);
    assertThat(Golden.printed(diagnostics)).isEmpty();
    return Objects.requireNonNull(workflow);
  }

  private static String printed(String text) {
    var diagnostics = new Diagnostics();
    WorkflowReader.read(
        new SourceText("w.yaml", text), Path.of("w.yaml"), TestCatalog.catalog(), diagnostics);
    return Golden.printed(diagnostics);
  }

  private static Workflow readText(String text) {
    var diagnostics = new Diagnostics();
    Workflow workflow =
        WorkflowReader.read(
            new SourceText("w.yaml", text), Path.of("w.yaml"), TestCatalog.catalog(), diagnostics);
    assertThat(Golden.printed(diagnostics)).isEmpty();
    return Objects.requireNonNull(workflow);
  }

  static List<Path> mistakes() throws IOException, URISyntaxException {
    return Golden.files("mistakes");
  }

  private static Path good(String name) throws IOException, URISyntaxException {
    return Golden.files("good").stream()
        .filter(file -> Golden.name(file).equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsAllMistakesOfAFileAtOnce(Path file) throws IOException {
    var diagnostics = new Diagnostics();
    Workflow workflow =
        WorkflowReader.read(file, Golden.name(file), TestCatalog.catalog(), diagnostics);
    assertThat(workflow).isNull();
    assertThat(Golden.printed(diagnostics)).isEqualTo(Golden.expected(file));
  }

  @Test
  void readsTheExampleOfTheLanguage() throws IOException, URISyntaxException {
    Workflow workflow = read(good("orders.yaml"));
    assertThat(workflow.steps())
        .extracting(Step::id)
        .containsExactly("orders", "parse", "valid", "filter", "trim", "clean", "snapshot");
    assertThat(workflow.steps())
        .extracting(Step::from)
        .containsExactly(null, "orders", "parse", "valid", "filter", "trim", null);
    Step clean = workflow.steps().get(5);
    assertThat(clean.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(clean.retry().maxAttempts()).isEqualTo(3);
    assertThat(clean.effect()).isEqualTo(Effect.IDEMPOTENT);
    assertThat(clean.needs()).containsExactly("trim");
    assertThat(workflow.triggers()).hasSize(1);
    assertThat(workflow.outputs()).containsOnlyKeys("orders");
  }

  @Test
  void readsEachKeyOfTheLanguage() throws IOException, URISyntaxException {
    Workflow workflow = read(good("everything.yaml"));
    assertThat(workflow.timeouts()).containsEntry("T1", Duration.ofMillis(200)).containsKey("T5");
    assertThat(workflow.concurrency())
        .isEqualTo(new Workflow.Concurrency("nightly", 2, Workflow.Overlap.CANCEL_RUNNING));
    assertThat(workflow.triggers())
        .extracting(Trigger::id)
        .containsExactly("schedule", "cron", "every", "files", "webhook", "after");
    assertThat(workflow.steps())
        .extracting(Step::id)
        .containsExactly("read", "again", "parse", "lookup", "write", "foreach", "switch");
    Step lookup = workflow.steps().get(3);
    assertThat(lookup.from()).isEqualTo("parse");
    assertThat(lookup.needs()).containsExactly("again", "parse");
    Step write = workflow.steps().get(4);
    assertThat(write.effect()).isEqualTo(Effect.ONCE);
    assertThat(write.rejects()).isEqualTo(new Step.Rejects.Skip());
    assertThat(write.retry().backoff()).isEqualTo(RetryPolicy.Backoff.EXPONENTIAL);
    assertThat(workflow.steps().getLast().blocks())
        .extracting(Step.Block::name)
        .containsExactly("cases.low", "cases.high", "else");
  }

  @Test
  void runsOfAWorkflowAreAPoolUnlessTheyShareOne() {
    Workflow workflow =
        readText(
            """
            name: alone
            concurrency: {overlap: skip}
            steps: [{uses: flow.log, with: {message: hi}}]
            """);

    assertThat(workflow.concurrency())
        .isEqualTo(new Workflow.Concurrency("alone", 1, Workflow.Overlap.SKIP));
  }

  @Test
  void anExpressionOverAStepWaitsForIt() {
    Workflow workflow =
        readText(
            """
            name: waits
            steps:
              - {id: a, uses: flow.log, with: {message: a}}
              - {id: b, uses: flow.log, needs: [], with: {message: b}}
              - id: c
                uses: flow.log
                needs: []
                with: {message: "${{ steps.a.outcome }}"}
              - id: d
                uses: flow.foreach
                needs: []
                steps:
                  - {id: e, uses: flow.log, with: {message: "${{ steps.b.outcome }}"}}
            """);
    assertThat(workflow.steps())
        .extracting(Step::needs)
        .containsExactly(List.of(), List.of(), List.of("a"), List.of("b"));
    assertThat(workflow.steps().get(3).blocks().getFirst().steps().getFirst().needs()).isEmpty();
  }

  @Test
  void warnsOfRecordsThatNobodyReads() {
    assertThat(
            printed(
                """
                name: unread
                steps:
                  - uses: file.read
                    with: {path: a}
                """))
        .isEqualTo(
            """
            w.yaml:3:11: warning[unread-records]: nobody reads the records of `read`
             3 |   - uses: file.read
               |           ^^^^^^^^^
               = a step below can read them, for instance to write them to a file

            """);
  }

  @Test
  void showsTheCircleThatStepsWaitIn() {
    assertThat(
            printed(
                """
                name: circle
                steps:
                  - {id: a, uses: flow.log, needs: [c], with: {message: a}}
                  - {id: b, uses: flow.log, with: {message: b}}
                  - {id: c, uses: flow.log, with: {message: c}}
                """))
        .startsWith("w.yaml:3:37: error[cycle]: steps wait for each other: a → c → b → a\n");
  }

  @Test
  void aMistakeBehindAnAliasIsToldOnce() {
    String text =
        """
        name: alias
        steps:
          - {id: a, uses: flow.log, with: &with {mesage: x, message: y}}
          - {id: b, uses: flow.log, with: *with}
        """;
    assertThat(printed(text)).containsOnlyOnce("has no option `mesage`");
  }

  /** Thousands of mistakes in one line of a megabyte: telling them costs little, too. */
  @Test
  void tellsTheFirstOfManyMistakes() {
    String key = "k".repeat(400);
    var text = new StringBuilder("{name: a, steps: [");
    for (int i = 0; i < 2_400; i++) {
      text.append("{uses: flow.log, ").append(key).append(i).append(": {a: 1}}, ");
    }
    long start = cpuNanos();
    String printed = printed(text.append("]}").toString());
    assertThat(printed.split("error\\[", -1)).hasSize(201);
    assertThat(Duration.ofNanos(cpuNanos() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void neverThrowsWhateverIsChanged() throws IOException, URISyntaxException {
    var random = new Random(11);
    for (Path file : Golden.files("good")) {
      List<String> lines = Files.readAllLines(file);
      List<String> words = List.of(String.join("\n", lines).split("[\\s:,{}\\[\\]\"]+"));
      for (int round = 0; round < 400; round++) {
        String text = String.join("\n", changed(lines, words, random));
        var diagnostics = new Diagnostics();
        Workflow workflow =
            WorkflowReader.read(
                new SourceText("f", text), Path.of("f"), TestCatalog.catalog(), diagnostics);
        assertThat(workflow == null).isEqualTo(diagnostics.hasErrors());
        Golden.printed(diagnostics);
      }
    }
  }

  private static List<String> changed(List<String> lines, List<String> words, Random random) {
    var changed = new ArrayList<>(lines);
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(changed.size());
      String line = changed.get(at);
      String word = words.get(random.nextInt(words.size()));
      switch (random.nextInt(5)) {
        case 0 -> changed.remove(at);
        case 1 -> changed.add(at, line);
        case 2 -> changed.add(random.nextInt(changed.size()), line);
        case 3 -> changed.set(at, line.replaceFirst(": .*", ": " + word.replace("$", "")));
        default -> changed.set(at, line.replaceFirst("[a-z]+", word.replace("$", "")));
      }
    }
    return changed;
  }

  /** Of this thread: others that want the processor do not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
