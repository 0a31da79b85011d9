package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.OutputSpec;
import dev.nightjar.spi.StepContext;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One of several blocks, picked by a value: a string, number or boolean, compared as text. */
@ProcessorSpec(
    name = "flow.switch",
    summary = "Runs the steps of the case that a value names, or those of `else`.",
    blocks = {"cases?", "else?"},
    outputs = {
      @OutputSpec(
          name = "case",
          type = "string",
          summary = "The case that ran, `else`, or null when none did."),
      @OutputSpec(
          name = "steps",
          type = "map",
          summary = "The outputs of the steps that ran, by step id.")
    })
public final class Switch implements Control<Switch.Options> {

  private static final String ELSE = "else";

  public record Options(@Doc("What picks the case: a string, number or boolean.") JsonNode value) {}

  @Override
  public void run(Options options, Input in, Output out, Body body, StepContext context)
      throws BodyFailure {
    String name = text(options.value());
    String block = block(name, body);
    if (block == null) {
      context.log().debug("no case is called {} and there is no else", name);
    }
    context.output("case", block == null || block.equals(ELSE) ? block : name);
    context.output(
        "steps", block == null ? JsonNodeFactory.instance.objectNode() : body.run(block, Map.of()));
  }

  private static @Nullable String block(String name, Body body) {
    String named = "cases." + name;
    if (body.blocks().contains(named)) {
      return named;
    }
    return body.blocks().contains(ELSE) ? ELSE : null;
  }

  private static String text(JsonNode value) {
    if (value.isContainer()) {
      throw new PermanentFailure(
          "value must be a string, number or boolean to pick a case, not "
              + value.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    return value.isNull() ? "null" : value.asString();
  }
}
