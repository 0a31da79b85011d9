package dev.nightjar.cli;

import dev.nightjar.daemon.RefusedException;
import dev.nightjar.daemon.Secrets;
import dev.nightjar.model.InputBinder;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The inputs that were typed, those in a file, and those of a run before.
 *
 * @param values by name, without secrets
 * @param secrets values by name: those that are read from outside, and inputs that are secret
 */
record GivenInputs(Map<String, JsonNode> values, Map<String, String> secrets) {

  static final List<Syntax.Option> OPTIONS =
      List.of(
          Syntax.Option.repeatable(
              "--input", "NAME=VALUE", "A value for one of the workflow's inputs; repeatable."),
          Syntax.Option.value(
              "--inputs", "FILE", "A YAML or JSON file of inputs; --input goes before it."));

  /**
   * The values of all inputs; null when something is wrong with them, which was printed.
   *
   * @param before those of an earlier run, whose secrets have to be given again
   */
  static @Nullable GivenInputs bind(
      Workflow workflow,
      Map<String, JsonNode> before,
      Arguments arguments,
      Console console,
      Output output) {
    var diagnostics = new Diagnostics();
    YamlNode values = null;
    String file = arguments.text("--inputs");
    if (file != null) {
      values = YamlReader.read(Plugins.path("--inputs", file), file, diagnostics);
    }
    InputBinder.Bound bound = null;
    if (!diagnostics.hasErrors()) {
      Path current = Path.of("").toAbsolutePath();
      List<String> typed = arguments.texts("--input");
      bound = InputBinder.bind(workflow, before, values, typed, current, diagnostics);
    }
    new Findings(console, output).print(diagnostics.sorted());
    return bound == null ? null : of(bound);
  }

  private static GivenInputs of(InputBinder.Bound bound) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    bound.values().properties().forEach(one -> values.put(one.getKey(), one.getValue()));
    return new GivenInputs(values, bound.secrets());
  }

  /**
   * The secrets that the workflow names, and the inputs that are secret.
   *
   * @throws RefusedException naming the variable or file that is not there
   */
  Map<String, String> allSecrets(Workflow workflow, Console console) {
    Map<String, String> all = new LinkedHashMap<>(Secrets.read(workflow, console.environment()));
    all.putAll(secrets);
    return all;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return values.toString();
  }
}
