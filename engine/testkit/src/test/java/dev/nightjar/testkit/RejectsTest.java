package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.spi.Rejected;
import dev.nightjar.testkit.TestPlugin.Each;
import dev.nightjar.testkit.TestPlugin.Write;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are set aside: where they go, how many are too many, what is told of them. */
class RejectsTest {

  @TempDir Path folder;

  private WorkflowTester rejecting(int every) {
    return TestPlugin.in(folder)
        .with(
            new Each((record, out, context) -> {
              out.emit(record);
              if (Long.parseLong(record.text()) % every == 0) {
                throw new Rejected("a multiple of " + every);
              }
            }));
  }

  private static String yaml(int count, int pieces, String rejects) {
    return """
    name: rejects
    steps:
      - {id: n, uses: test.numbers, with: {count: %d, pieces: %d}}
      - {id: check, uses: test.each}
      - {id: out, uses: test.write, with: {path: out.txt}%s}
    """
        .formatted(count, pieces, rejects);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void failsWithTheFirstInTheOrderOfTheInput(int parallelism) throws Exception {
    Files.writeString(folder.resolve("out.txt"), "before\n");

    Ended run = rejecting(37).parallelism(parallelism).run(yaml(100, 10, ""));

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run.failure().step()).isEqualTo("check");
    assertThat(run.failure().code()).isEqualTo("rejected");
    assertThat(run.failure().message()).isEqualTo("numbers:37: a multiple of 37");
    assertThat(run.failure().permanent()).isTrue();
    assertThat(run.failure().place()).startsWith("workflow.yaml:4:");
    assertThat(run.outcome("out")).isEqualTo(Outcome.CANCELLED);
    assertThat(folder.resolve("out.txt")).hasContent("before");
  }

  @Test
  void takesBackWhatWasEmittedForARejectedRecord() throws Exception {
    Ended run = rejecting(3).run(yaml(10, 1, ", rejects: skip"));

    assertThat(run.failure()).isNull();
    assertThat(lines("out.txt")).containsExactly("1", "2", "4", "5", "7", "8", "10");
    var check = run.end("check").metrics();
    assertThat(check.recordsIn()).isEqualTo(check.recordsOut() + check.rejected()).isEqualTo(10);
    assertThat(run.end("check").outputs().path("rejected").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void writesRejectsWithTheirLinesInTheOrderOfTheInput(int parallelism) throws Exception {
    Ended run =
        rejecting(40)
            .parallelism(parallelism)
            .run(yaml(100, 7, ", rejects: {path: out/rejected.ndjson}"));

    assertThat(run.failure()).isNull();
    assertThat(lines("out/rejected.ndjson"))
        .containsExactly(
            "{\"reason\":\"a multiple of 40\",\"step\":\"check\",\"source\":\"numbers\",\"line\":40,"
                + "\"record\":\"40\"}",
            "{\"reason\":\"a multiple of 40\",\"step\":\"check\",\"source\":\"numbers\",\"line\":80,"
                + "\"record\":\"80\"}");
    assertThat(run.summary().rejects())
        .extracting(file -> file.path() + " " + file.records())
        .containsExactly("out/rejected.ndjson 2");
  }

  @Test
  void coversEarlierStepsOverACut() throws Exception {
    Ended run =
        rejecting(4)
            .run(
                """
                name: over-a-cut
                steps:
                  - {id: n, uses: test.numbers, with: {count: 8, pieces: 2}}
                  - {id: check, uses: test.each}
                  - {id: sort, uses: test.sort}
                  - {id: out, uses: test.write, with: {path: out.txt}, rejects: {path: no.ndjson}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(lines("out.txt")).containsExactly("7", "6", "5", "3", "2", "1");
    assertThat(lines("no.ndjson")).hasSize(2).allMatch(line -> line.contains("\"line\":"));
    assertThat(lines("no.ndjson").get(1)).contains("\"line\":8");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void failsWhenThereAreTooMany(int parallelism) throws Exception {
    Ended run =
        rejecting(10)
            .parallelism(parallelism)
            .run(yaml(100, 10, ", rejects: {path: no.ndjson, max: 9}"));

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run.failure().message()).contains("more than").contains("9");
    assertThat(folder.resolve("out.txt")).doesNotExist();
    assertThat(folder.resolve("no.ndjson")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void allowsAsManyAsAreAllowed(int parallelism) throws Exception {
    Ended run =
        rejecting(10)
            .parallelism(parallelism)
            .run(yaml(100, 10, ", rejects: {path: no.ndjson, max: 10}"));

    assertThat(run.failure()).isNull();
    assertThat(lines("no.ndjson")).hasSize(10);
  }

  @Test
  void failsWhenTheShareIsTooLarge() throws Exception {
    String rejects = ", rejects: {path: no.ndjson, max: %s}";

    Ended tooMany = rejecting(10).run(yaml(100, 4, rejects.formatted("9%")));
    assertThat(tooMany.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(tooMany.failure().message()).contains("10 of 100 records", "10.0 %", "rejects.max");
    assertThat(folder.resolve("out.txt")).doesNotExist();

    Ended enough = rejecting(10).run(yaml(100, 4, rejects.formatted("10%")));
    assertThat(enough.failure()).isNull();
    assertThat(lines("out.txt")).hasSize(90);
  }

  @Test
  void writesAnEmptyFileWhenNothingWasRejected() throws Exception {
    Ended run = rejecting(1000).run(yaml(10, 1, ", rejects: {path: no.ndjson, max: 1}"));

    assertThat(run.failure()).isNull();
    assertThat(folder.resolve("no.ndjson")).isEmptyFile();
  }

  @Test
  void writesWhatASkippedStepCovers() throws Exception {
    Ended run = rejecting(5).run(yaml(10, 1, ", if: false, rejects: {path: out/rejected.ndjson}"));

    assertThat(run.failure()).isNull();
    assertThat(lines("out/rejected.ndjson")).hasSize(2);
    assertThat(folder.resolve("out.txt")).doesNotExist();
  }

  private List<String> lines(String file) throws IOException {
    return Write.lines(folder.resolve(file));
  }
}
