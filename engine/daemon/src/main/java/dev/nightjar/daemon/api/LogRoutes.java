package dev.nightjar.daemon.api;

import dev.nightjar.daemon.view.LogEntry;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.store.Store;
import dev.nightjar.store.Store.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows a run's log by ranges, forwards and backwards. */
final class LogRoutes {

  private static final int MOST = 2_000;
  private static final int USUAL = 500;

  /** Events that one request looks at: a tenth of a second or so, whatever it looks for. */
  private static final int LOOKED_AT = 20_000;

  /** Larger than the number of any event. */
  private static final long BEHIND_ALL = 1L << 36;

  private final Store store;
  private final KnownRuns runs;

  LogRoutes(Sources sources, KnownRuns runs) {
    this.store = sources.store();
    this.runs = runs;
  }

  Route route() {
    ObjectNode page =
        JsonSchema.object()
            .with("items", JsonSchema.list(JsonSchema.ref("LogLine")))
            .with("next", JsonSchema.whole())
            .with("more", JsonSchema.flag())
            .with("previous", JsonSchema.nullable(JsonSchema.whole()))
            .schema();
    return Route.get("/api/v1/runs/{run}/logs", Role.VIEWER, "Show a part of a run's log.")
        .with(
            KnownRuns.PATH,
            Parameter.query(
                "after",
                ParameterType.whole(0, BEHIND_ALL),
                "Lines behind the event of this number: the first ones there are."),
            Parameter.query(
                "before",
                ParameterType.whole(1, BEHIND_ALL),
                "Lines in front of the event of this number: the last ones there are, or with"
                    + " `after` where to stop."),
            Parameter.query(
                "limit",
                ParameterType.whole(1, MOST),
                "How many lines at most; " + USUAL + " by default."),
            Parameter.query("step", ParameterType.text(), "Lines of this step and those within."),
            Parameter.query(
                "level",
                ParameterType.choice(Schemas.LEVELS.toArray(String[]::new)),
                "Lines that matter as much or more."),
            Parameter.query("text", ParameterType.text(), "Lines with this in them."))
        .answers(
            Answer.json(
                200,
                "Lines in order. At most "
                    + LOOKED_AT
                    + " events are looked at, so there may be few lines, or none, and yet more"
                    + " behind `next`, to be given as `after`, or in front of `previous`, to be"
                    + " given as `before`; null where the log begins.",
                page))
        .by(this::answer);
  }

  private Response answer(Request request) {
    String run = runs.of(request).id();
    var wanted = Wanted.of(request);
    int limit = (int) request.whole("limit").orElse(USUAL);
    long after = request.whole("after").orElse(0);
    long before = request.whole("before").orElse(BEHIND_ALL);
    boolean backwards = request.whole("after").isEmpty() && request.whole("before").isPresent();
    return backwards
        ? backwards(run, before, limit, wanted)
        : forwards(run, after, before, limit, wanted);
  }

  /** Which lines are asked for; null for all. */
  private record Wanted(Level level, @Nullable String step, @Nullable String text) {

    static Wanted of(Request request) {
      String level = request.value("level").orElse("trace");
      return new Wanted(
          Level.valueOf(level.toUpperCase(Locale.ROOT)),
          request.value("step").orElse(null),
          request.value("text").map(Wanted::folded).orElse(null));
    }

    private static String folded(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    boolean has(LogEntry line) {
      return line.level().toInt() >= level.toInt()
          && line.isOf(step)
          && (text == null
              || folded(line.message()).contains(text)
              || (line.data() != null && folded(line.data().toString()).contains(text)));
    }
  }

  private Response forwards(String run, long after, long before, int limit, Wanted wanted) {
    List<ObjectNode> lines = new ArrayList<>();
    long last = after;
    boolean more = false;
    try (Stream<StoredEvent> events = store.events(run, after)) {
      Iterator<StoredEvent> all = events.iterator();
      for (int looked = 0; all.hasNext(); looked++) {
        StoredEvent stored = all.next();
        if (stored.number() >= before) {
          break;
        }
        if (looked == LOOKED_AT || lines.size() == limit) {
          more = true;
          break;
        }
        last = stored.number();
        add(lines, stored, wanted);
      }
    }
    return page(lines, last, more, after == 0 ? null : after + 1);
  }

  private Response backwards(String run, long before, int limit, Wanted wanted) {
    List<ObjectNode> lines = new ArrayList<>();
    long first = before;
    long last = 0;
    try (Stream<StoredEvent> events = store.eventsBefore(run, before)) {
      Iterator<StoredEvent> all = events.iterator();
      for (int looked = 0; looked < LOOKED_AT && lines.size() < limit && all.hasNext(); looked++) {
        StoredEvent stored = all.next();
        first = stored.number();
        last = Math.max(last, first);
        add(lines, stored, wanted);
      }
    }
    Collections.reverse(lines);
    return page(lines, last, last == before - 1, first <= 1 || last == 0 ? null : first);
  }

  private static void add(List<ObjectNode> lines, StoredEvent stored, Wanted wanted) {
    LogEntry line = LogEntry.of(stored.event());
    if (line == null || !wanted.has(line)) {
      return;
    }
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("n", stored.number())
            .put("at", line.at().toString())
            .put("step", line.step())
            .put("level", line.level().name().toLowerCase(Locale.ROOT))
            .put("message", line.message());
    if (line.data() != null) {
      json.set("data", line.data());
    }
    lines.add(json);
  }

  private static Response page(
      List<ObjectNode> lines, long next, boolean more, @Nullable Long previous) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode items = json.putArray("items");
    lines.forEach(items::add);
    return Response.json(json.put("next", next).put("more", more).put("previous", previous));
  }
}
