package dev.nightjar.bench;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.RejectPolicy;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.Stage;
import dev.nightjar.stage.StageStep;
import dev.nightjar.stage.StageTask;
import dev.nightjar.stage.TaskRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine itself costs a record: a task of a source that has its records already and three
 * record steps that hand on what they get.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class StageBenchmark {

  private static final int RECORDS = 100_000;

  private final Stage stage =
      new Stage(
          List.of(
              step("source", new Source(), List.of()),
              step("first", new HandOn(), List.of(Kind.TEXT)),
              step("second", new HandOn(), List.of(Kind.TEXT)),
              step("third", new HandOn(), List.of(Kind.TEXT))),
          false);

  private static StageStep step(String name, Processor<?> processor, List<Kind> accepts) {
    return new StageStep(
        name,
        "bench." + name,
        processor,
        accepts,
        new Nothing(),
        new RejectPolicy.Fail(),
        new Meter());
  }

  /** A task from its start to its end. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long threeSteps() {
    var folder = Path.of(System.getProperty("java.io.tmpdir"), "nightjar-bench-none");
    var task = new StageTask(0, 1, List.of(Split.WHOLE), Spool.EMPTY, folder);
    return TaskRunner.run(stage, task, new Attempt(), NoContext.SERVICES).records();
  }

  /** No options. */
  record Nothing() {}

  private static final class Source implements StreamProcessor<Nothing> {
    private final byte[] order = OrderData.one().getBytes(StandardCharsets.UTF_8);

    @Override
    public void process(Nothing options, Input in, Output out, StepContext context) {
      for (int i = 0; i < RECORDS; i++) {
        out.emit(DataRecord.utf8(order, 0, order.length, Origin.NONE));
      }
    }
  }

  private static final class HandOn implements RecordProcessor<Nothing> {
    @Override
    public RecordFunction open(Nothing options, StepContext context) {
      return (record, out) -> out.emit(record);
    }
  }
}
