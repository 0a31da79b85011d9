package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.testkit.TestPlugin.Write;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on their way from sources to sinks: which steps run together, in which order. */
class StagesTest {

  @TempDir Path folder;

  @Test
  void fusesRecordStepsFromTheSourceToTheSink() throws Exception {
    String yaml =
        """
        name: fused
        steps:
          - {id: n, uses: test.numbers, with: {count: 10}}
          - {id: even, uses: test.keep, with: {modulo: 2, rest: 0}}
          - {id: out, uses: test.write, with: {path: out.txt}}
        """;
    WorkflowTester tester = TestPlugin.in(folder);

    assertThat(stages(tester, yaml)).containsExactly("n even out");
    Ended run = tester.run(yaml);
    assertThat(run.failure()).isNull();
    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(lines("out.txt")).containsExactly("2", "4", "6", "8", "10");
    assertThat(run.end("even").metrics().recordsIn()).isEqualTo(10);
    assertThat(run.end("even").metrics().recordsOut()).isEqualTo(5);
    assertThat(run.end("out").outputs().path("records").asInt()).isEqualTo(5);
    assertThat(run.end("out").outputs().path("path").asString()).isEqualTo("out.txt");
  }

  @Test
  void cutsWhereAStepNeedsTheWholeStream() throws Exception {
    String yaml =
        """
        name: sorted
        steps:
          - {id: n, uses: test.numbers, with: {count: 7, pieces: 3}}
          - {id: odd, uses: test.keep, with: {modulo: 2, rest: 1}}
          - {id: sort, uses: test.sort}
          - {id: out, uses: test.write, with: {path: out.txt}}
        """;
    WorkflowTester tester = TestPlugin.in(folder);

    assertThat(stages(tester, yaml))
        .containsExactly("n odd", "sort out < odd: `test.sort` needs the whole stream");
    assertThat(tester.run(yaml).failure()).isNull();
    assertThat(lines("out.txt")).containsExactly("7", "5", "3", "1");
  }

  @Test
  void cutsWhereTwoStepsReadOne() throws Exception {
    String yaml =
        """
        name: two-readers
        steps:
          - {id: n, uses: test.numbers, with: {count: 6, pieces: 2}}
          - {id: even, uses: test.keep, with: {modulo: 2, rest: 0}}
          - {id: first, uses: test.write, with: {path: even.txt}}
          - {id: third, uses: test.keep, from: n, with: {modulo: 3, rest: 0}}
          - {id: second, uses: test.write, with: {path: third.txt}}
        """;
    WorkflowTester tester = TestPlugin.in(folder);

    assertThat(stages(tester, yaml))
        .containsExactly(
            "n",
            "even first < n: several steps read `n`",
            "third second < n: several steps read `n`");
    assertThat(tester.run(yaml).failure()).isNull();
    assertThat(lines("even.txt")).containsExactly("2", "4", "6");
    assertThat(lines("third.txt")).containsExactly("3", "6");
  }

  @Test
  void cutsWhereAStepAboutNoRecordsStandsBetween() throws Exception {
    String yaml =
        """
        name: between
        steps:
          - {id: n, uses: test.numbers, with: {count: 3}}
          - {id: say, uses: test.log, with: {message: "read"}}
          - {id: out, uses: test.write, with: {path: out.txt}}
        """;
    WorkflowTester tester = TestPlugin.in(folder);

    assertThat(stages(tester, yaml))
        .containsExactly("n", "say", "out < n: `say` stands between `n` and `out`");
    Ended run = tester.run(yaml);
    assertThat(run.failure()).isNull();
    assertThat(run.log()).containsExactly("INFO say: read");
    assertThat(lines("out.txt")).containsExactly("1", "2", "3");
  }

