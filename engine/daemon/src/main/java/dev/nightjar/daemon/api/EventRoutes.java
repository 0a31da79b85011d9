package dev.nightjar.daemon.api;

import dev.nightjar.daemon.view.EventJson;
import dev.nightjar.daemon.web.EventWriter;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Store;
import dev.nightjar.store.Store.StoredEvent;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells the events of a run: one after the other while it goes on, or a page of them. */
final class EventRoutes {

  /** How long a run of another process may have news before they are told. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final int MOST = 1_000;

  private static final String OF_EVENTS = "The events behind the position.";

  private final Store store;
  private final News news;
  private final KnownRuns runs;

  EventRoutes(Sources sources, KnownRuns runs) {
    this.store = sources.store();
    this.news = sources.news();
    this.runs = runs;
  }

  Route route() {
    ObjectNode event = JsonSchema.ref("Event");
    return Route.get(
            "/api/v1/runs/{run}/events",
            Role.VIEWER,
            "Follow a run event by event until it ends; with Accept: application/json a page.")
        .with(KnownRuns.PATH)
        .with(Parameter.EVENT_POSITION)
        .with(
            Parameter.query(
                "limit",
                ParameterType.whole(1, MOST),
                "How many a page has at most; " + MOST + " by default."))
        .answers(
            Answer.events(OF_EVENTS, event),
            Answer.json(200, OF_EVENTS, Schemas.page(event.deepCopy(), JsonSchema.whole())),
            Answer.empty(204, "The run has ended, and nothing is behind the position."))
        .by(this::answer);
  }

  private Response answer(Request request) {
    StoredRun run = runs.of(request);
    long after = position(request);
    String accept = request.header("Accept").orElse("");
    if (accept.contains("application/json") && !accept.contains("text/event-stream")) {
      return page(run, after, (int) request.whole("limit").orElse(MOST));
    }
    // Browsers that followed to the end ask again; this answer makes them stop.
    return hasEnded(run.id()) && !hasMore(run.id(), after)
        ? Response.nothing()
        : new Response.Events(out -> follow(run.id(), after, out));
  }

  private static long position(Request request) {
    String given = request.lastEvent().orElse("0");
    if (!given.matches("[0-9]{1,10}")) {
      throw Problem.badRequest("the position must be the number of an event");
    }
    return Long.parseLong(given);
  }

  private boolean hasEnded(String run) {
    return store.run(run).map(one -> one.state() == StoredRun.State.ENDED).orElse(true);
  }

  private boolean hasMore(String run, long after) {
    try (Stream<StoredEvent> events = store.events(run, after)) {
      return events.findFirst().isPresent();
    }
  }

  private Response page(StoredRun run, long after, int limit) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    long last = after;
    boolean ended = false;
    try (Stream<StoredEvent> events = store.events(run.id(), after)) {
      Iterator<StoredEvent> all = events.iterator();
      while (items.size() < limit && !ended && all.hasNext()) {
        StoredEvent stored = all.next();
        last = stored.number();
        ended = stored.event() instanceof Event.RunEnded;
        if (EventJson.isTold(stored.event())) {
          ObjectNode item = items.addObject().put("n", last);
          item.setAll(EventJson.of(stored.event()));
        }
      }
    }
    return Response.json(ended ? json.putNull("next") : json.put("next", last));
  }

  private void follow(String run, long after, EventWriter out)
      throws IOException, InterruptedException {
    long last = after;
    while (true) {
      long position = news.position();
      // Asked for before the events: one that ends meanwhile is read once more.
      boolean ended = hasEnded(run);
      try (Stream<StoredEvent> events = store.events(run, last)) {
        for (Iterator<StoredEvent> all = events.iterator(); all.hasNext(); ) {
          StoredEvent stored = all.next();
          last = stored.number();
          if (EventJson.isTold(stored.event())) {
            ObjectNode json = EventJson.of(stored.event());
            out.send(String.valueOf(last), json.path("event").asString(), json);
          }
        }
      }
      if (ended) {
        return;
      }
      boolean _ = news.await(run, position, LOOK);
    }
  }
}
