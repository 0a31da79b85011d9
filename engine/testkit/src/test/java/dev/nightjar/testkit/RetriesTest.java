package dev.nightjar.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.testkit.TestPlugin.Do;
import dev.nightjar.testkit.TestPlugin.Each;
import dev.nightjar.testkit.TestPlugin.Nest;
import dev.nightjar.testkit.TestPlugin.Write;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried again, how often, after which waits, and what is left of failed attempts. */
class RetriesTest {

  @TempDir Path folder;

  /** A task that fails so many times. */
  private WorkflowTester failing(int times, String message) {
    return TestPlugin.in(folder)
        .with(
            new Do((argument, context) -> {
              if (context.attempt() <= times) {
                throw new IOException(message);
              }
              context.output("attempt", context.attempt());
            }));
  }

  @Test
  void triesThreeTimesThenFails() throws Exception {
    WorkflowTester tester = failing(9, "no answer");
    Ended run =
        tester.run(
            """
            name: flaky
            steps: [{id: a, uses: test.do, retry: {max_attempts: 3, delay: 1s, backoff: exponential}}]
            """);

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run.failure().message()).isEqualTo("IOException: no answer");
    assertThat(run.failure().code()).isEqualTo("io");
    assertThat(run.failure().permanent()).isFalse();
    assertThat(tester.waits()).containsExactly(ofSeconds(1), ofSeconds(2));
    assertThat(run.events(Event.AttemptFailed.class))
        .extracting(failed -> failed.attempt() + " " + failed.nextIn().toSeconds())
        .containsExactly("1 1", "2 2");
    assertThat(run.end("a").metrics().attempts()).isEqualTo(3);
    assertThat(run.end("a").metrics().failedAttempts()).isEqualTo(3);
    assertThat(run.summary().operations()).isEqualTo(3);
    assertThat(run.summary().failed()).isEqualTo(3);
    assertThat(run.summary().successRate()).isZero();
  }

  @Test
  void succeedsWhenALaterAttemptDoes() throws Exception {
    Ended run =
        failing(2, "no answer")
            .run(
                """
                name: flaky
                steps: [{id: a, uses: test.do, retry: {max_attempts: 3, delay: 1s}}]
                outputs: {attempt: "${{ steps.a.outputs.attempt }}"}
                """);

    assertThat(run.failure()).isNull();
    assertThat(run.outputs().path("attempt").asInt()).isEqualTo(3);
    assertThat(run.summary().succeeded()).isEqualTo(1);
    assertThat(run.summary().failed()).isEqualTo(2);
  }

  @Test
  void endsWhenTheTimeForAttemptsIsOver() throws Exception {
    WorkflowTester tester = failing(99, "no answer");
    tester.run(
        """
        name: flaky
        steps:
          - uses: test.do
            retry: {max_attempts: 50, delay: 10s, backoff: constant, max_elapsed: 35s}
        """);

    assertThat(tester.waits()).containsExactly(ofSeconds(10), ofSeconds(10), ofSeconds(10));
  }

  @Test
  void triesAgainOnlyOnWhatThePolicyNames() throws Exception {
    String yaml =
        """
        name: choosy
        steps: [{uses: test.do, retry: {max_attempts: 3, delay: 1s, %s}}]
        """;
    WorkflowTester not = failing(9, "disk is full");
    not.run(yaml.formatted("not_on: [disk is full]"));
    assertThat(not.waits()).isEmpty();

    WorkflowTester other = failing(9, "disk is full");
    other.run(yaml.formatted("on: [timeout]"));
    assertThat(other.waits()).isEmpty();

    WorkflowTester code = failing(9, "disk is full");
    code.run(yaml.formatted("on: [io]"));
    assertThat(code.waits()).hasSize(2);
  }

  @Test
  void doesNotRepeatWhatCannotSucceed() throws Exception {
    WorkflowTester tester =
        TestPlugin.in(folder)
            .with(
                new Do((argument, context) -> {
                  throw new PermanentFailure("no such table");
                }));
    Ended run =
        tester.run(
            """
            name: permanent
            steps: [{uses: test.do, retry: {max_attempts: 3, delay: 1s}}]
            """);

    assertThat(tester.waits()).isEmpty();
    assertThat(run.failure().message()).isEqualTo("no such table");
    assertThat(run.failure().trace()).isNull();
  }

  @Test
  void forgetsWhatAFailedAttemptOfATaskHasEmitted() throws Exception {
    WorkflowTester tester =
        TestPlugin.in(folder)
            .with(
                new Each((record, out, context) -> {
                  out.emit(record);
                  if (record.text().equals("3000") && context.attempt() < 3) {
                    throw new IllegalArgumentException("not yet");
                  }
                }));
    Ended run =
        tester.run(
            """
            name: again
            steps:
              - {id: n, uses: test.numbers, with: {count: 4000, pieces: 2}}
              - {id: check, uses: test.each, retry: {max_attempts: 3, delay: 1s}}
              - {id: out, uses: test.write, with: {path: out.txt}}
            """);

    assertThat(run.failure()).isNull();
    assertThat(Write.lines(folder.resolve("out.txt"))).isEqualTo(StagesTest.numbers(1, 4000));
    assertThat(tester.waits()).containsExactly(ofSeconds(1), ofSeconds(2));
    assertThat(run.end("check").metrics().recordsIn()).isEqualTo(4000);
    assertThat(run.events(Event.AttemptFailed.class))
        .extracting(failed -> failed.step() + " " + failed.task() + " " + failed.attempt())
        .containsExactly("check 1 1", "check 1 2");
    assertThat(run.events(Event.AttemptFailed.class).getFirst().failure().message())
        .contains("not yet");
  }

  @Test
  void runsABodyOfSeveralStagesAgain() throws Exception {
    var tries =
        new Nest((in, out, body, context) -> {
          try {
            body.run("steps", Map.of());
          } catch (dev.nightjar.spi.BodyFailure first) {
            body.run("steps", Map.of());
          }
        });
    var fails = new boolean[] {true};
    WorkflowTester tester =
        TestPlugin.in(folder)
            .with(
                tries,
                new Do((argument, context) -> {
                  if (fails[0]) {
                    fails[0] = false;
                    throw new IOException("first time");
                  }
                }));
    Ended run =
        tester.run(
            """
            name: body
            steps:
              - id: again
                uses: test.nest
                steps:
                  - {id: n, uses: test.numbers, with: {count: 5, pieces: 2}}
                  - {id: sort, uses: test.sort}
                  - {id: may_fail, uses: test.do}
                  - {id: out, uses: test.write, from: sort, with: {path: out.txt}}
            """);

    assertThat(run.failure()).isNull();
    assertThat(Write.lines(folder.resolve("out.txt"))).isEqualTo(List.of("5", "4", "3", "2", "1"));
  }

  @Test
  void givesEachAttemptAnEmptyFolderAndTheSameKey() throws Exception {
    var keys = new ArrayList<String>();
    Ended run =
        TestPlugin.in(folder)
            .with(
                new Do((argument, context) -> {
                  keys.add(context.stepKey());
                  try (var found = Files.list(context.folder())) {
                    assertThat(found).isEmpty();
                  }
                  Files.writeString(context.folder().resolve("scratch"), "x");
                  if (context.attempt() < 3) {
                    throw new IOException("again");
                  }
                }))
            .run(
                """
                name: folders
                steps: [{id: a, uses: test.do, retry: {max_attempts: 3, delay: 1s}}]
                """);

    assertThat(run.failure()).isNull();
    assertThat(keys).hasSize(3).containsOnly(run.id() + "/a");
  }

  @Test
  void triesTheCommitOfASinkAgainWithoutItsTasks() throws Exception {
    var commits = new AtomicInteger();
    var handled = new AtomicInteger();
    Ended run =
        TestPlugin.in(folder)
            .with(
                new TestPlugin.Publish(() -> {
                  if (commits.incrementAndGet() < 3) {
                    throw new IOException("not now");
                  }
                }),
                new Each((record, out, context) -> {
                  handled.incrementAndGet();
                  out.emit(record);
                }))
            .run(
                """
                name: commit
                steps:
                  - {uses: test.numbers, with: {count: 10, pieces: 2}}
                  - {uses: test.each}
                  - {id: out, uses: test.publish, retry: {max_attempts: 3, delay: 1s}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(commits).hasValue(3);
    assertThat(handled).hasValue(10);
    assertThat(run.end("out").metrics().recordsIn()).isEqualTo(10);
  }
}
