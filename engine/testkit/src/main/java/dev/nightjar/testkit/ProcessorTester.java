package dev.nightjar.testkit;

import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.Sink;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.spi.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs one processor once, in memory and by a {@link ManualClock}, without an engine.
 *
 * <pre>{@code
 * var result = ProcessorTester.of(new Trim(), new Trim.Options(List.of())).text(" a ", "b").run();
 * assertThat(result.texts()).containsExactly("a", "b");
 * }</pre>
 *
 * <p>Records come from {@code test:1}, {@code test:2} and so on.
 *
 * @param <C> the processor's options
 */
public final class ProcessorTester<C extends Record> {

  private final Processor<C> processor;
  private final C options;
  private final List<DataRecord> records = new ArrayList<>();
  private final ScriptedBody body = new ScriptedBody();

  private ManualClock clock = new ManualClock();
  private Map<String, String> env = Map.of();
  private long seed = 1;
  private @Nullable Path folder;

  private ProcessorTester(Processor<C> processor, C options) {
    this.processor = processor;
    this.options = options;
  }

  public static <C extends Record> ProcessorTester<C> of(Processor<C> processor, C options) {
    return new ProcessorTester<>(processor, options);
  }

  /** Adds text records. */
  public ProcessorTester<C> text(String... texts) {
    return add(texts, DataRecord::text);
  }

  /**
   * Adds JSON records.
   *
   * @throws Rejected when one is no JSON
   */
  public ProcessorTester<C> json(String... values) {
    return add(values, (value, origin) -> DataRecord.text(value, origin).parsed());
  }

  /** Adds records of bytes. */
  public ProcessorTester<C> bytes(byte[]... contents) {
    return add(contents, (bytes, origin) -> DataRecord.bytes(bytes, 0, bytes.length, origin));
  }

  /** Adds a record as it is, with its own origin. */
  public ProcessorTester<C> record(DataRecord record) {
    records.add(record);
    return this;
  }

  private <T> ProcessorTester<C> add(T[] contents, BiFunction<T, Origin, DataRecord> make) {
    for (T content : contents) {
      records.add(make.apply(content, new Origin("test", records.size() + 1L, -1)));
    }
    return this;
  }

  /**
   * The folder that paths are relative to, that the processor may write in, and that its scratch
   * and part folders are made in; without one, asking for those is an error.
   */
  public ProcessorTester<C> folder(Path folder) {
    this.folder = folder;
    return this;
  }

  /** Another clock than the one of this tester, to move or look at from outside. */
  public ProcessorTester<C> clock(ManualClock clock) {
    this.clock = clock;
    return this;
  }

  /** Another seed than 1 for what is drawn by chance. */
  public ProcessorTester<C> seed(long seed) {
    this.seed = seed;
    return this;
  }

  public ProcessorTester<C> env(Map<String, String> env) {
    this.env = Map.copyOf(env);
    return this;
  }

  /** Gives a {@link Control} a block of nested steps, by their ids. */
  public ProcessorTester<C> block(String block, String... steps) {
    body.add(block, List.of(steps));
    return this;
  }

  /**
   * What running a block, or one step of it, does. Unless {@link #block} was called there is one
   * block, {@code steps}, with one step, {@code nested}.
   */
  public ProcessorTester<C> body(Script script) {
    body.run(script);
    return this;
  }

  /** Does the work of nested steps. */
  @FunctionalInterface
  public interface Script {
    /** The outputs of the block or step. */
    JsonNode run(BodyCall call) throws BodyFailure;
  }

  /**
   * One use of a body.
   *
   * @param step null for the whole block
   */
  public record BodyCall(String block, @Nullable String step, Map<String, JsonNode> bindings) {}

  /**
   * Runs the processor: a source with all its splits, a sink with its commit.
   *
   * @throws Exception what the processor threw, other than {@link Rejected} for one record
   */
  public Result run() throws Exception {
    checkKinds();
    var context = new TesterContext(clock, seed, env, folder);
    var out = new Collected();
    try (context) {
      switch (processor) {
        case RecordProcessor<C> each -> runEach(each, out, context);
        case StreamProcessor<C> stream -> runStream(stream, out, context);
        case Task<C> task -> task.run(options, context);
        case Control<C> control -> control.run(options, new OnePass(records), out, body, context);
      }
      commit(context);
    }
    return new Result(
        out.records(),
        out.rejects(),
        context.outputs(),
        context.counters(),
        context.measurements(),
        context.lines(),
        clock.waits(),
        body.calls());
  }

  private void checkKinds() {
    ProcessorSpec spec = processor.getClass().getAnnotation(ProcessorSpec.class);
    if (spec == null) {
      throw new IllegalStateException(processor.getClass() + " has no @ProcessorSpec");
    }
    List<Kind> accepted = AcceptedKinds.of(spec, options);
    for (DataRecord record : records) {
      if (!accepted.contains(record.kind())) {
        throw new IllegalArgumentException(
            "%s accepts %s, but %s is %s"
                .formatted(spec.name(), accepted, record.origin(), record.kind()));
      }
    }
  }

  private void runEach(RecordProcessor<C> each, Collected out, TesterContext context)
      throws Exception {
    try (var function = each.open(options, context)) {
      for (DataRecord record : records) {
        var made = new Collected();
        try {
          function.apply(record, made);
          out.addAll(made);
        } catch (Rejected e) {
          out.reject(record, e.reason());
        }
      }
      function.finish();
    }
  }

  private void runStream(StreamProcessor<C> stream, Collected out, TesterContext context)
      throws Exception {
    ProcessorSpec spec = stream.getClass().getAnnotation(ProcessorSpec.class);
    if (spec.accepts().length == 0) {
      context.giveSplits(stream.splits(options, context));
    }
    stream.process(options, new OnePass(records), out, context);
  }

  @SuppressWarnings("unchecked") // A sink has the options of the processor that it is.
  private void commit(TesterContext context) throws Exception {
    if (processor instanceof Sink<?> sink) {
      ((Sink<C>) sink)
          .commit(options, folder == null ? List.of() : List.of(context.commit()), context);
    }
  }

  /**
   * A record that was set aside.
   *
   * @param reason as the processor gave it
   */
  public record Reject(DataRecord record, String reason) {}

  /**
   * What the processor did.
   *
   * @param records emitted, in order
   * @param outputs published, by name
   * @param measurements by series, oldest first
   * @param log lines as {@code INFO text}
   * @param waits how long it slept each time
   * @param calls of the body, in order
   */
  public record Result(
      List<DataRecord> records,
      List<Reject> rejects,
      Map<String, JsonNode> outputs,
      Map<String, Long> counters,
      Map<String, List<Measurement>> measurements,
      List<String> log,
      List<Duration> waits,
      List<BodyCall> calls) {

    /** The text of each record emitted, of a JSON one its JSON text. */
    public List<String> texts() {
      return records.stream().map(DataRecord::text).toList();
    }
  }
}
