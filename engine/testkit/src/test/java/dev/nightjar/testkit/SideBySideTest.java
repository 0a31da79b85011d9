package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.testkit.TestPlugin.Do;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps share threads as long as they get on; nobody notices, whatever a step does. */
@Timeout(60)
class SideBySideTest {

  @TempDir Path folder;

  private final CountDownLatch cameBack = new CountDownLatch(1);
  private volatile boolean deaf = true;

  @AfterEach
  void letGo() {
    deaf = false;
  }

  private static String sideBySide(int steps) {
    var text = new StringBuilder("name: wide\nsteps:\n");
    IntStream.range(0, steps)
        .forEach(i -> text.append("  - {id: s" + i + ", uses: test.do, needs: []}\n"));
    return text.toString();
  }

  @Test
  void manyThatWaitForEachOtherAllBegin() throws Exception {
    int steps = 300;
    var here = new CountDownLatch(steps);
    Ended run =
        TestPlugin.in(folder)
            .parallelism(2)
            .with(
                new Do((argument, context) -> {
                  here.countDown();
                  here.await();
                }))
            .run(sideBySide(steps));

    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.events(Event.StepEnded.class)).hasSize(steps);
  }

  @Test
  void moreBeginBesideThoseThatCompute() throws Exception {
    int steps = 17;
    var here = new CountDownLatch(steps);
    Ended run =
        TestPlugin.in(folder)
            .parallelism(1)
            .with(
                new Do((argument, context) -> {
                  here.countDown();
                  while (here.getCount() > 0) {
                    context.checkCancelled();
                  }
                }))
            .run(sideBySide(steps));

    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aStepWaitsForAllThatItNeeds() throws Exception {
    var done = new AtomicInteger();
    var seen = new AtomicInteger();
    Ended run =
        TestPlugin.in(folder)
            .with(
                new Do((argument, context) -> {
                  if (argument != null) {
                    seen.set(done.get());
                  }
                  LockSupport.parkNanos(1_000_000);
                  done.incrementAndGet();
                }))
            .run(
                sideBySide(40)
                    + "  - {id: last, uses: test.do, needs: [s39, s3, s17], with: {argument: all}}\n"
                    + "  - {id: after, uses: test.log, with: {message: \"after\"}}\n");

    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(seen.get()).isGreaterThanOrEqualTo(3);
    assertThat(run.log()).containsExactly("INFO after: after");
  }

  /** Lets nobody stop it; with an argument, lets all of those go and waits for one of them. */
  private Do deaf(CountDownLatch begun) {
    return new Do((argument, context) -> {
      if (argument != null) {
        deaf = false;
        cameBack.await();
        LockSupport.parkNanos(50_000_000);
        return;
      }
      begun.countDown();
      while (deaf) {
        LockSupport.parkNanos(1_000_000);
        Thread.interrupted();
      }
      cameBack.countDown();
    });
  }

  @Test
  void aChainGoesOnWithoutAStepThatDoesNotAnswer() throws Exception {
    var begun = new CountDownLatch(1);
    var started =
        TestPlugin.in(folder)
            .grace(Duration.ofMillis(100))
            .with(deaf(begun))
            .start(
                """
                name: chain
                steps:
                  - {id: a, uses: test.log, with: {message: "first"}}
                  - {id: b, uses: test.do}
                  - {id: c, uses: test.log, with: {message: "never"}}
                  - {id: d, uses: test.do, if: always(), with: {argument: "let go"}}
                  - {id: e, uses: test.log, if: always(), with: {message: "${{ steps.b.outcome }}"}}
                """);
    begun.await();
    started.cancel();
    Ended run = started.await();

    assertThat(run.end("b").failure().code()).isEqualTo("stuck");
    assertThat(run.end("b").metrics().failedAttempts()).isEqualTo(1);
    assertThat(run.outcome("c")).isEqualTo(Outcome.CANCELLED);
    assertThat(run.outcome("d")).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.log()).containsExactly("INFO a: first", "INFO e: failed");
    assertThat(run.events(Event.StepEnded.class)).hasSize(5);
    assertThat(run.summary().operations()).isEqualTo(4);
  }

  @Test
  void manyThatDoNotAnswerAreLeftBehindTogether() throws Exception {
    int steps = 30;
    var begun = new CountDownLatch(steps);
    var started =
        TestPlugin.in(folder)
            .grace(Duration.ofMillis(500))
            .with(deaf(begun))
            .start(
                sideBySide(steps)
                    + "  - {id: last, uses: test.log, if: always(), needs: [s0, s29],"
                    + " with: {message: \"done\"}}\n");
    begun.await();
    long start = System.nanoTime();
    started.cancel();
    Ended run = started.await();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    for (int i = 0; i < steps; i++) {
      assertThat(run.end("s" + i).failure().code()).isEqualTo("stuck");
    }
    assertThat(run.log()).containsExactly("INFO last: done");
  }
}
