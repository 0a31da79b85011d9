package dev.nightjar.daemon.view;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.journal.Timeline.Nested;
import dev.nightjar.runtime.journal.Timeline.Span;
import dev.nightjar.runtime.journal.Timeline.Stage;
import dev.nightjar.runtime.journal.Timeline.Step;
import dev.nightjar.runtime.journal.Timeline.Try;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary.MemoryLine;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A remembered run as programs read it: one object; names, times and durations as in {@link
 * EventFormat}, which streams and keeps all digits, so that nothing but a test keeps them alike.
 * Fields are added, never renamed.
 */
public final class TimelineJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TimelineJson() {}

  /** All but the lines of the log. */
  public static ObjectNode withoutLogs(Timeline timeline, StoredRun run) {
    ObjectNode json =
        JSON.objectNode()
            .put("run", run.id())
            .put("workflow", run.workflow())
            .put("file", run.file())
            .put("digest", run.digest())
            .put("state", run.state().name().toLowerCase(Locale.ROOT))
            .put("started", run.started().toString());
    time(json, "ended", run.ended());
    time(json, "last_event", timeline.last());
    putText(json, "owner", run.owner());
    if (run.outcome() != null) {
      json.put("outcome", run.outcome().id());
    }
    Event.RunStarted started = timeline.started();
    if (started != null) {
      began(json, started);
    }
    waits(json, timeline);
    ArrayNode steps = json.putArray("steps");
    timeline.steps().forEach(step -> steps.add(step(step)));
    ArrayNode nested = json.putArray("nested");
    timeline.nested().forEach(one -> nested.add(nested(one)));
    json.put("nested_left_out", timeline.nestedLeft());
    ArrayNode stages = json.putArray("stages");
    timeline.stages().forEach(stage -> stages.add(stage(stage)));
    told(json, timeline);
    Event.RunEnded ended = timeline.ended();
    if (ended != null) {
      ObjectNode event = EventFormat.write(ended);
      for (String name : List.of("failure", "outputs", "summary")) {
        if (event.has(name)) {
          json.set(name, event.get(name));
        }
      }
    }
    return json;
  }

  /** All of it. */
  public static ObjectNode of(Timeline timeline, StoredRun run) {
    ObjectNode json = withoutLogs(timeline, run);
    ArrayNode logs = json.putArray("logs");
    for (Event.Logged line : timeline.logs()) {
      ObjectNode one = EventFormat.write(line);
      one.remove("event");
      logs.add(one);
    }
    return json;
  }

  private static void began(ObjectNode json, Event.RunStarted started) {
    ObjectNode inputs = json.putObject("inputs");
    started.inputs().forEach(inputs::set);
    json.set("trigger", started.trigger());
    Event.Rerun rerun = started.rerun();
    if (rerun != null) {
      ObjectNode of = json.putObject("rerun").put("run", rerun.run());
      putText(of, "from", rerun.from());
    }
    ArrayNode plugins = json.putArray("plugins");
    for (Event.PluginUsed plugin : started.plugins()) {
      plugins
          .addObject()
          .put("id", plugin.id())
          .put("version", plugin.version())
          .put("sha256", plugin.sha256());
    }
  }

  private static void waits(ObjectNode json, Timeline timeline) {
    ArrayNode queued = json.putArray("queued");
    for (Timeline.Queue queue : timeline.queues()) {
      ObjectNode one = queued.addObject().put("from", queue.from().toString());
      time(one, "to", queue.to());
      one.put("pool", queue.pool()).put("limit", queue.limit());
      one.set("behind", texts(queue.behind()));
    }
    ArrayNode pauses = json.putArray("pauses");
    for (Timeline.Pause pause : timeline.pauses()) {
      pauses
          .addObject()
          .put("from", pause.from().toString())
          .put("to", pause.to().toString())
          .put("owner", pause.owner());
    }
    ArrayNode cancels = json.putArray("cancel_requests");
    for (Event.CancelRequested cancel : timeline.cancels()) {
      cancels.addObject().put("at", cancel.at().toString()).put("reason", cancel.reason());
    }
  }

  private static void told(ObjectNode json, Timeline timeline) {
    ObjectNode counts = json.putObject("log_counts");
    timeline
        .logCounts()
        .forEach((level, n) -> counts.put(level.name().toLowerCase(Locale.ROOT), n.longValue()));
    json.put("logs_left_out", timeline.logsLeft());
    ArrayNode measured = json.putArray("measured");
    for (Event.Measured point : timeline.measured()) {
      ObjectNode one = EventFormat.write(point);
      one.remove("event");
      one.put("at", point.measurement().at().toString());
      measured.add(one);
    }
    json.put("measured_left_out", timeline.measuredLeft());
    ArrayNode warnings = json.putArray("warnings");
    for (Event.Warned warned : timeline.warnings()) {
      warnings
          .addObject()
          .put("at", warned.at().toString())
          .put("step", warned.step())
          .put("message", warned.message());
    }
    ArrayNode rejects = json.putArray("rejects");
    timeline
        .rejects()
        .forEach(file ->
            rejects
                .addObject()
                .put("step", file.step())
                .put("path", file.path())
                .put("records", file.records()));
    MemoryLine memory = Timelines.memory(timeline);
    if (memory != null) {
      json.set("memory", memory(memory));
    }
  }

  private static ObjectNode step(Step step) {
    ObjectNode json =
        JSON.objectNode()
            .put("step", step.path())
            .put("nested", !step.isTop())
            .put("processor", step.processor());
    if (step.outcome() != null) {
      json.put("outcome", step.outcome().id());
    }
    putText(json, "reason", step.reason());
    if (!step.because().isEmpty()) {
      json.set("because", step.because());
    }
    ArrayNode spans = json.putArray("spans");
    step.spans().forEach(span -> spans.add(span(span)));
    if (step.failedAttempts() > 0) {
      json.put("failed_attempts", step.failedAttempts()).put("waited", seconds(step.waited()));
      ArrayNode tries = json.putArray("attempts");
      step.tries().forEach(one -> tries.add(attempt(one)));
    }
    cache(json, step);
    putText(json, "reused_from", step.reusedFrom());
    if (step.resolved() != null) {
      json.put("resolved", step.resolved() ? "succeeded" : "again");
    }
    if (step.bodies() > 0) {
      json.put("bodies", step.bodies()).put("failed_bodies", step.failedBodies());
    }
    if (step.failure() != null) {
      json.set("failure", failure(step.failure()));
    }
    json.set("metrics", metrics(step.metrics()));
    json.set("outputs", step.outputs());
    return json;
  }

  private static void cache(ObjectNode json, Step step) {
    if (step.cacheHits() + step.cacheMisses() == 0) {
      return;
    }
    ObjectNode cache =
        json.putObject("cache").put("hits", step.cacheHits()).put("misses", step.cacheMisses());
    ArrayNode why = cache.putArray("why");
    for (Event.CacheMiss miss : step.misses()) {
      ObjectNode one = why.addObject().put("source", miss.source()).put("field", miss.field());
      putText(one, "was", miss.was());
      putText(one, "is", miss.is());
    }
  }

  private static ObjectNode span(Span span) {
    ObjectNode json = JSON.objectNode().put("from", span.from().toString());
    time(json, "to", span.to());
    if (span.interrupted()) {
      json.put("interrupted", true);
    }
    return json;
  }

  private static ObjectNode attempt(Try one) {
    ObjectNode json = JSON.objectNode();
    if (one.task() >= 0) {
      json.put("task", one.task());
    }
    json.put("attempt", one.attempt())
        .put("at", one.at().toString())
        .put("took", seconds(one.took()));
    if (one.nextIn() != null) {
      json.put("next_in", seconds(one.nextIn()));
    }
    json.set("failure", failure(one.failure()));
    return json;
  }

  private static ObjectNode nested(Nested one) {
    ObjectNode json =
        JSON.objectNode()
            .put("path", one.path())
            .put("processor", one.processor())
            .put("began", one.started());
    ObjectNode outcomes = json.putObject("outcomes");
    one.outcomes().forEach((outcome, n) -> outcomes.put(outcome.id(), n.longValue()));
    json.put("from", one.from().toString());
    time(json, "to", one.to());
    json.put("took", seconds(one.took()));
    if (one.slowest() != null) {
      json.putObject("slowest").put("step", one.slowest()).put("took", seconds(one.longest()));
    }
    return json.put("records", one.records())
        .put("rejected", one.rejected())
        .put("failed_attempts", one.failedAttempts());
  }

  private static ObjectNode stage(Stage stage) {
    ObjectNode json = JSON.objectNode();
    json.set("steps", texts(stage.steps()));
    json.put("tasks", stage.tasks()).put("done", stage.done()).put("cached", stage.cached());
    if (stage.bytes() >= 0) {
      json.put("bytes", stage.bytes());
    }
    json.put("started", stage.started().toString());
    time(json, "committed", stage.committed());
    ArrayNode first = json.putArray("first_tasks");
    for (Timeline.TaskSpan task : stage.first()) {
      ObjectNode one =
          first
              .addObject()
              .put("task", task.task())
              .put("from", task.from().toString())
              .put("to", task.to().toString())
              .put("records", task.records());
      if (task.cached()) {
        one.put("cached", true);
      }
    }
    return json;
  }

  private static void time(ObjectNode json, String name, @Nullable Instant at) {
    if (at != null) {
      json.put(name, at.toString());
    }
  }

  private static ObjectNode failure(Failure failure) {
    ObjectNode json =
        JSON.objectNode()
            .put("code", failure.code())
            .put("step", failure.step())
            .put("place", failure.place())
            .put("message", failure.message())
            .put("permanent", failure.permanent());
    putText(json, "trace", failure.trace());
    return json;
  }

  private static ObjectNode metrics(StepMetrics metrics) {
    ObjectNode json =
        JSON.objectNode()
            .put("took", seconds(metrics.took()))
            .put("busy", seconds(metrics.busy()))
            .put("attempts", metrics.attempts())
            .put("failed_attempts", metrics.failedAttempts())
            .put("records_in", metrics.recordsIn())
            .put("records_out", metrics.recordsOut())
            .put("rejected", metrics.rejected())
            .put("bytes_in", metrics.bytesIn())
            .put("bytes_out", metrics.bytesOut());
    ObjectNode counters = json.putObject("counters");
    metrics.counters().forEach((name, n) -> counters.put(name, n.longValue()));
    return json;
  }

  private static ObjectNode memory(MemoryLine memory) {
    return JSON.objectNode()
        .put("count", memory.count())
        .put("first", memory.first())
        .put("last", memory.last())
        .put("change", memory.change())
        .put("peak", memory.peak())
        .put("average", memory.average());
  }

  public static ArrayNode texts(Collection<String> texts) {
    ArrayNode all = JSON.arrayNode();
    texts.forEach(all::add);
    return all;
  }

  private static void putText(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }

  /** To the microsecond, which is more than the clocks are worth. */
  private static double seconds(Duration duration) {
    return Math.floor(duration.toNanos() / 1e3) / 1e6;
  }
}