  @Test
  void givesTheSameBytesWhateverTheParallelism() throws Exception {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 6; round++) {
      int count = random.nextInt(5_000);
      int modulo = 1 + random.nextInt(4);
      int rest = random.nextInt(modulo);
      String yaml =
          """
          name: same
          steps:
            - {uses: test.numbers, with: {count: %d, pieces: %d}}
            - {uses: test.keep, with: {modulo: %d, rest: %d}}
            - {uses: test.write, with: {path: out.txt}}
          """
              .formatted(count, 1 + random.nextInt(40), modulo, rest);
      List<String> expected =
          LongStream.rangeClosed(1, count)
              .filter(n -> n % modulo == rest)
              .mapToObj(Long::toString)
              .toList();
      for (int tasks : List.of(1, 2, 8)) {
        assertThat(TestPlugin.in(folder).parallelism(tasks).run(yaml).failure()).isNull();
        assertThat(lines("out.txt")).isEqualTo(expected);
      }
    }
  }

  @Test
  void letsRecordsPassAStepThatIsSkipped() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .run(
                """
                name: pass
                steps:
                  - {id: n, uses: test.numbers, with: {count: 3}}
                  - {id: passed, uses: test.keep, if: "1 == 2", with: {modulo: 9, rest: 8}}
                  - {id: out, uses: test.write, with: {path: out.txt}}
                """);

    assertThat(run.outcome("passed")).isEqualTo(Outcome.SKIPPED);
    assertThat(run.end("passed").reason()).contains("1 == 2");
    assertThat(lines("out.txt")).containsExactly("1", "2", "3");
  }

  @Test
  void letsRecordsPassAStageOfWhichEveryStepIsSkipped() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .run(
                """
                name: pass-all
                steps:
                  - {id: n, uses: test.numbers, with: {count: 3}}
                  - {id: say, uses: test.log, with: {message: "read"}}
                  - {id: passed, uses: test.keep, if: "1 == 2", with: {modulo: 9, rest: 8}}
                  - {id: sort, uses: test.sort}
                  - {id: out, uses: test.write, with: {path: out.txt}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(run.outcome("passed")).isEqualTo(Outcome.SKIPPED);
    assertThat(lines("out.txt")).containsExactly("3", "2", "1");
  }

  @Test
  void skipsTheReadersOfASourceThatIsSkipped() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .run(
                """
                name: none
                steps:
                  - {id: n, uses: test.numbers, if: "1 == 2", with: {count: 3}}
                  - {id: sort, uses: test.sort}
                  - {id: out, uses: test.write, with: {path: out.txt}}
                  - {id: say, uses: test.log, with: {message: "after"}}
                """);

    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.outcome("sort")).isEqualTo(Outcome.SKIPPED);
    assertThat(run.outcome("out")).isEqualTo(Outcome.SKIPPED);
    assertThat(run.outcome("say")).isEqualTo(Outcome.SUCCEEDED);
    assertThat(folder.resolve("out.txt")).doesNotExist();
  }

  @Test
  void readsAnotherStepsRecordsBesides() throws Exception {
    assertThat(
            TestPlugin.in(folder)
                .run(
                    """
                    name: without
                    steps:
                      - {id: few, uses: test.numbers, with: {count: 5, pieces: 2}}
                      - {id: many, uses: test.numbers, with: {count: 8, pieces: 3}}
                      - {id: rest, uses: test.without, with: {other: few}}
                      - {id: out, uses: test.write, with: {path: out.txt}}
                    """)
                .failure())
        .isNull();
    assertThat(lines("out.txt")).containsExactly("6", "7", "8");
  }

  @Test
  void stopsASourceWhoseReaderHasEnough() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .run(
                """
                name: enough
                steps:
                  - {id: n, uses: test.numbers, with: {count: 1000000000}}
                  - {id: two, uses: test.first, with: {count: 2}}
                  - {id: out, uses: test.write, with: {path: out.txt}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(lines("out.txt")).containsExactly("1", "2");
  }

  @Test
  void writesAnEmptyFileForNoRecords() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .run(
                """
                name: empty
                steps:
                  - {uses: test.numbers, with: {count: 0}}
                  - {id: out, uses: test.write, with: {path: out.txt}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(folder.resolve("out.txt")).isEmptyFile();
    assertThat(run.end("out").outputs().path("records").asInt()).isZero();
  }

  @Test
  void runsBranchesThatNeedNothingSideBySide() throws Exception {
    String yaml =
        """
        name: branches
        steps:
          - {id: a, uses: test.numbers, with: {count: 3}}
          - {id: first, uses: test.write, with: {path: a.txt}}
          - {id: b, uses: test.numbers, needs: [], with: {count: 2}}
          - {id: second, uses: test.write, with: {path: b.txt}}
          - {id: say, uses: test.log, needs: [first, second], with: {message: "both"}}
        """;
    for (int round = 0; round < 5; round++) {
      Ended run = TestPlugin.in(folder).run(yaml);
      assertThat(run.failure()).isNull();
      assertThat(lines("a.txt")).hasSize(3);
      assertThat(lines("b.txt")).hasSize(2);
      assertThat(run.log()).containsExactly("INFO say: both");
    }
  }

  @Test
  void leavesNothingBehindInItsWorkFolder() throws Exception {
    TestPlugin.in(folder)
        .run(
            """
            name: tidy
            steps:
              - {uses: test.numbers, with: {count: 100, pieces: 5}}
              - {uses: test.sort}
              - {uses: test.write, with: {path: out.txt}}
            """);

    try (var left = Files.list(folder.resolve(".nightjar/runs"))) {
      assertThat(left).isEmpty();
    }
  }

  private List<String> lines(String file) throws IOException {
    return Write.lines(folder.resolve(file));
  }

  /** Each unit as {@code steps < what it reads: why it was cut}. */
  private static List<String> stages(WorkflowTester tester, String yaml) {
    var shown = new ArrayList<String>();
    for (Plan.Unit unit : tester.plan(yaml).steps().units()) {
      String steps = String.join(" ", unit.steps().stream().map(step -> step.id()).toList());
      shown.add(
          unit instanceof Plan.Stage stage && stage.cut() != null
              ? steps + " < " + stage.reads() + ": " + stage.cut()
              : steps);
    }
    return shown;
  }

  static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
  }

  @Test
  void runsNoMoreTasksAtOnceThanAllowed() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    Ended run =
        TestPlugin.in(folder)
            .parallelism(8)
            .with(
                new TestPlugin.Each((record, out, context) -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  now.decrementAndGet();
                }))
            .run(
                """
                name: few
                steps:
                  - {uses: test.numbers, with: {count: 20000, pieces: 20}}
                  - {uses: test.each, parallelism: 2}
                  - {uses: test.write, with: {path: out.txt}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(most.get()).isBetween(1, 2);
  }
}
