package dev.nightjar.runtime;

import dev.nightjar.model.InputDeclaration;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.monitor.Monitor;
import dev.nightjar.runtime.plan.WorkflowPlan;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.Processors;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Runs workflows. */
public final class Engine {

  /** Ids sort by time and are told apart by chance: {@code 20261120-021500-3f9a1c}. */
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.of("UTC"));

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Processors plugins;
  private final Surroundings surroundings;
  private final EngineSettings settings;

  /** An engine that takes its processors from there. */
  public Engine(Processors plugins, Surroundings surroundings, EngineSettings settings) {
    this.plugins = plugins;
    this.surroundings = surroundings;
    this.settings = settings;
  }

  /** An id for a run that begins now. */
  public String newId() {
    return ID_TIME.format(surroundings.clock().instant())
        + "-"
        + "%06x".formatted(surroundings.random().nextInt(1 << 24));
  }

  /** What {@code trigger.*} means in a run that a person starts. */
  public static JsonNode startedByHand(Instant started, ZoneId zone) {
    ObjectNode trigger = JSON.objectNode();
    trigger.put("time", started.toString());
    trigger.put("date", started.atZone(zone).toLocalDate().toString());
    return trigger;
  }

  /**
   * Starts a run and returns at once.
   *
   * @param journal gets every event, one at a time
   */
  public Run start(RunRequest request, Journal journal) {
    Workflow workflow = request.workflow();
    Map<String, JsonNode> inputs = request.inputs();
    Map<String, String> secrets = request.secrets();
    String id = request.id();
    RunScope scope = scope(request);
    var run =
        new RunContext(
            id,
            surroundings.workFolder().resolve("runs").resolve(id),
            new Folders(workflow.folder(), settings.root(), settings.allowOutside()),
            plugins,
            surroundings,
            settings,
            texts(scope.names().getOrDefault("env", JSON.objectNode())),
            new Masks(hidden(workflow, inputs, secrets)),
            journal,
            new Monitor(),
            new Watchdog(),
            RunContext.noSeries());
    var execution =
        new RunExecution(request, WorkflowPlan.of(workflow), run, scope, shown(workflow, inputs));
    execution.start();
    return execution;
  }

  private static RunScope scope(RunRequest request) {
    var names = new HashMap<String, JsonNode>();
    names.put("inputs", object(request.inputs()));
    names.put("secrets", object(nodes(request.secrets())));
    ObjectNode run = JSON.objectNode();
    run.put("id", request.id());
    run.put("started", request.started().toString());
    names.put("run", run);
    names.put("trigger", request.trigger());
    names.put("steps", JSON.objectNode());
    var scope = new RunScope(names);
    ObjectNode env = JSON.objectNode();
    request.workflow().env().forEach((name, value) -> env.set(name, value.evaluate(scope, null)));
    names.put("env", env);
    return scope;
  }

  private static ObjectNode object(Map<String, JsonNode> values) {
    ObjectNode object = JSON.objectNode();
    values.forEach(object::set);
    return object;
  }

  private static Map<String, JsonNode> nodes(Map<String, String> values) {
    var nodes = new LinkedHashMap<String, JsonNode>();
    values.forEach((name, value) -> nodes.put(name, StringNode.valueOf(value)));
    return nodes;
  }

  private static Map<String, String> texts(JsonNode object) {
    var texts = new LinkedHashMap<String, String>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  private static List<String> hidden(
      Workflow workflow, Map<String, JsonNode> inputs, Map<String, String> secrets) {
    var hidden = new ArrayList<>(secrets.values());
    for (InputDeclaration input : workflow.inputs()) {
      JsonNode value = inputs.get(input.name());
      if (input.type() == InputDeclaration.Type.SECRET && value != null) {
        hidden.add(value.asString());
      }
    }
    return hidden;
  }

  private static Map<String, JsonNode> shown(Workflow workflow, Map<String, JsonNode> inputs) {
    var shown = new LinkedHashMap<>(inputs);
    for (InputDeclaration input : workflow.inputs()) {
      if (input.type() == InputDeclaration.Type.SECRET) {
        shown.replace(input.name(), StringNode.valueOf("***"));
      }
    }
    return shown;
  }
}
