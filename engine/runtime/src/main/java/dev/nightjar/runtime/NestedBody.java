package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.FolderTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The nested steps of a control step, in one attempt of it. After a crash the control step runs
 * again from its start, and is told of what its nested steps have done before instead of having it
 * done.
 */
final class NestedBody implements Body {

  private final RunContext run;
  private final BlockRunner blocks;
  private final Plan.Single unit;
  private final BlockState outer;
  private final String path;
  private final Attempt attempt;
  private final Path folder;
  private final Map<String, ItemsLog> items = new ConcurrentHashMap<>();
  private final Map<String, Integer> turns = new ConcurrentHashMap<>();
  private final StepPast past;

  /**
   * The body of a step.
   *
   * @param folder for what its runs keep while they go on
   */
  NestedBody(
      RunContext run,
      BlockRunner blocks,
      Plan.Single unit,
      BlockState outer,
      String path,
      Attempt attempt,
      Path folder) {
    this.run = run;
    this.blocks = blocks;
    this.unit = unit;
    this.outer = outer;
    this.path = path;
    this.attempt = attempt;
    this.folder = folder;
    this.past = run.history().step(path);
  }

  @Override
  public List<String> blocks() {
    return List.copyOf(unit.blocks().keySet());
  }

  @Override
  public JsonNode run(String block, Map<String, JsonNode> bindings) throws BodyFailure {
    return run(new Turn(block, "", plan(block), bindings));
  }

  @Override
  public List<String> steps(String block) {
    return plan(block).units().stream()
        .flatMap(part -> part.steps().stream())
        .map(Step::id)
        .toList();
  }

  @Override
  public List<String> branches(String block) {
    return List.copyOf(plan(block).branches().keySet());
  }

  @Override
  public JsonNode runBranch(String block, String branch, Map<String, JsonNode> bindings)
      throws BodyFailure {
    Plan units = plan(block).branches().get(branch);
    if (units == null) {
      throw new IllegalArgumentException(
          "the block `" + block + "` has no branch `" + branch + "`");
    }
    return run(new Turn(block, branch, units, bindings));
  }

  /** Tells what was held back; the attempt is over. */
  void end() {
    items.values().forEach(ItemsLog::tell);
  }

  /** One run of nested steps. */
  private record Turn(String block, String branch, Plan plan, Map<String, JsonNode> bindings) {

    /** The index of the item it is for; null when it is for none. */
    @Nullable JsonNode index() {
      return bindings.get("item_index");
    }

    /** {@code steps[3]}, {@code else}, {@code steps/fetch}: the same for the same work. */
    String key() {
      JsonNode index = index();
      return block
          + (branch.isEmpty() ? "" : "/" + branch)
          + (index == null ? "" : "[" + index.asString() + "]");
    }

    List<String> ids() {
      return plan.units().stream().flatMap(unit -> unit.steps().stream()).map(Step::id).toList();
    }
  }

  private Plan plan(String block) {
    Plan plan = unit.blocks().get(block);
    if (plan == null) {
      throw new IllegalArgumentException("`" + path + "` has no block `" + block + "`");
    }
    return plan;
  }

  private JsonNode run(Turn turn) throws BodyFailure {
    JsonNode index = turn.index();
    boolean fresh = past == StepPast.NONE;
    if (index != null && !fresh) {
      JsonNode known = past.item(turn.block(), index.asLong());
      if (known != null) {
        return complete(turn, known);
      }
    }
    Event.BodyEnded ended = fresh ? null : past.nextBody(turn.key());
    // Of what is for no item there are few: each has its place, the same after a crash.
    int number = index == null ? turns.merge(turn.key(), 1, Integer::sum) : 1;
    if (ended != null) {
      return outcome(ended.failure(), ended.outputs());
    }
    Supplier<Path> own = () -> folder.resolve(turn.key().replace('/', '-') + "-" + number);
    return index == null ? told(turn, own) : quiet(turn, index.asLong(), own);
  }

  /** A step that has published nothing stands there with nothing. */
  private static JsonNode complete(Turn turn, JsonNode known) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (String id : turn.ids()) {
      JsonNode own = known.get(id);
      all.set(id, own == null ? JsonNodeFactory.instance.objectNode() : own);
    }
    return all;
  }

  private JsonNode told(Turn turn, Supplier<Path> own) throws BodyFailure {
    BlockState state = runSteps(turn, own, outer::emit);
    return ended(turn, state);
  }

  private JsonNode quiet(Turn turn, long index, Supplier<Path> own) throws BodyFailure {
    var events = new ItemEvents(run);
    BlockState state = runSteps(turn, own, events);
    Failure failure = state.failure();
    if (events.told() || failure != null) {
      return ended(turn, state);
    }
    ObjectNode outputs = state.outputs();
    items
        .computeIfAbsent(turn.block(), block -> new ItemsLog(run, path, block))
        .ended(index, outputs);
    return outputs;
  }

  private JsonNode ended(Turn turn, BlockState state) throws BodyFailure {
    List<String> steps = turn.ids().stream().map(state::path).toList();
    JsonNode outputs = state.outputs();
    outer.emit(
        new Event.BodyEnded(
            run.now(), path, turn.key(), steps, state.failure(), run.masks().hide(outputs)));
    steps.forEach(run.history()::forget);
    return outcome(state.failure(), outputs);
  }

  private BlockState runSteps(Turn turn, Supplier<Path> own, Consumer<Event> events) {
    var state =
        new BlockState(
            prefix(turn.block(), turn.index()), false, outer, turn.bindings(), own, events);
    try {
      blocks.run(turn.plan(), state, attempt);
    } finally {
      if (state.hasFiles() && !run.broken()) {
        FolderTree.remove(own.get());
      }
    }
    attempt.check();
    if (state.cancelled()) {
      throw new Cancelled();
    }
    return state;
  }

  private static JsonNode outcome(@Nullable Failure failure, JsonNode outputs) throws BodyFailure {
    if (failure != null) {
      throw new BodyFailure(
          "`" + failure.step() + "` failed: " + failure.message(),
          error(failure),
          failure.permanent(),
          null);
    }
    return outputs;
  }

  /**
   * {@code each[3].}, {@code again.}, {@code choice.else.}: steps of a block, told apart by item.
   */
  private String prefix(String block, @Nullable JsonNode index) {
    String item = index == null ? "" : "[" + index.asString() + "]";
    String name = block.equals(STEPS) ? "" : block + ".";
    return path + item + "." + name;
  }

  /** What expressions see as {@code error}. */
  static ObjectNode error(Failure failure) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("message", failure.message());
    error.put("step", failure.step());
    error.put("code", failure.code());
    return error;
  }
}
