package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations.UnknownException;
import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trigger.TimeExplanation;
import dev.nightjar.daemon.view.RunJson;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.store.Firing;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows when triggers fire, and why. */
final class ScheduleRoutes {

  /** Two months and the days beside them, as a calendar shows them. */
  private static final Duration LONGEST = Duration.ofDays(62);

  private static final Duration USUAL = Duration.ofDays(7);

  private static final int MOST = 5_000;

  private final Sources sources;

  ScheduleRoutes(Sources sources) {
    this.sources = sources;
  }

  List<Route> routes() {
    return List.of(schedule(), why());
  }

  private Route schedule() {
    ObjectNode decision =
        JsonSchema.object()
            .with("kind", JsonSchema.choice(List.of("fired", "passed")))
            .with("at", JsonSchema.instant())
            .maybe("run", JsonSchema.text())
            .maybe("state", Schemas.state())
            .maybe("outcome", Schemas.outcome())
            .maybe("reason", JsonSchema.text())
            .schema();
    ObjectNode item =
        JsonSchema.object()
            .with("time", JsonSchema.instant())
            .with("timezone", JsonSchema.text())
            .with("workflow", JsonSchema.text())
            .with("trigger", JsonSchema.text())
            .with("starts", JsonSchema.instant())
            .maybe("moved", JsonSchema.text())
            .maybe("decision", decision)
            .schema();
    ObjectNode all =
        JsonSchema.object()
            .with("from", JsonSchema.instant())
            .with("to", JsonSchema.instant())
            .with("items", JsonSchema.list(item))
            .with("asked", JsonSchema.list(JsonSchema.ref("Run")))
            .with("complete", JsonSchema.flag())
            .schema();
    return Route.get(
            "/api/v1/schedule", Role.VIEWER, "Tell when triggers fire, and what became of it.")
        .with(
            Parameter.query(
                "from", ParameterType.instant(), "Times then or later; now by default."),
            Parameter.query(
                "to",
                ParameterType.instant(),
                "Times before; a week later by default, at most 62 days later."))
        .answers(
            Answer.json(
                200,
                "Times in order, and the runs that began between them because somebody asked; of"
                    + " times the first "
                    + MOST
                    + ", of runs among the last "
                    + MOST
                    + ".",
                all))
        .by(this::schedule);
  }

  private Response schedule(Request request) {
    Instant from = request.instant("from").orElseGet(sources.clock()::instant);
    Instant to = request.instant("to").orElseGet(() -> plus(from, USUAL));
    checkStretch(from, to);
    var agenda = new Agenda(sources, from, to, MOST);
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("from", from.toString()).put("to", to.toString());
    ArrayNode items = json.putArray("items");
    agenda.entries().forEach(entry -> items.add(json(agenda, entry)));
    ArrayNode asked = json.putArray("asked");
    agenda.asked().forEach(run -> asked.add(RunRoutes.item(sources.store(), run)));
    return Response.json(json.put("complete", agenda.isComplete()));
  }

  private static void checkStretch(Instant from, Instant to) {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Problem.badRequest(
          "`to` must be later than `from`, and at most " + LONGEST.toDays() + " days later");
    }
    checkYear(from);
    checkYear(to);
  }

  /** What the store can hold. */
  private static void checkYear(Instant moment) {
    if (moment.isBefore(Instant.EPOCH) || moment.isAfter(Instant.parse("2261-01-01T00:00:00Z"))) {
      throw Problem.badRequest("times must lie from 1970 to 2260");
    }
  }

  private static Instant plus(Instant from, Duration more) {
    checkYear(from);
    return from.plus(more);
  }

  private ObjectNode json(Agenda agenda, Agenda.Entry entry) {
    Occurrence occurrence = entry.occurrence();
    var time = occurrence == null ? entry.at().atZone(sources.zone()) : occurrence.time();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time))
            .put("timezone", time.getZone().getId())
            .put("workflow", entry.workflow().name())
            .put("trigger", entry.trigger())
            .put("starts", entry.starts().toString());
    if (occurrence != null && !occurrence.explanation().isEmpty()) {
      json.put("moved", occurrence.explanation());
    }
    if (entry.decision() != null) {
      json.set("decision", json(agenda, entry.decision()));
    }
    return json;
  }

  private static ObjectNode json(Agenda agenda, Firing decision) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", decision.run() == null ? "passed" : "fired")
            .put("at", decision.decided().toString());
    if (decision.run() != null) {
      json.put("run", decision.run());
      StoredRun run = agenda.run(decision.run());
      if (run != null) {
        json.put("state", RunJson.word(run.state()));
      }
      if (run != null && run.outcome() != null) {
        json.put("outcome", run.outcome().id());
      }
    }
    if (!decision.reason().isEmpty()) {
      json.put("reason", decision.reason());
    }
    return json;
  }

  private Route why() {
    ObjectNode item =
        JsonSchema.object()
            .with("trigger", JsonSchema.text())
            .with("kind", JsonSchema.choice(Schemas.words(TimeExplanation.Kind.values())))
            .maybe("run", JsonSchema.text())
            .with("text", JsonSchema.text())
            .schema();
    ObjectNode all =
        JsonSchema.object()
            .with("workflow", JsonSchema.text())
            .with("at", JsonSchema.instant())
            .with("items", JsonSchema.list(item))
            .schema();
    return Route.get(
            "/api/v1/schedule/why",
            Role.VIEWER,
            "Say why a workflow's triggers fired at a time, did not, or will.")
        .with(
            Parameter.query("workflow", ParameterType.text(), "Its name.").needed(),
            Parameter.query("trigger", ParameterType.text(), "One of its triggers; else all."),
            Parameter.query("at", ParameterType.instant(), "The time.").needed())
        .answers(Answer.json(200, "A sentence for each trigger.", all))
        .by(this::why);
  }

  private Response why(Request request) {
    Workflow workflow = workflow(request.value("workflow").orElseThrow());
    Instant at = request.instant("at").orElseThrow();
    checkYear(at);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("workflow", workflow.name())
            .put("at", at.toString());
    ArrayNode items = json.putArray("items");
    for (Trigger trigger : triggers(workflow, request.value("trigger").orElse(null))) {
      TimeExplanation explained =
          TimeExplanation.of(
              workflow, trigger, at, sources.store(), sources.clock().instant(), sources.zone());
      ObjectNode item =
          items
              .addObject()
              .put("trigger", trigger.id())
              .put("kind", WorkflowItems.word(explained.kind()));
      if (explained.run() != null) {
        item.put("run", explained.run());
      }
      item.put("text", explained.text());
    }
    return Response.json(json);
  }

  private Workflow workflow(String name) {
    ServedWorkflow served = sources.workflows().find(name);
    if (served == null || served.inForce() == null) {
      throw new UnknownException(
          "there is no workflow `" + name + "` in force; GET /api/v1/workflows lists them");
    }
    return served.inForce().workflow();
  }

  private static List<Trigger> triggers(Workflow workflow, @Nullable String id) {
    List<Trigger> all = workflow.triggers();
    List<Trigger> some =
        all.stream().filter(trigger -> id == null || trigger.id().equals(id)).toList();
    if (id != null && some.isEmpty()) {
      List<String> ids = all.stream().map(Trigger::id).toList();
      String known = ids.isEmpty() ? "it has none" : "it has " + String.join(", ", ids);
      throw new UnknownException(
          "the workflow `%s` has no trigger `%s`; %s"
              .formatted(workflow.name(), id, Suggestions.hint(id, ids, known)));
    }
    return some;
  }
}
