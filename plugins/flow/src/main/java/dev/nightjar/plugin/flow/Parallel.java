package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.StepContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each nested step is a branch of its own; what a branch fails with names the branch. */
@ProcessorSpec(
    name = "flow.parallel",
    summary = "Runs its steps at the same time, each as a branch of its own.",
    blocks = Body.STEPS,
    outputs = {
      @OutputSpec(
          name = "steps",
          type = "map",
          summary = "The outputs of the branches that succeeded, by step id."),
      @OutputSpec(name = "failed", type = "list", summary = "The ids of the branches that failed.")
    })
public final class Parallel implements Control<Parallel.Options> {

  public record Options(
      @Doc("How many branches run at once; if absent, all of them.") @Nullable Integer maxParallel,
      @Doc("What it means when a branch fails.") @Default("fail") OnError onError) {

    public Options {
      if (maxParallel != null && maxParallel < 1) {
        throw new IllegalArgumentException("max_parallel must be at least 1");
      }
    }
  }

  /** What became of one branch. */
  private sealed interface Result {
    record Done(JsonNode outputs) implements Result {}

    record Failed(String step, String message) implements Result {}
  }

  @Override
  public void run(Options options, Input in, Output out, Body body, StepContext context)
      throws Exception {
    List<String> branches = body.branches(Body.STEPS);
    int limit = options.maxParallel() == null ? branches.size() : options.maxParallel();
    var failures = new FailureLog(context.log());
    var outputs = JsonNodeFactory.instance.objectNode();
    var failed = JsonNodeFactory.instance.arrayNode();
    context.parallel(
        branches,
        limit,
        (step, index) -> branch(step, body, options.onError()),
        result -> {
          switch (result) {
            case Result.Done done ->
                done.outputs()
                    .properties()
                    .forEach(one -> outputs.set(one.getKey(), one.getValue()));
            case Result.Failed failure -> {
              failed.add(failure.step());
              failures.add(failure.message());
            }
          }
        });
    context.output("steps", outputs);
    context.output("failed", failed);
  }

  private static Result branch(String step, Body body, OnError onError) throws BodyFailure {
    try {
      return new Result.Done(body.runBranch(Body.STEPS, step, Map.of()));
    } catch (BodyFailure failure) {
      String message = "branch `" + step + "`: " + failure.getMessage();
      return switch (onError) {
        case SKIP -> new Result.Failed(step, message);
        case FAIL -> throw new BodyFailure(message, failure.error(), failure.permanent(), failure);
      };
    }
  }
}
