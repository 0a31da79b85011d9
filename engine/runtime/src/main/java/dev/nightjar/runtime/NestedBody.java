package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.stage.Attempt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The nested steps of a control step, in one attempt of it. */
final class NestedBody implements Body {

  private final BlockRunner blocks;
  private final Plan.Single unit;
  private final BlockState outer;
  private final String path;
  private final Attempt attempt;
  private final Path folder;
  private final AtomicInteger runs = new AtomicInteger();

  /**
   * The body of a step.
   *
   * @param folder for what its runs keep while they go on
   */
  NestedBody(
      BlockRunner blocks,
      Plan.Single unit,
      BlockState outer,
      String path,
      Attempt attempt,
      Path folder) {
    this.blocks = blocks;
    this.unit = unit;
    this.outer = outer;
    this.path = path;
    this.attempt = attempt;
    this.folder = folder;
  }

  @Override
  public List<String> blocks() {
    return List.copyOf(unit.blocks().keySet());
  }

  @Override
  public JsonNode run(String block, Map<String, JsonNode> bindings) throws BodyFailure {
    return run(block, plan(block), bindings);
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
    return run(block, units, bindings);
  }

  private Plan plan(String block) {
    Plan plan = unit.blocks().get(block);
    if (plan == null) {
      throw new IllegalArgumentException("`" + path + "` has no block `" + block + "`");
    }
    return plan;
  }

  private JsonNode run(String block, Plan plan, Map<String, JsonNode> bindings) throws BodyFailure {
    Path own = folder.resolve(Integer.toString(runs.incrementAndGet()));
    var state = new BlockState(prefix(block, bindings), false, outer, bindings, own);
    try {
      blocks.run(plan, state, attempt);
    } finally {
      if (state.hasFiles()) {
        Folders.remove(own);
      }
    }
    attempt.check();
    if (state.cancelled()) {
      throw new Cancelled();
    }
    Failure failure = state.failure();
    if (failure != null) {
      throw new BodyFailure(
          "`" + failure.step() + "` failed: " + failure.message(),
          error(failure),
          failure.permanent(),
          null);
    }
    return state.outputs();
  }

  /**
   * {@code each[3].}, {@code again.}, {@code choice.else.}: steps of a block, told apart by item.
   */
  private String prefix(String block, Map<String, JsonNode> bindings) {
    JsonNode index = bindings.get("item_index");
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
