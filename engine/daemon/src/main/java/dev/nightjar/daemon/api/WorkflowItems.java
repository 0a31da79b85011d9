package dev.nightjar.daemon.api;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.view.DiagnosticJson;
import dev.nightjar.model.InputDeclaration;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.options.Durations;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.model.schedule.Timetable;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Workflows as lists show them, all at one moment. */
final class WorkflowItems {

  /** The newest runs in which the last one of each workflow is looked for first. */
  private static final int NEWEST = 500;

  private static final int RUNNING = 10_000;

  private final Sources sources;
  private final Instant now;
  private final Map<String, StoredRun> last = new HashMap<>();
  private final Map<String, Integer> running = new HashMap<>();
  private final boolean allRuns;

  WorkflowItems(Sources sources) {
    this.sources = sources;
    this.now = sources.clock().instant();
    List<StoredRun> newest = runs(null, Set.of(), NEWEST);
    newest.forEach(run -> last.putIfAbsent(run.workflow(), run));
    allRuns = newest.size() < NEWEST;
    runs(null, Set.of(StoredRun.State.RUNNING), RUNNING)
        .forEach(run -> running.merge(run.workflow(), 1, Integer::sum));
  }

  private List<StoredRun> runs(@Nullable String workflow, Set<StoredRun.State> states, int limit) {
    var query = new RunQuery(workflow, null, states, Set.of(), null, null, limit, null);
    return sources.store().runs(query).items();
  }

  /** In force or not, by this name it is asked for. */
  static String name(ServedWorkflow served) {
    ServedWorkflow.Version version = served.inForce();
    return version != null
        ? version.name()
        : Objects.requireNonNull(served.file().getFileName())
            .toString()
            .replaceFirst("\\.ya?ml$", "");
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  ObjectNode of(ServedWorkflow served) {
    String name = name(served);
    ServedWorkflow.Version version = served.inForce();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("file", file(served))
            .put("state", served.isBroken() ? "broken" : "ok")
            .put("in_force", version != null)
            .put("since", served.since().toString());
    if (version != null && version.workflow().description() != null) {
      json.put("description", version.workflow().description());
    }
    json.set("diagnostics", DiagnosticJson.of(served.diagnostics()));
    ArrayNode triggers = json.putArray("triggers");
    if (version != null) {
      addTriggers(json, triggers, version.workflow());
    }
    StoredRun run = last(name);
    if (run != null) {
      json.set("last_run", run(run));
    }
    return json.put("running", running.getOrDefault(name, 0));
  }

  private String file(ServedWorkflow served) {
    Path folder = sources.status().get().folder();
    return served.file().startsWith(folder)
        ? folder.relativize(served.file()).toString()
        : served.display();
  }

  private @Nullable StoredRun last(String workflow) {
    StoredRun known = last.get(workflow);
    if (known != null || allRuns) {
      return known;
    }
    return runs(workflow, Set.of(), 1).stream().findFirst().orElse(null);
  }

  private static ObjectNode run(StoredRun run) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", run.id())
            .put("state", word(run.state()))
            .put("started", run.started().toString());
    if (run.ended() != null) {
      json.put("ended", run.ended().toString());
    }
    return run.outcome() == null ? json : json.put("outcome", run.outcome().id());
  }

  private void addTriggers(ObjectNode json, ArrayNode into, Workflow workflow) {
    Instant first = null;
    for (Trigger trigger : workflow.triggers()) {
      ObjectNode one =
          into.addObject()
              .put("id", trigger.id())
              .put("kind", word(trigger.cause()))
              .put("text", text(workflow, trigger))
              .put("enabled", trigger.enabled());
      Instant next = trigger.enabled() ? next(workflow, trigger) : null;
      if (next != null) {
        one.put("next", next.toString());
        first = first == null || next.isBefore(first) ? next : first;
      }
    }
    if (first != null) {
      json.put("next", first.toString());
    }
  }

  /** When it starts a run next, jitter included; null when it does not, or not by time. */
  private @Nullable Instant next(Workflow workflow, Trigger trigger) {
    Timetable times = trigger.timetable(sources.zone());
    Occurrence next = times == null ? null : times.next(now);
    return next == null
        ? null
        : next.instant().plus(trigger.delay(workflow.name(), next.instant()));
  }

  static String word(Trigger.Cause cause) {
    return switch (cause) {
      case Trigger.Cause.Cron _ -> "cron";
      case Trigger.Cause.Every _ -> "every";
      case Trigger.Cause.Files _ -> "files";
      case Trigger.Cause.Webhook _ -> "webhook";
      case Trigger.Cause.After _ -> "after";
    };
  }

  private static String text(Workflow workflow, Trigger trigger) {
    return switch (trigger.cause()) {
      case Trigger.Cause.Cron cron ->
          cron.expression().text() + (cron.zone() == null ? "" : " in " + cron.zone());
      case Trigger.Cause.Every every -> "every " + Durations.format(every.period());
      case Trigger.Cause.Files files -> "files " + files.path().text();
      case Trigger.Cause.Webhook _ -> "POST /hooks/" + workflow.name() + "/" + trigger.id();
      case Trigger.Cause.After after -> "after " + after.workflow() + " " + after.outcome();
    };
  }

  /** What a run can be given; of a secret nothing that it could be. */
  static ArrayNode inputs(Workflow workflow) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (InputDeclaration input : workflow.inputs()) {
      boolean secret = input.type() == InputDeclaration.Type.SECRET;
      ObjectNode json =
          all.addObject()
              .put("name", input.name())
              .put("type", word(input.type()))
              .put("required", input.required())
              .put("secret", secret);
      if (input.description() != null) {
        json.put("description", input.description());
      }
      if (!secret) {
        put(json, "default", input.defaultValue());
        if (!input.allowed().isEmpty()) {
          input.allowed().forEach(json.putArray("enum")::add);
        }
      }
      put(json, "min", input.min());
      put(json, "max", input.max());
      if (input.pattern() != null) {
        json.put("pattern", input.pattern());
      }
    }
    return all;
  }

  private static void put(ObjectNode json, String name, @Nullable JsonNode value) {
    if (value != null) {
      json.set(name, value);
    }
  }
}
