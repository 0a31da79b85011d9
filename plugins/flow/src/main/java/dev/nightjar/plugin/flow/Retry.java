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
import dev.nightjar.spi.RetryPolicy;
import dev.nightjar.spi.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Several steps tried again as one. Nested expressions see {@code attempt}, from 1; those of {@code
 * catch} see {@code error}.
 */
@ProcessorSpec(
    name = "flow.retry",
    summary =
        "Runs its steps, all of them again when one fails; `catch` runs when no attempt is left.",
    blocks = {Body.STEPS, "catch?"},
    bindings = "attempt",
    outputs = {
      @OutputSpec(name = "attempts", type = "integer", summary = "How often the steps were tried."),
      @OutputSpec(
          name = "caught",
          type = "boolean",
          summary = "Whether every attempt failed and `catch` ran."),
      @OutputSpec(
          name = "steps",
          type = "map",
          summary = "The outputs of the nested steps by step id: of `catch` if that ran.")
    })
public final class Retry implements Control<Retry.Options> {

  private static final String CATCH = "catch";

  /** The components of {@link RetryPolicy}, as options. */
  public record Options(
      @Doc("How often to try in all, the first time included.") @Default("3") int maxAttempts,
      @Doc("The wait after the first failure.") @Default("1s") Duration delay,
      @Doc("How the wait grows from one failure to the next.") @Default("exponential")
          RetryPolicy.Backoff backoff,
      @Doc("By what the wait is multiplied each time; for exponential backoff.") @Default("2")
          double factor,
      @Doc("The longest wait.") @Default("5m") Duration maxDelay,
      @Doc("The part of each wait that is drawn by chance, from 0 (none) to 1 (all of it).")
          @Default("0")
          double jitter,
      @Doc("No further attempt starts later than this after the first one.")
          @Nullable Duration maxElapsed,
      @Doc("Try again only on these: codes of failures, or words of their message.") @Default("[]")
          List<String> on,
      @Doc("Never try again on these: codes of failures, or words of their message.") @Default("[]")
          List<String> notOn) {

    public Options {
      on = List.copyOf(on);
      notOn = List.copyOf(notOn);
      // For its checks: what the policy refuses, these options refuse.
      new RetryPolicy(maxAttempts, delay, backoff, factor, maxDelay, jitter, maxElapsed, on, notOn);
    }

    RetryPolicy policy() {
      return new RetryPolicy(
          maxAttempts, delay, backoff, factor, maxDelay, jitter, maxElapsed, on, notOn);
    }
  }

  @Override
  public void run(Options options, Input in, Output out, Body body, StepContext context)
      throws Exception {
    var attempts = new AtomicInteger();
    JsonNode outputs;
    boolean caught = false;
    try {
      outputs = context.retrying(options.policy(), () -> attempt(body, attempts.incrementAndGet()));
    } catch (BodyFailure failure) {
      if (!body.blocks().contains(CATCH)) {
        throw failure;
      }
      caught = true;
      outputs = body.run(CATCH, Map.of("error", failure.error()));
    }
    context.output("attempts", attempts.get());
    context.output("caught", caught);
    context.output("steps", outputs);
  }

  private static JsonNode attempt(Body body, int attempt) throws BodyFailure {
    return body.run(Body.STEPS, Map.of("attempt", JsonNodeFactory.instance.numberNode(attempt)));
  }
}
