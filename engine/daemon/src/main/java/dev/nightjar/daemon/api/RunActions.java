package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations;
import dev.nightjar.daemon.Resolution;
import dev.nightjar.daemon.Resumption;
import dev.nightjar.daemon.web.Caller;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.daemon.web.Route.Body;
import dev.nightjar.runtime.History;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starts, ends and continues runs; says which answers they wait for. */
final class RunActions {

  static final Parameter KEY =
      Parameter.header(
          "Idempotency-Key",
          ParameterType.text(200),
          "The same for the same wish to one workflow or webhook: it is fulfilled once. With"
              + " another wish it is refused with 422.");

  /** Of a person's reason for the journal. */
  private static final int REASON_CHARACTERS = 1_000;

  private final Operations operations;
  private final Store store;
  private final KnownRuns runs;

  RunActions(Sources sources, KnownRuns runs) {
    this.operations = sources.operations();
    this.store = sources.store();
    this.runs = runs;
  }

  List<Route> routes() {
    return List.of(start(), cancel(), resume(), rerun(), doubts(), resolve());
  }

  private Route start() {
    ObjectNode body =
        JsonSchema.object().maybe("inputs", JsonSchema.map(JsonSchema.any())).schema();
    return Route.post("/api/v1/workflows/{name}/runs", Role.OPERATOR, "Start a run.")
        .with(WorkflowRoutes.NAME, KEY)
        .reads(Body.json(body))
        .answers(
            Answer.json(201, "It is remembered, and begins.", startedSchema()),
            Answer.json(200, "The run that the same key has started.", startedSchema()))
        .by(request ->
            started(
                operations.start(
                    request.variable(WorkflowRoutes.NAME.name()),
                    object(body(request, "inputs"), "inputs"),
                    by(request),
                    request.value(KEY.name()).orElse(null),
                    traceparent(request)),
                201));
  }

  /** Not declared: whatever is wrong with it, the request counts. */
  static @Nullable String traceparent(Request request) {
    return request.onlyHeader("traceparent").orElse(null);
  }

