package dev.nightjar.bench;

import dev.nightjar.plugin.text.Search;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.RecordFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code text.search} for many words in a line of 120 characters that holds none of them, against
 * asking for one word after the other.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class SearchBenchmark {

  private static final String LINE =
      "2026-11-19T08:15:30.123Z INFO  [worker-7] GET /orders/10001?full=true 200 in 13 ms for"
          + " customer 4711, agent Mozilla/5.0";

  /** How many words are looked for. */
  @Param({"1", "10", "1000"})
  public int patterns;

  private final DataRecord line = DataRecord.text(LINE, Origin.NONE);
  private final Counted out = new Counted();
  private List<String> words = List.of();
  private RecordFunction search = (record, emitted) -> {};

  /** Draws the words. */
  @Setup
  public void prepare() throws Exception {
    var random = new SplittableRandom(7);
    words = new ArrayList<>();
    for (int i = 0; i < patterns; i++) {
      var word = new StringBuilder();
      for (int c = 0; c < 8; c++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words.add(word.toString());
    }
    var options = new Search.Options(words, null, Search.Mode.KEEP, false, false, List.of());
    search = new Search().open(options, NoContext.STEP);
  }

  /** One pass for all. */
  @Benchmark
  public long ahoCorasick() throws Exception {
    search.apply(line, out);
    return out.records;
  }

  /** One pass a word. */
  @Benchmark
  public boolean naive() {
    String text = line.text();
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static final class Counted implements Output {
    private long records;

    @Override
    public void emit(DataRecord record) {
      records++;
    }

    @Override
    public void reject(DataRecord record, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public boolean wanted() {
      return true;
    }
  }
}
