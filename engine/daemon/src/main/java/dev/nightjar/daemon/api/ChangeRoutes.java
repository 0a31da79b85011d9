package dev.nightjar.daemon.api;

import dev.nightjar.daemon.web.EventWriter;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells one who looks at everything what has changed. */
final class ChangeRoutes {

  /** How long runs of other processes may be others before it is told. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Runs that come and go by the hundred are told together. */
  private static final Duration GATHER = Duration.ofMillis(100);

  private final Sources sources;

  ChangeRoutes(Sources sources) {
    this.sources = sources;
  }

  Route route() {
    ObjectNode run =
        JsonSchema.object()
            .with("run", JsonSchema.text())
            .with("workflow", JsonSchema.text())
            .with("state", Schemas.state())
            .maybe("outcome", Schemas.outcome())
            .schema();
    ObjectNode workflow =
        JsonSchema.object()
            .with("name", JsonSchema.text())
            .with(
                "change",
                JsonSchema.choice(List.of("added", "changed", "broken", "mended", "removed")))
            .schema();
    ObjectNode any = JsonSchema.any();
    any.putArray("anyOf").add(run).add(workflow).add(JsonSchema.object().schema());
    return Route.get(
            "/api/v1/changes",
            Role.VIEWER,
            "Tell of runs, workflows and plugins that change, from now on.")
        .answers(
            Answer.events(
                "Events `runs`, `workflows` and `plugins`; `all` where there were too many to"
                    + " tell.",
                any))
        .by(request -> new Response.Events(this::follow));
  }

  private void follow(EventWriter out) throws IOException, InterruptedException {
    News news = sources.news();
    var runs = new RunChanges(sources.store());
    long position = news.position();
    boolean _ = runs.look();
    while (true) {
      if (news.await(null, position, LOOK)) {
        // One more look later costs less than one for each event of a busy run.
        boolean _ = news.await(null, Long.MAX_VALUE, GATHER);
      }
      News.Changes changes = news.changes(position);
      position = changes.position();
      boolean complete = runs.look();
      for (ObjectNode run : runs.changed()) {
        out.send(null, "runs", run);
      }
      for (News.Change change : changes.items()) {
        out.send(null, change.event(), change.data());
      }
      if (!complete || !changes.complete()) {
        out.send(null, "all", JsonNodeFactory.instance.objectNode());
      }
    }
  }
}
