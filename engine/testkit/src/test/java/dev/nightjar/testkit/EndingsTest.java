package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.testkit.TestPlugin.Do;
import dev.nightjar.testkit.TestPlugin.Each;
import dev.nightjar.testkit.TestPlugin.Nest;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How runs and steps end: failures, timeouts, cancellation, and what runs afterwards. */
@Timeout(60)
class EndingsTest {

  @TempDir Path folder;

  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean deaf = true;

  @AfterEach
  void letGo() {
    deaf = false;
  }

  /** Waits until it is interrupted; an argument of {@code deaf} ignores that, others fail. */
  private WorkflowTester waiting() {
    return TestPlugin.in(folder)
        .grace(Duration.ofMillis(100))
        .with(
            new Do((argument, context) -> {
              begun.countDown();
              if (argument == null) {
                new CountDownLatch(1).await();
              }
              while (argument.equals("deaf") && deaf) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
              }
              throw new IOException(argument);
            }));
  }

  @Test
  void skipsWhatComesAfterAFailureButFinally() throws Exception {
    Ended run =
        waiting()
            .run(
                """
                name: endings
                steps:
                  - {id: a, uses: test.do, with: {argument: broken}}
                  - {id: b, uses: test.log, with: {message: "not this"}}
                  - {id: c, uses: test.log, if: failure(), with: {message: "because it failed"}}
                  - {id: d, uses: test.log, if: always(), with: {message: "${{ steps.a.outcome }}"}}
                  - {id: e, uses: test.log, if: "cancelled()", with: {message: "nor this"}}
                on_failure: [{uses: test.log, with: {message: "${{ error.step }}: ${{ error.message }}"}}]
                on_success: [{uses: test.log, with: {message: "nor that"}}]
                finally: [{id: last, uses: test.log, with: {message: "done"}}]
                """);

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run.outcome("b")).isEqualTo(Outcome.SKIPPED);
    assertThat(run.end("b").reason()).contains("`a`").contains("failed");
    assertThat(run.log())
        .containsExactly(
            "INFO c: because it failed",
            "INFO d: failed",
            "INFO on_failure.log: a: IOException: broken",
            "INFO finally.last: done");
    assertThat(run.outputs().isEmpty()).isTrue();
  }

  @Test
  void tellsFinallyHowItWent() throws Exception {
    String yaml =
        """
        name: endings
        steps: [{id: a, uses: test.do, with: {argument: "%s"}, if: "%s"}]
        finally:
          - {uses: test.log, if: failure(), with: {message: "it failed"}}
          - {uses: test.log, if: success(), with: {message: "it succeeded"}}
        """;

    assertThat(waiting().run(yaml.formatted("broken", "true")).log())
        .containsExactly("INFO finally.log: it failed");
    assertThat(waiting().run(yaml.formatted("broken", "false")).log())
        .containsExactly("INFO finally.log_2: it succeeded");
  }

  @Test
  void failsWhenFinallyFails() throws Exception {
    Ended run =
        waiting()
            .run(
                """
                name: endings
                steps: [{uses: test.log, with: {message: "fine"}}]
                finally: [{id: last, uses: test.do, with: {argument: broken}}]
                """);

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run.failure().step()).isEqualTo("finally.last");
  }

  @Test
  void stopsAnAttemptThatTakesTooLong() throws Exception {
    Ended run =
        waiting()
            .run(
                """
                name: slow
                steps:
                  - {id: a, uses: test.do, timeout: 50ms, retry: {max_attempts: 2, delay: 1s}}
                finally: [{uses: test.log, with: {message: "done"}}]
                """);

    assertThat(run.failure().code()).isEqualTo("timeout");
    assertThat(run.failure().message()).isEqualTo("timed out after 50 ms");
    assertThat(run.end("a").metrics().attempts()).isEqualTo(2);
    assertThat(run.log()).containsExactly("INFO finally.log: done");
  }

  @Test
  void namesAStepThatComputesWithoutGivingWay() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .with(
                new Do((argument, context) -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                }))
            .run(
                """
                name: busy
                steps: [{id: a, uses: test.do, timeout: 3s}]
                """);

    assertThat(run.events(Event.Warned.class))
        .singleElement()
        .satisfies(warned -> {
          assertThat(warned.step()).isEqualTo("a");
          assertThat(warned.message()).contains("without giving way", "checkCancelled()");
        });
  }

  @Test
  void leavesBehindWhatDoesNotAnswer() throws Exception {
    Ended run =
        waiting()
            .run(
                """
                name: deaf
                steps:
                  - id: a
                    uses: test.do
                    with: {argument: deaf}
                    timeout: 50ms
                    retry: {max_attempts: 2, delay: 1s}
                  - {id: b, uses: test.log, with: {message: "never"}}
                finally: [{uses: test.log, with: {message: "done"}}]
                """);

    assertThat(run.failure().code()).isEqualTo("stuck");
    assertThat(run.failure().message())
        .startsWith("timed out after 50 ms and has not stopped within 100 ms")
        .contains("at ")
        .contains("EndingsTest");
    assertThat(run.end("a").metrics().attempts()).isEqualTo(1);
    assertThat(run.outcome("b")).isEqualTo(Outcome.SKIPPED);
    assertThat(run.log()).containsExactly("INFO finally.log: done");
  }

  @Test
  void cancels() throws Exception {
    var started =
        waiting()
            .start(
                """
                name: cancelled
                steps:
                  - {id: a, uses: test.do}
                  - {id: b, uses: test.log, with: {message: "never"}}
                  - {id: c, uses: test.log, if: always(), with: {message: "always"}}
                  - {id: d, uses: test.log, if: cancelled(), with: {message: "cancelled"}}
                on_failure: [{uses: test.log, with: {message: "no failure"}}]
                finally:
                  - {id: last, uses: test.log, with: {message: "done"}}
                  - {id: when, uses: test.log, if: cancelled(), with: {message: "was cancelled"}}
                """);
    begun.await();
    started.cancel();
    started.cancel();
    Ended run = started.await();

    assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.failure()).isNull();
    assertThat(run.outcome("a")).isEqualTo(Outcome.CANCELLED);
    assertThat(run.outcome("b")).isEqualTo(Outcome.CANCELLED);
    assertThat(run.log())
        .containsExactly(
            "INFO c: always",
            "INFO d: cancelled",
            "INFO finally.last: done",
            "INFO finally.when: was cancelled");
  }

  @Test
  void cancelsWhatDoesNotAnswer() throws Exception {
    var started =
        waiting()
            .start(
                """
                name: deaf
                steps: [{id: a, uses: test.do, with: {argument: deaf}}]
                on_failure: [{uses: test.log, with: {message: "no failure"}}]
                finally: [{id: last, uses: test.log, with: {message: "done"}}]
                """);
    begun.await();
    started.cancel();
    Ended run = started.await();

    assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.end("a").failure().code()).isEqualTo("stuck");
    assertThat(run.log()).containsExactly("INFO finally.last: done");
  }

  @Test
  void cancelsAStageWithoutAnythingToSee() throws Exception {
    var tester =
        TestPlugin.in(folder)
            .with(
                new Each((record, out, context) -> {
                  out.emit(record);
                  if (record.text().equals("70000")) {
                    begun.countDown();
                    new CountDownLatch(1).await();
                  }
                }));
    Files.writeString(folder.resolve("out.txt"), "before\n");
    var started =
        tester.start(
            """
            name: cancelled
            steps:
              - {id: n, uses: test.numbers, with: {count: 100000, pieces: 4}}
              - {id: check, uses: test.each}
              - {id: out, uses: test.write, with: {path: out.txt}}
            """);
    begun.await();
    started.cancel();
    Ended run = started.await();

    assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.outcome("n")).isEqualTo(Outcome.CANCELLED);
    assertThat(folder.resolve("out.txt")).hasContent("before");
    try (var left = Files.list(folder.resolve(".nightjar/runs"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void cancelsNestedSteps() throws Exception {
    var tester =
        waiting()
            .with(
                new Nest((in, out, body, context) ->
                    context.parallel(
                        java.util.List.of(1, 2, 3),
                        2,
                        (item, index) -> body.run("steps", Map.of()),
                        result -> {})));
    var started =
        tester.start(
            """
            name: nested
            steps:
              - {id: each, uses: test.nest, steps: [{id: a, uses: test.do}]}
            finally: [{uses: test.log, with: {message: "done"}}]
            """);
    begun.await();
    started.cancel();
    Ended run = started.await();

    assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.log()).containsExactly("INFO finally.log: done");
  }

  @Test
  void harmsOnlyTheStepWhoseProcessorThrows() throws Exception {
    for (Throwable thrown :
        new Throwable[] {
          new StackOverflowError(),
          new OutOfMemoryError("Java heap space"),
          new NoClassDefFoundError("com/example/Missing"),
          new AssertionError("never"),
          new NullPointerException("x is null"),
          new Exception()
        }) {
      Ended run =
          TestPlugin.in(folder)
              .with(
                  new Each((record, out, context) -> {
                    throw TestPlugin.unchecked(thrown);
                  }))
              .run(
                  """
                  name: throws
                  steps:
                    - {id: n, uses: test.numbers, with: {count: 3}}
                    - {id: check, uses: test.each}
                    - {id: out, uses: test.write, with: {path: out.txt}}
                  finally: [{uses: test.log, with: {message: "done"}}]
                  """);

      assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(run.failure().step()).isEqualTo("check");
      assertThat(run.failure().message()).startsWith("numbers:1: ").doesNotEndWith(": null");
      assertThat(run.log()).containsExactly("INFO finally.log: done");
    }
  }

  @Test
  void keepsSecretsToItself() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .secret("key", "s3cr3t-value")
            .with(
                new Do((argument, context) -> {
                  context
                      .log()
                      .atWarn()
                      .addKeyValue("data", "with " + argument)
                      .log("{}", argument);
                  context.output("seen", Map.of("of " + argument, argument));
                  throw new IOException("refused " + argument);
                }))
            .run(
                """
                name: secret
                secrets: {key: {env: KEY}}
                steps:
                  - {id: a, uses: test.do, with: {argument: "${{ secrets.key }}"}, retry: 2}
                on_failure: [{uses: test.log, with: {message: "${{ error.message }}"}}]
                """);

    assertThat(run.failure().message()).isEqualTo("IOException: refused ***");
    assertThat(run.events().toString()).doesNotContain("s3cr3t");
  }

  @Test
  void writesEventsInOrderAndAllOfThem() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .run(
                """
                name: events
                inputs: {count: {type: integer, default: 4}}
                steps:
                  - {id: n, uses: test.numbers, with: {count: "${{ inputs.count }}", pieces: 2}}
                  - {id: out, uses: test.write, with: {path: out.txt}}
                  - {id: say, uses: test.log, with: {message: "${{ steps.out.outputs.records }}"}}
                outputs: {records: "${{ steps.out.outputs.records }}"}
                """);

    assertThat(run.events().stream().map(event -> event.getClass().getSimpleName()))
        .containsExactly(
            "RunStarted",
            "StepStarted",
            "StepStarted",
            "StageStarted",
            "SplitsListed",
            "TaskCommitted",
            "TaskCommitted",
            "StageCommitted",
            "StepEnded",
            "StepEnded",
            "StepStarted",
            "Logged",
            "StepEnded",
            "RunEnded");
    assertThat(run.events(Event.TaskCommitted.class))
        .allSatisfy(task -> assertThat(task.records()).isEqualTo(2));
    assertThat(run.outputs().path("records").asInt()).isEqualTo(4);
    assertThat(run.summary().steps()).extracting("step").containsExactly("n", "out", "say");
    assertThat(run.summary().failed()).isZero();
    assertThat(run.summary().successRate()).isEqualTo(1);
    assertThat(run.summary().slowest()).isNotNull();
  }

  @Test
  void failsAStepThatGivesUpThoughNobodyCancelled() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .with(
                new Do((argument, context) -> {
                  throw argument == null ? new Cancelled() : new InterruptedException();
                }))
            .run(
                """
                name: gives-up
                steps:
                  - {id: a, uses: test.do}
                  - {id: b, uses: test.do, if: always(), with: {argument: interrupted}}
                """);

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run.outcome("a")).isEqualTo(Outcome.FAILED);
    assertThat(run.outcome("b")).isEqualTo(Outcome.FAILED);
    assertThat(run.failure().message()).contains("cancelled");
  }

  @Test
  void chargesTheTimeoutOfAStageToTheStepThatHasIt() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .with(
                new Each((record, out, context) -> {
                  begun.await();
                  new CountDownLatch(1).await();
                }))
            .run(
                """
                name: slow-stage
                steps:
                  - {id: n, uses: test.numbers, with: {count: 3}}
                  - {id: check, uses: test.each, timeout: 50ms}
                  - {id: out, uses: test.write, with: {path: out.txt}}
                """);

    assertThat(run.failure().step()).isEqualTo("check");
    assertThat(run.failure().code()).isEqualTo("timeout");
    assertThat(run.outcome("n")).isEqualTo(Outcome.CANCELLED);
    assertThat(folder.resolve("out.txt")).doesNotExist();
  }

  @Test
  void letsOtherBranchesRunToTheirEnd() throws Exception {
    Ended run =
        waiting()
            .run(
                """
                name: branches
                steps:
                  - {id: a, uses: test.do, with: {argument: broken}}
                  - {id: b, uses: test.log, needs: [], with: {message: "by itself"}}
                  - {id: c, uses: test.log, needs: [a, b], with: {message: "never"}}
                """);

    assertThat(run.failure().step()).isEqualTo("a");
    assertThat(run.outcome("b")).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.end("c").reason()).isEqualTo("it needs `a`, which has failed");
  }

  @Test
  void failsOnAConditionOrOutputWithoutAValue() throws Exception {
    Ended condition =
        TestPlugin.in(folder)
            .input("words", "[]")
            .run(
                """
                name: condition
                inputs: {words: {type: list, required: true}}
                steps: [{id: a, uses: test.log, if: "inputs.words[3] == 1", with: {message: "x"}}]
                """);
    assertThat(condition.failure().code()).isEqualTo("condition");
    assertThat(condition.failure().message()).startsWith("`if`: ");

    Ended output =
        TestPlugin.in(folder)
            .input("words", "[]")
            .run(
                """
                name: output
                inputs: {words: {type: list, required: true}}
                steps: [{id: a, uses: test.log, with: {message: "x"}}]
                outputs: {third: "${{ inputs.words[3] }}"}
                """);
    assertThat(output.failure().code()).isEqualTo("output");
    assertThat(output.failure().message()).startsWith("the output `third`: ");
  }

  @Test
  void writesNothingOutsideOfItsFolder() throws Exception {
    Ended run =
        TestPlugin.in(Files.createDirectory(folder.resolve("inner")))
            .run(
                """
                name: outside
                steps:
                  - {uses: test.numbers, with: {count: 3}}
                  - {id: out, uses: test.write, with: {path: ../out.txt}, retry: 3}
                """);

    assertThat(run.failure().step()).isEqualTo("out");
    assertThat(run.failure().message()).contains("outside of", "--allow-outside");
    assertThat(run.end("out").metrics().failedAttempts()).isEqualTo(1);
    assertThat(folder.resolve("out.txt")).doesNotExist();
  }
}
