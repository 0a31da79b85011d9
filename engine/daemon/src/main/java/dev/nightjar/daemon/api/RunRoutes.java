package dev.nightjar.daemon.api;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.view.GraphJson;
import dev.nightjar.daemon.view.RunJson;
import dev.nightjar.daemon.view.RunPage;
import dev.nightjar.daemon.view.TimelineJson;
import dev.nightjar.daemon.view.Timelines;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowOutline;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.runtime.journal.Explanation;
import dev.nightjar.runtime.journal.StepGraph;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepProgress;
import dev.nightjar.store.Firing;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreException;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows runs. */
final class RunRoutes {

  private static final int MOST = 200;
  private static final int USUAL = 50;

  /** As {@code runs export} has them. */
  private static final Timeline.Limits EXPORTED =
      new Timeline.Limits(2_000, 500, 100, 100_000, 20_000);

  private static final Parameter LIMIT =
      Parameter.query(
          "limit", ParameterType.whole(1, MOST), "How many at most; " + USUAL + " by default.");

  /** The last run of a page, which may be forgotten by now. */
  private static final ParameterType CURSOR =
      ParameterType.text(
          100, "[0-9]{8}-[0-9]{6}-[0-9a-f]{6}", "what an earlier page has given as `next`");

  private final Sources sources;
  private final Store store;
  private final KnownRuns runs;
  private final KeptTimelines timelines;

  RunRoutes(Sources sources, KnownRuns runs, KeptTimelines timelines) {
    this.sources = sources;
    this.store = sources.store();
    this.runs = runs;
    this.timelines = timelines;
  }

  List<Route> routes() {
    return List.of(list(), show(), why(), graph(), workflow(), export(), search());
  }

  private Route list() {
    return Route.get("/api/v1/runs", Role.VIEWER, "List runs, the newest first.")
        .with(
            Parameter.query("workflow", ParameterType.text(), "Runs of this workflow alone."),
            Parameter.query(
                    "state",
                    ParameterType.choice(Schemas.STATES.toArray(String[]::new)),
                    "Runs that stand there.")
                .anyNumber(),
            Parameter.query(
                    "outcome",
                    ParameterType.choice(Schemas.OUTCOMES.toArray(String[]::new)),
                    "Runs that ended so.")
                .anyNumber(),
            Parameter.query("since", ParameterType.instant(), "Runs that began then or later."),
            Parameter.query("until", ParameterType.instant(), "Runs that began before."),
            LIMIT,
            Parameter.query("cursor", CURSOR, "Where an earlier page ended."))
        .answers(Answer.json(200, "Runs.", Schemas.page(JsonSchema.ref("Run"), JsonSchema.text())))
        .by(this::list);
  }

