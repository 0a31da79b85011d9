package dev.nightjar.bench;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.stage.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a cut between two stages costs a record: to disk (or its cache) and back. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class SpoolBenchmark {

  private static final int RECORDS = 10_000;

  private final byte[] order = OrderData.one().getBytes(StandardCharsets.UTF_8);
  private Path file = Path.of("");

  /** Chooses the file. */
  @Setup
  public void prepare() throws IOException {
    file = Files.createTempFile("nightjar-bench", ".spool");
  }

  /** Removes it. */
  @TearDown
  public void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Writes records, then reads them. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long roundTrip() {
    try (var writer = new Spool.Writer(file)) {
      for (int i = 1; i <= RECORDS; i++) {
        var origin = new Origin("orders.ndjson", i, i * 330L);
        writer.write(DataRecord.checkedJson(order, 0, order.length, origin));
      }
    }
    long bytes = 0;
    for (DataRecord record : new Spool(List.of(new Spool.Part(file, 0))).open()) {
      bytes += record.size();
    }
    return bytes;
  }
}
