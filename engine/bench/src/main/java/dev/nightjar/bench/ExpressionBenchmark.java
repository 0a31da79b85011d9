package dev.nightjar.bench;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.ExpressionCompiler;
import dev.nightjar.model.expression.Type;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
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

/** What an expression costs a record, as in {@code records.filter}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ExpressionBenchmark {

  private final byte[] order = OrderData.one().getBytes(StandardCharsets.UTF_8);
  private final JsonNode wanted = StringNode.valueOf("2026-11-19");
  private final CompiledExpression constant = compiled("1 + 2 * 3 < 10");
  private final CompiledExpression field = compiled("record.total > 100.0");
  private final CompiledExpression fields =
      compiled("record.day == wanted && record.customer.name.startsWith('Z')");

  private static CompiledExpression compiled(String text) {
    var source = new SourceText("benchmark", text);
    return Objects.requireNonNull(
        ExpressionCompiler.compile(
            text,
            (start, end) -> new Place(source, start, end),
            Map.of("record", Type.ANY, "wanted", Type.ANY),
            new Diagnostics()));
  }

  private JsonNode value(CompiledExpression expression) {
    return expression.evaluate(
        name -> name.equals("wanted") ? wanted : null,
        DataRecord.checkedJson(order, 0, order.length, Origin.NONE));
  }

  /** No field. */
  @Benchmark
  public JsonNode constant() {
    return value(constant);
  }

  /** One field and a comparison. */
  @Benchmark
  public JsonNode oneField() {
    return value(field);
  }

  /** Two fields, a name from outside and a function. */
  @Benchmark
  public JsonNode twoFields() {
    return value(fields);
  }
}
