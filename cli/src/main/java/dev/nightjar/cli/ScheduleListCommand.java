package dev.nightjar.cli;

import dev.nightjar.cli.display.Table;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.options.Durations;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.model.schedule.Timetable;
import dev.nightjar.stage.plugin.PluginHost;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists what starts workflows, and when it does so next. */
final class ScheduleListCommand implements Command {

  /**
   * One trigger.
   *
   * @param file as printed
   * @param next null when it goes by no time, or not again, or is disabled
   */
  private record Entry(Path file, Workflow workflow, Trigger trigger, @Nullable Occurrence next) {}

  @Override
  public String name() {
    return "schedule list";
  }

  @Override
  public String summary() {
    return "List triggers, and when each fires next.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(NamedFiles.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    return List.of(Firings.AFTER, Plugins.OPTION, Output.OPTION);
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    Instant after = Firings.after(arguments, ZoneId.systemDefault());
    List<Path> files = NamedFiles.find(arguments.operands());
    try (PluginHost plugins = Plugins.open(arguments, console)) {
      var diagnostics = new Diagnostics();
      List<Entry> entries = new ArrayList<>();
      for (Path file : files) {
        var found = new Diagnostics();
        Workflow workflow =
            WorkflowReader.read(
                file.toAbsolutePath().normalize(), file.toString(), plugins.catalog(), found);
        found.sorted().forEach(diagnostics::add);
        if (workflow != null) {
          workflow.triggers().forEach(one -> entries.add(entry(file, workflow, one, after)));
        }
      }
      var findings = new Findings(console, output);
      findings.print(diagnostics.sorted());
      switch (output) {
        case TEXT -> printTable(entries, console);
        case JSON -> entries.forEach(entry -> console.print(json(entry) + "\n"));
      }
      return findings.exitCode(diagnostics, plugins);
    }
  }

  private static Entry entry(Path file, Workflow workflow, Trigger trigger, Instant after) {
    Timetable timetable = trigger.enabled() ? trigger.timetable(ZoneId.systemDefault()) : null;
    return new Entry(file, workflow, trigger, timetable == null ? null : timetable.next(after));
  }

  private static void printTable(List<Entry> entries, Console console) {
    if (entries.isEmpty()) {
      console.say("there are no triggers");
      return;
    }
    var table = new Table(List.of("workflow", "trigger", "waits for", "next", "note"), Set.of());
    for (Entry entry : entries) {
      table.row(
          entry.workflow().name(),
          entry.trigger().id(),
          Visible.line(waitsFor(entry.workflow(), entry.trigger())),
          entry.next() == null ? "" : Firings.time(entry.next()),
          note(entry));
    }
    table.lines(console.results().style()).forEach(line -> console.print(line + "\n"));
  }

  private static String note(Entry entry) {
    if (!entry.trigger().enabled()) {
      return "disabled";
    }
    Occurrence next = entry.next();
    return next == null
        ? ""
        : Firings.note(next, entry.trigger().delay(entry.workflow().name(), next.instant()));
  }

  private static String waitsFor(Workflow workflow, Trigger trigger) {
    return switch (trigger.cause()) {
      case Trigger.Cause.Cron cron -> "cron " + cron.expression();
      case Trigger.Cause.Every every -> "every " + Durations.format(every.period());
      case Trigger.Cause.Files files -> "files " + files.path().text();
      case Trigger.Cause.Webhook webhook -> "POST /hooks/" + workflow.name() + "/" + trigger.id();
      case Trigger.Cause.After after -> "after " + after.workflow() + " has " + after.outcome();
    };
  }

  private static ObjectNode json(Entry entry) {
    Trigger trigger = entry.trigger();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", entry.file().toString())
            .put("workflow", entry.workflow().name())
            .put("trigger", trigger.id())
            .put("waits_for", waitsFor(entry.workflow(), trigger))
            .put("enabled", trigger.enabled());
    if (entry.next() != null) {
      json.set("next", Firings.json(entry.next(), entry.workflow(), trigger));
    }
    return json;
  }
}
