package dev.nightjar.daemon.api;

import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells how the daemon is. */
final class StatusRoutes {

  private final Sources sources;

  StatusRoutes(Sources sources) {
    this.sources = sources;
  }

  List<Route> routes() {
    return List.of(status(), metrics());
  }

  private Route status() {
    ObjectNode schema =
        JsonSchema.object()
            .with("version", JsonSchema.text())
            .with("started", JsonSchema.instant())
            .with("now", JsonSchema.instant())
            .with("zone", JsonSchema.text())
            .with("folder", JsonSchema.text())
            .with("home", JsonSchema.text())
            .with("store", JsonSchema.text())
            .with("running", JsonSchema.whole())
            .with("queued", JsonSchema.whole())
            .with("accepts", JsonSchema.flag())
            .with("role", JsonSchema.choice(Schemas.words(Role.values())))
            .with("problems", JsonSchema.list(JsonSchema.text()))
            .schema();
    return Route.get("/api/v1/status", Role.VIEWER, "Tell how the daemon is.")
        .answers(Answer.json(200, "How it is now.", schema))
        .by(this::status);
  }

  private Response status(Request request) {
    Sources.Status status = sources.status().get();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", status.version())
            .put("started", status.started().toString())
            .put("now", sources.clock().instant().toString())
            .put("zone", sources.zone().getId())
            .put("folder", status.folder().toString())
            .put("home", status.home().toString())
            .put("store", status.store())
            .put("running", status.running())
            .put("queued", status.queued())
            .put("accepts", status.accepts())
            .put("role", request.caller().orElseThrow().role().name().toLowerCase(Locale.ROOT));
    ArrayNode problems = json.putArray("problems");
    sources.plugins().problems().forEach(one -> problems.add(one.toString()));
    sources.workflows().problems().forEach(problems::add);
    status.problems().forEach(problems::add);
    return Response.json(json);
  }

  private Route metrics() {
    return Route.get("/metrics", Role.VIEWER, "Tell figures as Prometheus reads them.")
        .answers(Answer.of(Metrics.MEDIA_TYPE, "The text format, version 0.0.4."))
        .by(request -> {
          Sources.Status status = sources.status().get();
          return new Response.Text(
              200, Metrics.MEDIA_TYPE, sources.metrics().text(status.running(), status.queued()));
        });
  }
}