  /**
   * What is answered to a start.
   *
   * @param status of one that was not seen before
   */
  static Response started(Operations.Started started, int status) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("run", started.run());
    return new Response.Json(started.anew() ? status : 200, json);
  }

  static ObjectNode startedSchema() {
    return JsonSchema.object().with("run", JsonSchema.text()).schema();
  }

  private Route cancel() {
    ObjectNode body = JsonSchema.object().maybe("reason", JsonSchema.text()).schema();
    return Route.post("/api/v1/runs/{run}/cancel", Role.OPERATOR, "End a run; finally still runs.")
        .with(KnownRuns.PATH)
        .reads(Body.json(body))
        .answers(Answer.empty(202, "It is told, wherever it goes on."))
        .by(request -> {
          String run = runs.of(request).id();
          String reason = textOf(body(request, "reason"), "reason");
          String said = reason == null || reason.isBlank() ? "cancelled by " + by(request) : reason;
          if (said.length() > REASON_CHARACTERS) {
            throw Problem.badRequest(
                "`reason` has more than " + REASON_CHARACTERS + " characters; shorten it");
          }
          if (!operations.cancel(run, said)) {
            throw Problem.conflict("run " + run + " has ended before");
          }
          return new Response.Empty(202);
        });
  }

  private Route resume() {
    return Route.post(
            "/api/v1/runs/{run}/resume", Role.OPERATOR, "Go on with a run that nobody has.")
        .with(KnownRuns.PATH)
        .answers(Answer.empty(202, "It goes on in this daemon."))
        .by(request -> {
          operations.resume(runs.of(request).id());
          return new Response.Empty(202);
        });
  }

  private Route rerun() {
    ObjectNode body =
        JsonSchema.object()
            .maybe("from", JsonSchema.nullable(JsonSchema.text()))
            .maybe("inputs", JsonSchema.map(JsonSchema.any()))
            .schema();
    ObjectNode answer =
        JsonSchema.object()
            .with("run", JsonSchema.text())
            .with("warnings", JsonSchema.list(JsonSchema.text()))
            .schema();
    return Route.post(
            "/api/v1/runs/{run}/rerun",
            Role.OPERATOR,
            "Start a run that takes over what this one has done before a step.")
        .with(KnownRuns.PATH)
        .reads(Body.json(body))
        .answers(Answer.json(201, "The new run, and what is not as one may think.", answer))
        .by(request -> {
          Operations.Rerun rerun =
              operations.rerun(
                  runs.of(request).id(),
                  textOf(body(request, "from"), "from"),
                  object(body(request, "inputs"), "inputs"),
                  by(request));
          ObjectNode json = JsonNodeFactory.instance.objectNode().put("run", rerun.run());
          rerun.warnings().forEach(json.putArray("warnings")::add);
          return new Response.Json(201, json);
        });
  }

  private Route doubts() {
    ObjectNode item =
        JsonSchema.object()
            .with("step", JsonSchema.text())
            .with("can_have_succeeded", JsonSchema.flag())
            .schema();
    ObjectNode all = JsonSchema.object().with("items", JsonSchema.list(item)).schema();
    return Route.get(
            "/api/v1/runs/{run}/doubts",
            Role.VIEWER,
            "Tell which steps a crash interrupted that may not be repeated unasked.")
        .with(KnownRuns.PATH)
        .answers(
            Answer.json(
                200,
                "Steps that wait for a person's answer; one that was to emit records cannot be"
                    + " taken as done.",
                all))
        .by(request -> Response.json(doubts(runs.of(request))));
  }

  private ObjectNode doubts(StoredRun run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    if (run.state() == StoredRun.State.UNFINISHED) {
      History past = Resumption.history(store, run.id());
      for (String step : Resolution.steps(past)) {
        items
            .addObject()
            .put("step", step)
            .put("can_have_succeeded", Resolution.canHaveSucceeded(step, past));
      }
    }
    return json;
  }

  private Route resolve() {
    ObjectNode body =
        JsonSchema.object()
            .with("step", JsonSchema.text())
            .with("succeeded", JsonSchema.flag())
            .maybe("outputs", JsonSchema.map(JsonSchema.any()))
            .schema();
    ObjectNode answer =
        JsonSchema.object().with("left", JsonSchema.list(JsonSchema.text())).schema();
    return Route.post(
            "/api/v1/runs/{run}/resolve",
            Role.OPERATOR,
            "Say what became of a step that a crash interrupted.")
        .with(KnownRuns.PATH)
        .reads(Body.json(body))
        .answers(Answer.json(200, "The steps that still wait for an answer.", answer))
        .by(request -> {
          String step = textOf(body(request, "step"), "step");
          JsonNode succeeded = body(request, "succeeded");
          if (step == null || succeeded == null || !succeeded.isBoolean()) {
            throw Problem.badRequest("`step` must be text, and `succeeded` true or false");
          }
          List<String> left =
              operations.resolve(
                  runs.of(request).id(),
                  step,
                  succeeded.booleanValue(),
                  object(body(request, "outputs"), "outputs"));
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          left.forEach(json.putArray("left")::add);
          return Response.json(json);
        });
  }

  private static String by(Request request) {
    return request
        .caller()
        .map(Caller::role)
        .map(role -> "the API, as " + role.name().toLowerCase(Locale.ROOT))
        .orElse("the API");
  }

  /** A member of the body; null when it is left out or null. */
  private static @Nullable JsonNode body(Request request, String name) {
    JsonNode body = request.json();
    if (!body.isObject()) {
      throw Problem.badRequest("the body must be a JSON object");
    }
    checkNames(body, request.route());
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static void checkNames(JsonNode body, Route route) {
    Body declared = route.body();
    JsonNode known = declared == null ? null : declared.schema().get("properties");
    for (String name : body.propertyNames()) {
      if (known != null && !known.has(name)) {
        throw Problem.badRequest(
            "the body has no member `%s` here; it has %s"
                .formatted(name, String.join(", ", known.propertyNames())));
      }
    }
  }

  private static @Nullable String textOf(@Nullable JsonNode value, String name) {
    if (value != null && !value.isString()) {
      throw Problem.badRequest("`" + name + "` must be text");
    }
    return value == null ? null : value.stringValue();
  }

  private static ObjectNode object(@Nullable JsonNode value, String name) {
    if (value == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(value instanceof ObjectNode object)) {
      throw Problem.badRequest("`" + name + "` must be an object of values by name");
    }
    return object;
  }
}
