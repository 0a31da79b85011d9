package dev.nightjar.runtime;

import dev.nightjar.model.Workflow;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.PluginHost;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs workflows. */
public final class Engine {

  /** An engine that takes its processors from the host. */
  public Engine(PluginHost plugins, Surroundings surroundings, EngineSettings settings) {}

  /**
   * Starts a run and returns at once.
   *
   * @param inputs as bound by {@code InputBinder}
   * @param secrets values by name
   * @param environment the process's environment, for {@code env} in expressions
   */
  public Run start(
      Workflow workflow,
      Map<String, JsonNode> inputs,
      Map<String, String> secrets,
      Map<String, String> environment,
      Journal journal) {
    throw new UnsupportedOperationException();
  }
}
