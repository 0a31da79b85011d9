package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.spi.Body;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However a step ends, nothing that it has started goes on. */
@Timeout(60)
class ChildrenInWorkflowsTest {

  private static final String STEP =
      """
      name: children
      steps: [{id: command, uses: test.do%s}]
      """;

  @TempDir Path folder;

  /** Started by the step, the shell's own child first. */
  private final List<ProcessHandle> family = new CopyOnWriteArrayList<>();

  private final BlockingQueue<Boolean> started = new LinkedBlockingQueue<>();

  @AfterEach
  void nothingIsLeftOfATestThatFailed() {
    family.forEach(ProcessHandle::destroyForcibly);
  }

  /** One that has ended and that nobody has asked about is still there, but has no program. */
  private static boolean works(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  /** Hears no interrupt. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private WorkflowTester tester(TestPlugin.Work work) {
    return WorkflowTester.in(folder).with(new TestPlugin.Do(work));
  }

  private Process start(StepContext context) throws IOException {
    Process shell =
        context.start(new ProcessBuilder("sh", "-c", "trap '' TERM; sleep 1000 & echo $!; wait"));
    long child = Long.parseLong(shell.inputReader().readLine());
    family.add(ProcessHandle.of(child).orElseThrow());
    family.add(shell.toHandle());
    started.add(true);
    return shell;
  }

  @Test
  void aStepThatForgetsThem() throws Exception {
    var ended =
        tester((argument, context) -> start(context))
            .grace(Duration.ofMillis(400))
            .run(STEP.formatted(""));

    assertThat(ended.failure()).isNull();
    assertThat(family).hasSize(2).noneMatch(ChildrenInWorkflowsTest::works);
  }

  @Test
  void aStepThatFails() throws Exception {
    var ended =
        tester(
                (argument, context) -> {
                  start(context);
                  throw new PermanentFailure("no");
                })
            .grace(Duration.ofMillis(400))
            .run(STEP.formatted(""));

    assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(family).hasSize(2).noneMatch(ChildrenInWorkflowsTest::works);
  }

  @Test
  void eachAttemptOfAStep() throws Exception {
    var ended =
        tester(
                (argument, context) -> {
                  assertThat(family).noneMatch(ChildrenInWorkflowsTest::works);
                  start(context);
                  throw new IOException("again");
                })
            .grace(Duration.ofMillis(400))
            .run(STEP.formatted(", retry: 3"));

    assertThat(ended.failure().message()).contains("again");
    assertThat(family).hasSize(6).noneMatch(ChildrenInWorkflowsTest::works);
  }

  @Test
  void aStepThatTimesOut() throws Exception {
    var ended =
        tester((argument, context) -> start(context).waitFor())
            .grace(Duration.ofSeconds(2))
            .run(STEP.formatted(", timeout: 1s"));

    assertThat(ended.failure().code()).isEqualTo("timeout");
    assertThat(family).hasSize(2).noneMatch(ChildrenInWorkflowsTest::works);
  }

  @Test
  void aStepThatIsCancelled() throws Exception {
    var run =
        tester((argument, context) -> start(context).waitFor())
            .grace(Duration.ofSeconds(2))
            .start(STEP.formatted(""));
    started.take();
    run.cancel();

    assertThat(run.await().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(family).hasSize(2).noneMatch(ChildrenInWorkflowsTest::works);
  }

  /** The engine goes on without the step, and without its children. */
  @Test
  void aStepThatIsStuck() throws Exception {
    var run =
        tester(
                (argument, context) -> {
                  start(context);
                  while (family.stream().anyMatch(ChildrenInWorkflowsTest::works)) {
                    LockSupport.parkNanos(1_000_000);
                  }
                })
            .grace(Duration.ofMillis(400))
            .start(STEP.formatted(""));
    started.take();
    run.cancel();

    assertThat(run.await().end("command").failure().code()).isEqualTo("stuck");
    await(() -> family.stream().noneMatch(ChildrenInWorkflowsTest::works));
  }

  /** Nested steps without a timeout work in the attempt of the step around them. */
  @Test
  void aNestedStep() throws Exception {
    var nest = new TestPlugin.Nest((in, out, body, context) -> body.run(Body.STEPS, Map.of()));
    var ended =
        tester((argument, context) -> start(context))
            .with(nest, new TestPlugin.Log())
            .grace(Duration.ofMillis(400))
            .run(
                """
                name: children
                steps:
                  - uses: test.nest
                    steps: [{id: command, uses: test.do}]
                  - {uses: test.log, with: {message: on}}
                """);

    assertThat(ended.failure()).isNull();
    assertThat(family).hasSize(2).noneMatch(ChildrenInWorkflowsTest::works);
  }

  /** One that reads and emits records, in a stage. */
  @Test
  void aTask() throws Exception {
    var each =
        new TestPlugin.Each((record, out, context) -> {
          start(context);
          out.emit(record);
        });
    var ended =
        TestPlugin.in(folder)
            .with(each)
            .grace(Duration.ofMillis(400))
            .run(
                """
                name: children
                steps:
                  - {uses: test.numbers, with: {count: 2, pieces: 2}}
                  - {uses: test.each}
                  - {uses: test.write, with: {path: out.txt}}
                """);

    assertThat(ended.failure()).isNull();
    assertThat(family).hasSize(4).noneMatch(ChildrenInWorkflowsTest::works);
  }

  @Test
  void aProcessorThatIsTriedByItself() throws Exception {
    var command =
        new TestPlugin.Do((argument, context) -> {
          Process process = context.start(new ProcessBuilder("sleep", "1000"));
          family.add(process.toHandle());
        });
    ProcessorTester.of(command, new TestPlugin.Do.Options(null)).folder(folder).run();

    assertThat(family).hasSize(1).noneMatch(ChildrenInWorkflowsTest::works);
  }
}
