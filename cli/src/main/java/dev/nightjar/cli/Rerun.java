package dev.nightjar.cli;

import dev.nightjar.model.Step;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.StepCache;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a new run that takes over what another one has done before a step. */
record Rerun(
    Store store,
    Home home,
    PluginHost plugins,
    Arguments arguments,
    RunOptions options,
    Console console) {

  /** Does it and returns the process's exit code. */
  int run(StoredRun other) throws InterruptedException {
    if (other.state() != StoredRun.State.ENDED) {
      throw new WrongUsage(
          "run %s has not ended; go on with it by `nightjar resume %s`, or end it by `nightjar runs"
                  .formatted(other.id(), other.id())
              + " cancel "
              + other.id()
              + "`");
    }
    History past = Resumption.history(store, other.id());
    if (!past.hasBegun()) {
      throw new WrongUsage("run " + other.id() + " has done nothing that could be done again");
    }
    LoadedWorkflow loaded = load(other);
    Workflow workflow = loaded.workflow();
    if (workflow == null) {
      return loaded.exitCode();
    }
    Map<String, JsonNode> before = past.started().inputs();
    GivenInputs inputs = GivenInputs.bind(workflow, before, arguments, console, options.output());
    if (inputs == null) {
      return ExitCode.WRONG_USAGE;
    }
    warnOfLost(before, workflow);
    String from = arguments.text("--from");
    if (from != null) {
      check(from, workflow, inputs.changed(before));
      warnOfChanged(other, from, workflow, loaded);
    }
    return start(other, from, past, loaded, workflow, inputs);
  }

  private LoadedWorkflow load(StoredRun other) {
    Path file = Path.of(other.file());
    if (Files.exists(file)) {
      return LoadedWorkflow.read(LoadedWorkflow.display(file), plugins, console, options.output());
    }
    console.warning(
        LoadedWorkflow.display(file)
            + " is gone; its text is taken as run "
            + other.id()
            + " had it");
    String text = store.workflow(other.digest());
    return LoadedWorkflow.remembered(text, file, plugins, console, options.output());
  }

  private void warnOfLost(Map<String, JsonNode> before, Workflow workflow) {
    before.keySet().stream()
        .filter(name -> workflow.inputs().stream().noneMatch(one -> one.name().equals(name)))
        .forEach(name -> console.warning("the workflow no longer has the input `" + name + "`"));
  }

  /** What is taken over is what the step had done, not what the file says now. */
  private void warnOfChanged(
      StoredRun other, String from, Workflow workflow, LoadedWorkflow loaded) {
    String text = store.workflow(other.digest());
    Workflow then =
        WorkflowReader.read(
            new SourceText(other.file(), text),
            Path.of(other.file()),
            plugins.catalog(),
            new Diagnostics());
    if (then == null) {
      return;
    }
    var before = new WrittenSteps(then, text);
    var now = new WrittenSteps(workflow, loaded.text());
    takenOver(from, workflow).stream()
        .map(Step::id)
        .filter(step -> now.differ(before, step))
        .forEach(step ->
            console.warning(
                "`%s` has changed in the file since run %s, whose outcome is taken over all the same; `--from %s` does it anew"
                    .formatted(step, other.id(), step)));
  }

  private static void check(String from, Workflow workflow, List<String> changed) {
    List<String> ids = workflow.steps().stream().map(Step::id).toList();
    if (!ids.contains(from)) {
      String all = "its steps are " + String.join(", ", ids);
      throw new WrongUsage(
          "`--from`: the workflow has no step `%s`; %s"
              .formatted(from, Suggestions.hint(from, ids, all)));
    }
    for (String input : changed) {
      List<String> path = List.of("inputs", input);
      if (workflow.env().values().stream().map(Interpolation::references).anyMatch(reads(path))) {
        throw new WrongUsage(
            "the input `" + input + "` is in `env`, which every step has; leave out `--from`");
      }
      for (Step step : takenOver(from, workflow)) {
        if (reads(path).test(step.references())) {
          throw new WrongUsage(
              "the input `%s` has changed, and `%s` reads it: use `--from %s`"
                  .formatted(input, step.id(), step.id()));
        }
      }
    }
  }

  private static Predicate<Set<List<String>>> reads(List<String> path) {
    return references ->
        references.stream()
            .anyMatch(one ->
                one.getFirst().equals(path.getFirst())
                    && (one.size() == 1 || one.get(1).equals(path.get(1))));
  }

  /** Those written before, but for those of its own stage. */
  private static List<Step> takenOver(String from, Workflow workflow) {
    List<Step> steps = new ArrayList<>();
    for (Plan.Unit unit : Plan.of(workflow.steps()).units()) {
      if (unit.steps().stream().anyMatch(step -> step.id().equals(from))) {
        break;
      }
      steps.addAll(unit.steps());
    }
    return steps;
  }

  private int start(
      StoredRun other,
      @Nullable String from,
      History past,
      LoadedWorkflow loaded,
      Workflow workflow,
      GivenInputs inputs)
      throws InterruptedException {
    try (StepCache cache = home.cache(console)) {
      var engine =
          new Engine(
              plugins,
              Machine.surroundings(home.folder()),
              options.settings(workflow.folder()),
              cache);
      var request =
          new RunRequest(
              engine.newId(),
              workflow,
              loaded.digest(),
              UsedPlugins.of(workflow, plugins),
              inputs.values(),
              inputs.allSecrets(workflow, console),
              Machine.clock().instant(),
              past.started().trigger(),
              new Event.Rerun(other.id(), from));
      Path folder = home.runFolder(other.id());
      return new Beginning(store, engine, request, loaded.text())
          .run(journal -> engine.rerun(request, past, folder, journal), options, console);
    }
  }
}
