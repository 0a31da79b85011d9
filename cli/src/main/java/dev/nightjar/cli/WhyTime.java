package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.trigger.TimeExplanation;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Says why a workflow's triggers fired at a time, did not, or will: {@code why --at}. */
final class WhyTime {

  static final String AT_NAME = "--at";

  static final Syntax.Option AT =
      Syntax.Option.value(
          AT_NAME, "TIME", "Say what came of this time of a trigger: " + Moment.FORMS + ".");

  private final Arguments arguments;
  private final Console console;
  private final Output output;

  WhyTime(Arguments arguments, Console console, Output output) {
    this.arguments = arguments;
    this.console = console;
    this.output = output;
  }

  int run(Home home) {
    ZoneId zone = ZoneId.systemDefault();
    Instant now = Machine.clock().instant();
    Instant at = Objects.requireNonNull(Moment.of(AT_NAME, arguments, now, zone));
    try (Store store = home.open();
        PluginHost plugins = Plugins.open(arguments, console)) {
      LoadedWorkflow loaded = workflow(store, plugins);
      Workflow workflow = loaded.workflow();
      if (workflow == null) {
        return loaded.exitCode();
      }
      for (Trigger trigger : triggers(workflow)) {
        print(workflow, at, TimeExplanation.of(workflow, trigger, at, store, now, zone));
      }
    }
    return ExitCode.SUCCEEDED;
  }

  /** From its file, or where the newest run of this name has it. */
  private LoadedWorkflow workflow(Store store, PluginHost plugins) {
    String typed = arguments.operand(0);
    if (Files.isRegularFile(Plugins.path("WORKFLOW", typed))) {
      return LoadedWorkflow.read(typed, plugins, console, output);
    }
    var query = new RunQuery(typed, null, Set.of(), Set.of(), null, null, 1, null);
    StoredRun run =
        store.runs(query).items().stream()
            .findFirst()
            .orElseThrow(() ->
                new WrongUsage(
                    "there is no run of a workflow `" + typed + "`; name the workflow's file"));
    Path file = Path.of(run.file());
    return Files.isRegularFile(file)
        ? LoadedWorkflow.read(run.file(), plugins, console, output)
        : LoadedWorkflow.remembered(store.workflow(run.digest()), file, plugins, console, output);
  }

  private List<Trigger> triggers(Workflow workflow) {
    String id = arguments.operand(1);
    List<Trigger> all = workflow.triggers();
    List<Trigger> some =
        all.stream().filter(trigger -> id.isEmpty() || trigger.id().equals(id)).toList();
    if (some.isEmpty()) {
      List<String> ids = all.stream().map(Trigger::id).toList();
      String known = ids.isEmpty() ? "it has none" : "it has " + String.join(", ", ids);
      throw new WrongUsage(
          id.isEmpty()
              ? "the workflow `" + workflow.name() + "` has no triggers"
              : "the workflow `%s` has no trigger `%s`; %s"
                  .formatted(workflow.name(), id, Suggestions.hint(id, ids, known)));
    }
    return some;
  }

  private void print(Workflow workflow, Instant at, TimeExplanation explained) {
    String line =
        switch (output) {
          case TEXT -> Visible.line(explained.text());
          case JSON -> json(workflow, at, explained).toString();
        };
    console.print(line + "\n");
  }

  private static ObjectNode json(Workflow workflow, Instant at, TimeExplanation explained) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("workflow", workflow.name())
            .put("trigger", explained.trigger())
            .put("at", at.toString())
            .put("kind", explained.kind().name().toLowerCase(Locale.ROOT));
    if (explained.run() != null) {
      json.put("run", explained.run());
    }
    return json.put("text", explained.text());
  }
}
