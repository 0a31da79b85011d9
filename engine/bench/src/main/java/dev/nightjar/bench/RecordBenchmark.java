package dev.nightjar.bench;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Origin;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What is done to one order of 330 bytes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class RecordBenchmark {

  private final byte[] order = OrderData.one().getBytes(StandardCharsets.UTF_8);
  private final FieldPath first = FieldPath.of("id");
  private final FieldPath last = FieldPath.of("total");
  private final FieldPath name = FieldPath.of("customer.name");
  private final StringNode changed = StringNode.valueOf("ZOË MÜLLER");

  /** A new record each time: one that was looked at remembers what it saw. */
  private DataRecord text() {
    return DataRecord.utf8(order, 0, order.length, Origin.NONE);
  }

  private DataRecord json() {
    return DataRecord.checkedJson(order, 0, order.length, Origin.NONE);
  }

  /** Checks every byte. */
  @Benchmark
  public DataRecord parsed() {
    return text().parsed();
  }

  /** Looks at the first field. */
  @Benchmark
  public JsonNode atFirst() {
    return json().at(first);
  }

  /** Looks at three fields, as a validation does. */
  @Benchmark
  public int atThree() {
    DataRecord record = json();
    return record.at(first).size() + record.at(name).size() + record.at(last).size();
  }

  /** Makes the tree, for comparison. */
  @Benchmark
  public JsonNode tree() {
    return json().json();
  }

  /** Sets one field. */
  @Benchmark
  public DataRecord with() {
    return json().with(name, changed);
  }
}
