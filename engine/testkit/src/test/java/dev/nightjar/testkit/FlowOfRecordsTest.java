package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.testkit.TestPlugin.Each;
import dev.nightjar.testkit.TestPlugin.NestRecords;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much is on its way at once, and that nothing is lost or left open. */
@Timeout(120)
class FlowOfRecordsTest {

  /**
   * Batches of 256 records: those in the channel, one on each side of it, one in the making and one
   * of another step.
   */
  private static final long MOST_AHEAD = 10 * 256;

  @TempDir Path folder;

  private final AtomicLong emitted = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong ahead = new AtomicLong();

  @ProcessorSpec(name = "test.fast", summary = "Emits as fast as it may.", emits = Emitted.TEXT)
  public static final class Fast implements StreamProcessor<Fast.Options> {
    private final AtomicLong emitted;

    Fast(AtomicLong emitted) {
      this.emitted = emitted;
    }

    public record Options() {}

    @Override
    public void process(Fast.Options options, Input in, Output out, StepContext context) {
      for (int i = 0; i < 2_000_000; i++) {
        emitted.setRelease(i + 1);
        out.emit(DataRecord.text("x", Origin.NONE));
      }
    }
  }

  @ProcessorSpec(
      name = "test.slow",
      summary = "Measures how far it is behind.",
      accepts = Kind.TEXT)
  public static final class Slow implements StreamProcessor<Slow.Options> {
    private final AtomicLong emitted;
    private final AtomicLong taken;
    private final AtomicLong ahead;

    Slow(AtomicLong emitted, AtomicLong taken, AtomicLong ahead) {
      this.emitted = emitted;
      this.taken = taken;
      this.ahead = ahead;
    }

    public record Options() {}

    @Override
    public void process(Slow.Options options, Input in, Output out, StepContext context) {
      long count = 0;
      for (DataRecord record : in) {
        count += record.size();
        ahead.setPlain(Math.max(ahead.getPlain(), emitted.getAcquire() - count));
      }
      taken.set(count);
    }
  }

  @Test
  void keepsAFastSourceBackBehindASlowSink() throws Exception {
    Ended run =
        TestPlugin.in(folder)
            .with(new Fast(emitted), new Slow(emitted, taken, ahead))
            .with(new Each((record, out, context) -> out.emit(record)))
            .run(
                """
                name: slow
                steps: [{uses: test.fast}, {uses: test.each}, {uses: test.slow}]
                """);

    assertThat(run.failure()).isNull();
    assertThat(taken).hasValue(2_000_000);
    assertThat(ahead.get()).isLessThanOrEqualTo(MOST_AHEAD);
  }

  @ProcessorSpec(
      name = "test.open",
      summary = "Counts what is open.",
      accepts = Kind.TEXT,
      emits = Emitted.SAME)
  public static final class Open implements RecordProcessor<Open.Options> {
    private final AtomicInteger open;

    Open(AtomicInteger open) {
      this.open = open;
    }

    public record Options() {}

    @Override
    public RecordFunction open(Open.Options options, StepContext context) {
      open.incrementAndGet();
      return new RecordFunction() {
        @Override
        public void apply(DataRecord record, Output out) {
          out.emit(record);
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }
  }

  @ProcessorSpec(
      name = "test.shut",
      summary = "Cannot be opened.",
      accepts = Kind.TEXT,
      emits = Emitted.SAME)
  public static final class Shut implements RecordProcessor<Shut.Options> {

    public record Options() {}

    @Override
    public RecordFunction open(Shut.Options options, StepContext context) {
      throw new IllegalArgumentException("cannot be opened");
    }
  }

  @Test
  void closesWhatItHasOpened() throws Exception {
    var open = new AtomicInteger();
    WorkflowTester tester =
        TestPlugin.in(folder)
            .with(new Open(open), new Shut())
            .with(
                new Each((record, out, context) -> {
                  assertThat(open.get()).isPositive();
                  throw new IllegalArgumentException("broken");
                }));
    for (String last : List.of("test.each", "test.shut", "test.keep")) {
      String with = last.equals("test.keep") ? ", with: {modulo: 1, rest: 0}" : "";
      tester.run(
          """
          name: open
          steps:
            - {uses: test.numbers, with: {count: 5000, pieces: 3}}
            - {uses: test.open}
            - {uses: test.first, with: {count: 2}}
            - {uses: %s%s}
            - {uses: test.write, with: {path: out.txt}}
          """
              .formatted(last, with));
      assertThat(open).hasValue(0);
    }
  }

  @Test
  void readsWhatAStepWithNestedStepsEmits() throws Exception {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Ended run =
        TestPlugin.in(folder)
            .with(
                new NestRecords((in, out, body, context) -> {
                  for (DataRecord record : in) {
                    body.run("steps", Map.of());
                    out.emit(record.withText("<" + record.text() + ">"));
                  }
                }),
                new Each((record, out, context) -> {
                  seen.add(record.text() + " " + record.origin());
                  out.emit(record);
                }))
            .run(
                """
                name: nested
                steps:
                  - {id: n, uses: test.numbers, with: {count: 3, pieces: 2}}
                  - id: nest
                    uses: test.nest_records
                    steps: [{uses: test.log, with: {message: "one"}}]
                  - {uses: test.each}
                  - {uses: test.write, with: {path: out.txt}}
                """);

    assertThat(run.failure()).isNull();
    assertThat(seen).containsExactly("<1> numbers:1", "<2> numbers:2", "<3> numbers:3");
    assertThat(run.log()).hasSize(3);
  }
}
