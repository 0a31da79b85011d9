package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.StepContext;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The same steps for each item of a list, or for each record. Nested expressions see {@code item}
 * (bytes as base64 text) and {@code item_index}, from 0.
 */
@ProcessorSpec(
    name = "flow.foreach",
    summary = "Runs its steps once for each item of a list or for each record it reads.",
    accepts = {Kind.TEXT, Kind.JSON, Kind.BYTES},
    emits = Emitted.JSON,
    scope = Scope.STREAM,
    blocks = Body.STEPS,
    bindings = {"item", "item_index"},
    outputs = {
      @OutputSpec(name = "items", type = "integer", summary = "How many items there were."),
      @OutputSpec(
          name = "failed",
          type = "integer",
          summary = "For how many of them the steps failed.")
    })
public final class ForEach implements Control<ForEach.Options> {

  public record Options(
      @Doc("The items, a list; if absent, the records this step reads.") @Accepts({})
          @Nullable JsonNode in,
      @Doc("How many items are worked on at once.") @Default("1") int maxParallel,
      @Doc("What it means when the steps fail for an item.") @Default("fail") OnError onError) {

    public Options {
      if (in != null && !in.isArray()) {
        throw new IllegalArgumentException(
            "in must be a list, not " + in.getNodeType().name().toLowerCase(Locale.ROOT));
      }
      if (maxParallel < 1) {
        throw new IllegalArgumentException("max_parallel must be at least 1");
      }
    }
  }

  /** What became of one item. */
  private sealed interface Result {
    /** The item's origin and what its last step published. */
    record Done(Origin origin, JsonNode outputs) implements Result {}

    record Failed(String message) implements Result {}
  }

  @Override
  public void run(Options options, Input in, Output out, Body body, StepContext context)
      throws Exception {
    var lastStep = body.steps(Body.STEPS).getLast();
    var results = new Results(out, total(options), context);
    context.parallel(
        items(options, in),
        options.maxParallel(),
        (item, index) -> work(item, index, body, lastStep, options.onError()),
        results::take);
    context.output("items", results.items);
    context.output("failed", results.failures.count());
  }

  private static long total(Options options) {
    return options.in() == null ? -1 : options.in().size();
  }

  private static Iterable<DataRecord> items(Options options, Input in) {
    JsonNode list = options.in();
    if (list == null) {
      return in;
    }
    return () -> records(list.values().iterator());
  }

  private static Iterator<DataRecord> records(Iterator<JsonNode> values) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return values.hasNext();
      }

      @Override
      public DataRecord next() {
        return DataRecord.json(values.next(), Origin.NONE);
      }
    };
  }

  private static Result work(
      DataRecord item, long index, Body body, String lastStep, OnError onError) throws BodyFailure {
    try {
      JsonNode outputs = body.run(Body.STEPS, bindings(item, index)).path(lastStep);
      return new Result.Done(item.origin(), outputs);
    } catch (BodyFailure failure) {
      String message = describe(item, index) + ": " + failure.getMessage();
      return switch (onError) {
        case SKIP -> new Result.Failed(message);
        case FAIL -> throw new BodyFailure(message, failure.error(), failure.permanent(), failure);
      };
    }
  }

  private static Map<String, JsonNode> bindings(DataRecord item, long index) {
    var nodes = JsonNodeFactory.instance;
    JsonNode value = item.kind() == Kind.BYTES ? nodes.stringNode(base64(item)) : item.json();
    return Map.of("item", value, "item_index", nodes.numberNode(index));
  }

  private static String base64(DataRecord item) {
    return Base64.getEncoder().encodeToString(item.toBytes());
  }

  private static String describe(DataRecord item, long index) {
    return item.origin().equals(Origin.NONE)
        ? "item " + index
        : "item " + index + " (" + item.origin() + ")";
  }

  /** Takes the results in the items' order; used by one thread at a time. */
  private static final class Results {

    private final Output out;
    private final boolean wanted;
    private final long total;
    private final StepContext context;
    private final FailureLog failures;
    private long items;

    Results(Output out, long total, StepContext context) {
      this.out = out;
      this.wanted = out.wanted();
      this.total = total;
      this.context = context;
      this.failures = new FailureLog(context.log());
    }

    void take(Result result) {
      context.progress(++items, total);
      switch (result) {
        case Result.Done done when wanted -> out.emit(record(done));
        case Result.Done done -> {}
        case Result.Failed failed -> failures.add(failed.message());
      }
    }

    /** A last step that was skipped has published nothing. */
    private static DataRecord record(Result.Done done) {
      JsonNode outputs =
          done.outputs().isMissingNode() ? JsonNodeFactory.instance.objectNode() : done.outputs();
      return DataRecord.json(outputs, done.origin());
    }
  }
}
