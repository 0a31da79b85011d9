package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.PluginGeneration;
import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.model.InputBinder;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.ValueTemplate;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.DiagnosticPrinter;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.expression.EvaluationException;
import dev.nightjar.model.yaml.YamlReader;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.EngineSettings;
import dev.nightjar.runtime.RunIds;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.stage.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a workflow and of what is wanted of it a run that can begin. */
final class Starts {

  private final DaemonSettings settings;
  private final Surroundings surroundings;
  private final ResultCache cache;
  private final RunIds ids;

  Starts(DaemonSettings settings, Surroundings surroundings, ResultCache cache) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.cache = cache;
    this.ids = new RunIds(surroundings);
  }

  /** An engine for the runs of a workflow. */
  Engine engine(Path workflowFolder, PluginGeneration.Use plugins) {
    var engineSettings =
        new EngineSettings(
            settings.parallelism(),
            workflowFolder,
            settings.allowOutside(),
            settings.grace(),
            EngineSettings.QUIET,
            // This process is long-lived.
            Duration.ZERO);
    return new Engine(plugins.host(), surroundings, engineSettings, cache);
  }

  /**
   * The workflow as it is with these plugins; the version was checked with those that were the
   * newest then.
   */
  static Workflow workflow(ServedWorkflow.Version version, PluginGeneration.Use plugins) {
    if (version.generation() == plugins.generation().number()) {
      return version.workflow();
    }
    Path file = version.workflow().file();
    var diagnostics = new Diagnostics();
    Workflow workflow =
        WorkflowReader.read(
            new SourceText(file.toString(), version.text()),
            file,
            plugins.generation().catalog(),
            diagnostics);
    if (workflow == null) {
      throw new RefusedException(text(diagnostics.sorted()));
    }
    return workflow;
  }

  /** What is to run. */
  record Wish(
      Workflow workflow,
      ServedWorkflow.Version version,
      ObjectNode inputs,
      ObjectNode trigger,
      Event.@Nullable Rerun rerun) {}

  /**
   * A run of the wish.
   *
   * @param before the inputs of another run that count where none are given
   * @throws Operations.InputsException when the inputs do not fit
   * @throws RefusedException when a secret cannot be read
   */
  Beginning beginning(Wish wish, Map<String, JsonNode> before, PluginGeneration.Use plugins) {
    Workflow workflow = wish.workflow();
    InputBinder.Bound bound = bind(workflow, before, wish.inputs());
    Map<String, JsonNode> values = new LinkedHashMap<>();
    bound.values().properties().forEach(one -> values.put(one.getKey(), one.getValue()));
    Map<String, String> secrets =
        new LinkedHashMap<>(Secrets.read(workflow, settings.environment()));
    secrets.putAll(bound.secrets());
    return beginning(wish, values, secrets, plugins);
  }

  /** One that fails before it begins: something is wrong with its inputs or secrets. */
  Beginning withoutInputs(Wish wish, PluginGeneration.Use plugins) {
    return beginning(wish, Map.of(), Map.of(), plugins);
  }

  private Beginning beginning(
      Wish wish,
      Map<String, JsonNode> inputs,
      Map<String, String> secrets,
      PluginGeneration.Use plugins) {
    Workflow workflow = wish.workflow();
    Engine engine = engine(workflow.folder(), plugins);
    var request =
        new RunRequest(
            ids.next(),
            workflow,
            wish.version().digest(),
            UsedPlugins.of(workflow, plugins.host()),
            inputs,
            secrets,
            surroundings.clock().instant(),
            wish.trigger(),
            wish.rerun());
    return new Beginning(engine, request, wish.version().text(), display(workflow.file()), true);
  }

  /** As messages name it: below the folder that is served. */
  String display(Path file) {
    return file.startsWith(settings.folder())
        ? settings.folder().relativize(file).toString()
        : file.toString();
  }

  /**
   * Binds values to the inputs of a workflow; given paths start at its folder.
   *
   * @throws Operations.InputsException when they do not fit
   */
  static InputBinder.Bound bind(
      Workflow workflow, Map<String, JsonNode> before, ObjectNode inputs) {
    var diagnostics = new Diagnostics();
    // JSON is YAML: places in it are those of the text.
    var given = YamlReader.read(new SourceText("inputs", inputs.toString()), diagnostics);
    InputBinder.Bound bound =
        diagnostics.hasErrors()
            ? null
            : InputBinder.bind(workflow, before, given, List.of(), workflow.folder(), diagnostics);
    if (bound == null) {
      throw new Operations.InputsException(diagnostics.sorted());
    }
    return bound;
  }

  /**
   * What a trigger gives as inputs.
   *
   * @param facts what {@code trigger.*} stands for
   * @throws RefusedException when an expression has no value, or a secret cannot be read
   */
  ObjectNode inputs(Workflow workflow, Trigger trigger, ObjectNode facts) {
    ObjectNode inputs = JsonNodeFactory.instance.objectNode();
    if (trigger.inputs().isEmpty()) {
      return inputs;
    }
    Map<String, JsonNode> names = new LinkedHashMap<>();
    names.put("trigger", facts);
    ObjectNode secrets = JsonNodeFactory.instance.objectNode();
    Secrets.read(workflow, settings.environment()).forEach(secrets::put);
    names.put("secrets", secrets);
    ObjectNode env = JsonNodeFactory.instance.objectNode();
    workflow
        .env()
        .forEach((name, value) -> {
          if (value.constant()) {
            env.set(name, value.evaluate(names::get, null));
          }
        });
    names.put("env", env);
    for (Map.Entry<String, ValueTemplate> input : trigger.inputs().entrySet()) {
      try {
        inputs.set(input.getKey(), input.getValue().evaluate(names::get));
      } catch (EvaluationException e) {
        throw new RefusedException(
            "%s: the input `%s` of the trigger `%s`: %s"
                .formatted(trigger.place(), input.getKey(), trigger.id(), e.getMessage()));
      }
    }
    return inputs;
  }

  /** Mistakes as people read them. */
  static String text(List<Diagnostic> diagnostics) {
    var printer = new DiagnosticPrinter(false);
    return String.join("", diagnostics.stream().map(printer::print).toList()).stripTrailing();
  }

  /** Where a run keeps its parts. */
  Path runFolder(String run) {
    return Engine.runFolder(settings.home(), run);
  }
}