  private Response list(Request request) {
    Set<StoredRun.State> states = EnumSet.noneOf(StoredRun.State.class);
    for (StoredRun.State state : StoredRun.State.values()) {
      if (request.values("state").contains(RunJson.word(state))) {
        states.add(state);
      }
    }
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      if (request.values("outcome").contains(outcome.id())) {
        outcomes.add(outcome);
      }
    }
    Store.Page<StoredRun> page =
        store.runs(
            new RunQuery(
                request.value("workflow").orElse(null),
                null,
                states,
                outcomes,
                request.instant("since").orElse(null),
                request.instant("until").orElse(null),
                (int) request.whole("limit").orElse(USUAL),
                request.value("cursor").orElse(null)));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    page.items().forEach(run -> items.add(item(store, run)));
    return Response.json(json.put("next", page.next()));
  }

  /** A run as lists show it. */
  static ObjectNode item(Store store, StoredRun run) {
    ObjectNode json = RunJson.add(JsonNodeFactory.instance.objectNode().put("id", run.id()), run);
    Optional<Firing> firing = store.firings().of(run.id());
    firing.ifPresent(cause -> json.put("trigger", cause.trigger()));
    return json;
  }

  private Route show() {
    return Route.get("/api/v1/runs/{run}", Role.VIEWER, "Show what a run did and when.")
        .with(KnownRuns.PATH)
        .answers(Answer.json(200, "The run.", JsonSchema.ref("RunDetail")))
        .by(request -> {
          String id = runs.of(request).id();
          return timelines.read(
              id,
              view -> {
                // Read behind the events, so that an end that is told of is known as one.
                ObjectNode json = TimelineJson.withoutLogs(view.timeline(), runs.of(request));
                json.put("position", view.position());
                ArrayNode live = json.putArray("live");
                sources.live().progress(id).forEach(step -> live.add(progress(step)));
                return Response.json(json);
              });
        });
  }

  private static ObjectNode progress(StepProgress step) {
    double seconds = step.elapsed().toNanos() / 1e9;
    double rate = seconds > 0 ? step.records() / seconds : 0;
    return JsonNodeFactory.instance
        .objectNode()
        .put("step", step.step())
        .put("processor", step.processor())
        .put("records", step.records())
        .put("rejected", step.rejected())
        .put("done", step.done())
        .put("total", step.total())
        .put("elapsed", Math.floor(seconds * 1e6) / 1e6)
        .put("records_per_second", Math.floor(rate * 10) / 10)
        .put("waiting", step.waiting());
  }

  private Route why() {
    return Route.get(
            "/api/v1/runs/{run}/why", Role.VIEWER, "Say why a run's steps went as they did.")
        .with(
            KnownRuns.PATH,
            Parameter.query(
                "step", ParameterType.text(), "One step, such as clean or each[3].write."))
        .answers(Answer.json(200, "Reasons.", JsonSchema.ref("Explanation")))
        .by(request -> {
          StoredRun run = runs.of(request);
          String step = request.value("step").orElse(null);
          Explanation explanation = explain(run, step);
          if (step != null && explanation.steps().isEmpty()) {
            throw Problem.notFound(
                "the events of run %s tell of no step `%s`; %s"
                    .formatted(
                        run.id(),
                        step,
                        Suggestions.hint(
                            step, explanation.known(), "leave out `step` to see which there are")));
          }
          return Response.json(explanation.json());
        });
  }

  private Explanation explain(StoredRun run, @Nullable String step) {
    try (Stream<Store.StoredEvent> events = store.events(run.id())) {
      return Explanation.of(events.map(Store.StoredEvent::event), step);
    }
  }

  private Route graph() {
    return Route.get(
            "/api/v1/runs/{run}/graph", Role.VIEWER, "Show who reads and needs whom in a run.")
        .with(KnownRuns.PATH)
        .answers(
            Answer.json(
                200,
                "The graph of the text that the run has; without kinds when a plugin is gone.",
                JsonSchema.ref("Graph")))
        .by(request -> Response.json(graph(runs.of(request))));
  }

  private ObjectNode graph(StoredRun run) {
    String text = text(run);
    var source = new SourceText(run.file(), text == null ? "" : text);
    Workflow workflow =
        text == null
            ? null
            : WorkflowReader.read(
                source,
                Path.of(run.file()),
                sources.plugins().current().catalog(),
                new Diagnostics());
    if (workflow != null) {
      return GraphJson.of(workflow);
    }
    return timelines.read(
        run.id(),
        view ->
            GraphJson.of(
                StepGraph.of(WorkflowOutline.read(source), view.timeline()), view.timeline()));
  }

  /** Of the workflow's file; null when the store has lost it. */
  private @Nullable String text(StoredRun run) {
    try {
      return store.workflow(run.digest());
    } catch (StoreException lost) {
      return null;
    }
  }

  private Route workflow() {
    ObjectNode answer =
        JsonSchema.object()
            .with("yaml", JsonSchema.text())
            .with("digest", JsonSchema.text())
            .with("in_force", JsonSchema.choice(List.of("same", "other", "none")))
            .maybe("in_force_since", JsonSchema.instant())
            .schema();
    return Route.get(
            "/api/v1/runs/{run}/workflow",
            Role.VIEWER,
            "Show the text of a run's workflow as it was when the run began.")
        .with(KnownRuns.PATH)
        .answers(
            Answer.json(
                200,
                "The text, and whether the workflow of this name that is in force now has the"
                    + " same, since when.",
                answer))
        .by(request -> Response.json(workflow(runs.of(request))));
  }

  private ObjectNode workflow(StoredRun run) {
    String text = text(run);
    if (text == null) {
      throw Problem.notFound("the text of run " + run.id() + "'s workflow is not there any more");
    }
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("yaml", text).put("digest", run.digest());
    ServedWorkflow served = sources.workflows().find(run.workflow());
    ServedWorkflow.Version version = served == null ? null : served.inForce();
    if (version == null) {
      return json.put("in_force", "none");
    }
    return json.put("in_force", version.digest().equals(run.digest()) ? "same" : "other")
        .put("in_force_since", version.since().toString());
  }

  private Route export() {
    return Route.get(
            "/api/v1/runs/{run}/export",
            Role.VIEWER,
            "Send a run as one HTML file that opens without a network.")
        .with(KnownRuns.PATH)
        .answers(Answer.of("text/html", "The file, without lines of rejects."))
        .by(request -> {
          StoredRun run = runs.of(request);
          Timeline timeline = Timelines.read(store, run, EXPORTED);
          var page = new RunPage(timeline, run, sources.clock().instant(), text(run), Map.of());
          String name = (run.workflow() + "-" + run.id()).replaceAll("[^A-Za-z0-9_.-]", "_");
          // The server's policy lets no page run a script of its own: it is for keeping.
          return new Response.Text(200, "text/html", page.html())
              .with("Content-Disposition", "attachment; filename=\"" + name + ".html\"");
        });
  }

  private Route search() {
    ObjectNode hit =
        JsonSchema.object()
            .with("run", JsonSchema.text())
            .with("workflow", JsonSchema.text())
            .with("number", JsonSchema.whole())
            .with("at", JsonSchema.instant())
            .maybe("step", JsonSchema.text())
            .with("text", JsonSchema.text())
            .schema();
    return Route.get(
            "/api/v1/search", Role.VIEWER, "Find words in the logs, failures and names of runs.")
        .with(
            Parameter.query("q", ParameterType.text(), "Words that all have to be in a line.")
                .needed(),
            LIMIT,
            Parameter.query(
                "cursor",
                ParameterType.whole(0, 999_999_999_999_999_999L),
                "Where an earlier page ended."))
        .answers(Answer.json(200, "Lines.", Schemas.page(hit, JsonSchema.text())))
        .by(request -> {
          Store.Page<Store.Hit> page =
              store.search(
                  request.value("q").orElseThrow(),
                  (int) request.whole("limit").orElse(USUAL),
                  request.value("cursor").orElse(null));
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          ArrayNode items = json.putArray("items");
          page.items().forEach(one -> items.add(RunJson.hit(one)));
          return Response.json(json.put("next", page.next()));
        });
  }
}
