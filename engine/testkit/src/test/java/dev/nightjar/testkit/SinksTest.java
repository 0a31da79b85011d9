package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.Sink;
import dev.nightjar.spi.StepContext;
import dev.nightjar.testkit.TestPlugin.Each;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a sink gets its parts, and when it may show them. */
@Timeout(120)
class SinksTest {

  @TempDir Path folder;

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch taken = new CountDownLatch(1);

  /** Writes the texts of a task to one file, and tells a test what becomes of them. */
  @ProcessorSpec(name = "test.save", summary = "Keeps what comes.", accepts = Kind.TEXT)
  public static final class Save implements RecordProcessor<Save.Options>, Sink<Save.Options> {
    private final List<String> events;
    private final CountDownLatch taken;

    Save(List<String> events, CountDownLatch taken) {
      this.events = events;
      this.taken = taken;
    }

    public record Options() {}

    @Override
    public RecordFunction open(Save.Options options, StepContext context) throws IOException {
      Writer file = Files.newBufferedWriter(context.part().resolve("texts"));
      return new RecordFunction() {
        @Override
        public void apply(DataRecord record, Output out) throws IOException {
          file.write(record.text() + ' ');
        }

        @Override
        public void finish() throws IOException {
          file.flush();
          events.add("finished");
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }

    @Override
    public void commit(Save.Options options, Iterable<Path> parts, StepContext context)
        throws IOException {
      var all = new StringBuilder();
      try {
        for (Path part : parts) {
          all.append(Files.readString(part.resolve("texts")));
          taken.countDown();
        }
      } catch (Cancelled e) {
        events.add("cancelled");
        throw e;
      }
      events.add("visible " + all.toString().strip());
    }
  }

  private Ended run(TestPlugin.Change each, String rejects) throws Exception {
    return TestPlugin.in(folder)
        .with(new Save(events, taken), new Each(each))
        .run(
            """
            name: sink
            steps:
              - {uses: test.numbers, with: {count: 4, pieces: 2}, parallelism: 2}
              - {uses: test.each}
              - {uses: test.save, rejects: %s}
            """
                .formatted(rejects));
  }

  private void awaitFirstPart() throws InterruptedException {
    assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void getsTheFirstPartWhileLaterTasksStillRun() throws Exception {
    Ended run =
        run(
            (record, out, context) -> {
              if (record.text().equals("3")) {
                awaitFirstPart();
              }
              out.emit(record);
            },
            "fail");

    assertThat(run.failure()).isNull();
    assertThat(events).containsExactly("finished", "finished", "visible 1 2 3 4");
  }

  @Test
  void showsNothingWhenALaterTaskFails() throws Exception {
    Ended run =
        run(
            (record, out, context) -> {
              if (record.text().equals("3")) {
                awaitFirstPart();
                throw new IllegalStateException("no");
              }
              out.emit(record);
            },
            "fail");

    assertThat(run.failure()).isNotNull();
    assertThat(events).containsExactly("finished", "cancelled");
  }

  @Test
  void showsNothingWhenAllTasksTogetherHaveRejectedTooMuch() throws Exception {
    Ended run =
        run(
            (record, out, context) -> {
              if (record.text().equals("3")) {
                throw new Rejected("is a 3");
              }
              out.emit(record);
            },
            "{max: 10%}");

    assertThat(run.failure()).isNotNull();
    assertThat(events).containsExactly("finished", "finished", "cancelled");
  }
}
