package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Doc;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Values computed once and named, for the steps after. */
@ProcessorSpec(name = "flow.set", summary = "Publishes values as outputs, each by its name.")
public final class SetOutputs implements Task<SetOutputs.Options> {

  public record Options(@Doc("The values by name.") Map<String, JsonNode> values) {

    public Options {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  @Override
  public void run(Options options, StepContext context) {
    options.values().forEach(context::output);
  }
}
