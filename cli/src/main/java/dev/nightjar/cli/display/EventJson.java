package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as programs read them: one object a line, names in snake_case, times in ISO 8601,
 * durations in seconds, what is not there left out. Fields are added, never renamed.
 */
final class EventJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EventJson() {}

  /** The object, on one line, without a line end. */
  static String line(Event event) {
    ObjectNode json =
        switch (event) {
          case Event.RunStarted e -> started(e);
          case Event.StageStarted e -> stage(e);
          case Event.TaskCommitted e ->
              head("task_committed", e)
                  .put("stage", e.stage())
                  .put("task", e.task())
                  .put("records", e.records())
                  .put("took", seconds(e.took()));
          case Event.StepStarted e ->
              head("step_started", e).put("step", e.step()).put("processor", e.processor());
          case Event.AttemptFailed e -> attempt(e);
          case Event.StepEnded e -> stepEnded(e);
          case Event.Logged e -> logged(e);
          case Event.Measured e -> measured(e);
          case Event.Warned e ->
              head("warned", e).put("step", e.step()).put("message", e.message());
          case Event.RunEnded e -> runEnded(e);
          default -> head("other", event);
        };
    return json.toString();
  }

  private static ObjectNode head(String name, Event event) {
    return JSON.objectNode().put("event", name).put("at", event.at().toString());
  }

  private static ObjectNode started(Event.RunStarted e) {
    ObjectNode json =
        head("run_started", e)
            .put("run", e.run())
            .put("workflow", e.workflow())
            .put("file", e.file());
    ObjectNode inputs = json.putObject("inputs");
    e.inputs().forEach(inputs::set);
    return json;
  }

  private static ObjectNode stage(Event.StageStarted e) {
    ObjectNode json = head("stage_started", e);
    json.set("steps", texts(e.steps()));
    json.put("tasks", e.tasks());
    if (e.bytes() >= 0) {
      json.put("bytes", e.bytes());
    }
    return json;
  }

  private static ObjectNode attempt(Event.AttemptFailed e) {
    ObjectNode json = head("attempt_failed", e).put("step", e.step());
    if (e.task() >= 0) {
      json.put("task", e.task());
    }
    json.put("attempt", e.attempt()).set("failure", failure(e.failure()));
    if (e.nextIn() != null) {
      json.put("next_in", seconds(e.nextIn()));
    }
    return json;
  }

  private static ObjectNode stepEnded(Event.StepEnded e) {
    ObjectNode json = head("step_ended", e).put("step", e.step()).put("outcome", e.outcome().id());
    putText(json, "reason", e.reason());
    putFailure(json, e.failure());
    json.set("metrics", metrics(e.metrics()));
    json.set("outputs", e.outputs());
    return json;
  }

  private static ObjectNode logged(Event.Logged e) {
    ObjectNode json =
        head("logged", e)
            .put("step", e.step())
            .put("level", e.level().name().toLowerCase(Locale.ROOT))
            .put("message", e.message());
    JsonNode data = e.data();
    if (data != null) {
      json.set("data", data);
    }
    return json;
  }

  private static ObjectNode measured(Event.Measured e) {
    ObjectNode json =
        head("measured", e)
            .put("step", e.step())
            .put("series", e.series())
            .put("label", e.measurement().label());
    json.set("values", numbers(e.measurement().values()));
    return json;
  }

  private static ObjectNode runEnded(Event.RunEnded e) {
    RunResult result = e.result();
    ObjectNode json =
        head("run_ended", e).put("run", e.run()).put("outcome", result.outcome().id());
    putFailure(json, result.failure());
    json.set("outputs", result.outputs());
    json.set("summary", summary(result.summary()));
    return json;
  }

  private static ObjectNode summary(Summary summary) {
    ObjectNode json =
        JSON.objectNode()
            .put("took", seconds(summary.took()))
            .put("operations", summary.operations())
            .put("succeeded", summary.succeeded())
            .put("failed", summary.failed())
            .put("success_rate", summary.successRate())
            .put("average", seconds(summary.average()))
            .put("total", seconds(summary.total()));
    Summary.Slowest slowest = summary.slowest();
    if (slowest != null) {
      json.putObject("slowest").put("step", slowest.step()).put("took", seconds(slowest.took()));
    }
    json.set("operation_times", percentiles(summary.operationTimes()));
    ArrayNode steps = json.putArray("steps");
    summary.steps().forEach(step -> steps.add(step(step)));
    ArrayNode rejects = json.putArray("rejects");
    summary
        .rejects()
        .forEach(file ->
            rejects
                .addObject()
                .put("step", file.step())
                .put("path", file.path())
                .put("records", file.records()));
    Summary.MemoryLine memory = summary.memory();
    if (memory != null) {
      json.set("memory", memory(memory));
    }
    return json;
  }

  private static ObjectNode step(Summary.StepLine line) {
    ObjectNode json =
        JSON.objectNode()
            .put("step", line.step())
            .put("processor", line.processor())
            .put("outcome", line.outcome().id());
    json.set("metrics", metrics(line.metrics()));
    if (line.batches() != null) {
      json.set("batches", percentiles(line.batches()));
    }
    return json;
  }

  private static ObjectNode memory(Summary.MemoryLine memory) {
    return JSON.objectNode()
        .put("count", memory.count())
        .put("first", memory.first())
        .put("last", memory.last())
        .put("change", memory.change())
        .put("peak", memory.peak())
        .put("average", memory.average());
  }

  private static ObjectNode percentiles(Summary.Percentiles times) {
    return JSON.objectNode()
        .put("p50", seconds(times.p50()))
        .put("p95", seconds(times.p95()))
        .put("p99", seconds(times.p99()))
        .put("max", seconds(times.max()));
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
    json.set("counters", numbers(metrics.counters()));
    return json;
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

  private static void putFailure(ObjectNode json, @Nullable Failure failure) {
    if (failure != null) {
      json.set("failure", failure(failure));
    }
  }

  private static void putText(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode all = JSON.arrayNode();
    texts.forEach(all::add);
    return all;
  }

  private static ObjectNode numbers(Map<String, Long> numbers) {
    ObjectNode all = JSON.objectNode();
    numbers.forEach(all::put);
    return all;
  }

  /** To the microsecond, which is more than the clocks are worth. */
  private static double seconds(Duration duration) {
    return Math.floor(duration.toNanos() / 1e3) / 1e6;
  }
}
