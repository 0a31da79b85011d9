package dev.nightjar.daemon.api;

import static dev.nightjar.daemon.web.JsonSchema.any;
import static dev.nightjar.daemon.web.JsonSchema.flag;
import static dev.nightjar.daemon.web.JsonSchema.instant;
import static dev.nightjar.daemon.web.JsonSchema.list;
import static dev.nightjar.daemon.web.JsonSchema.map;
import static dev.nightjar.daemon.web.JsonSchema.number;
import static dev.nightjar.daemon.web.JsonSchema.object;
import static dev.nightjar.daemon.web.JsonSchema.ref;
import static dev.nightjar.daemon.web.JsonSchema.text;
import static dev.nightjar.daemon.web.JsonSchema.whole;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A run with all that is told of it: {@link dev.nightjar.daemon.view.TimelineJson}. */
final class RunSchemas {

  private RunSchemas() {}

  static Map<String, ObjectNode> all() {
    return Map.of(
        "RunDetail", detail(),
        "StepDetail", step(),
        "NestedSteps", nested(),
        "StageDetail", stage(),
        "Failure", failure(),
        "Metrics", metrics(),
        "Summary", summary(),
        "Memory", memory());
  }

  private static ObjectNode detail() {
    return object()
        .with("run", text())
        .with("workflow", text())
        .with("file", text())
        .with("digest", text())
        .with("state", Schemas.state())
        .with("started", instant())
        .maybe("ended", instant())
        .maybe("last_event", instant())
        .maybe("owner", text())
        .maybe("outcome", Schemas.outcome())
        .maybe("inputs", map(any()))
        .maybe("trigger", any())
        .maybe("rerun", object().with("run", text()).maybe("from", text()).schema())
        .maybe("plugins", list(plugin()))
        .with("queued", list(queue()))
        .with("pauses", list(pause()))
        .with("cancel_requests", list(at("reason")))
        .with("steps", list(ref("StepDetail")))
        .with("nested", list(ref("NestedSteps")))
        .with("nested_left_out", whole())
        .with("stages", list(ref("StageDetail")))
        .with("log_counts", map(whole()))
        .with("logs_left_out", whole())
        .with("measured", list(point()))
        .with("measured_left_out", whole())
        .with("warnings", list(warning()))
        .with("rejects", list(rejects()))
        .maybe("memory", ref("Memory"))
        .maybe("failure", ref("Failure"))
        .maybe("outputs", map(any()))
        .maybe("summary", ref("Summary"))
        .with("position", whole())
        .with("live", list(Schemas.progress().schema()))
        .schema();
  }

  private static ObjectNode plugin() {
    return object().with("id", text()).with("version", text()).with("sha256", text()).schema();
  }

  private static ObjectNode queue() {
    return object()
        .with("from", instant())
        .maybe("to", instant())
        .with("pool", text())
        .with("limit", whole())
        .with("behind", list(text()))
        .schema();
  }

  private static ObjectNode pause() {
    return object().with("from", instant()).with("to", instant()).with("owner", text()).schema();
  }

  private static ObjectNode at(String what) {
    return object().with("at", instant()).with(what, text()).schema();
  }

  private static ObjectNode warning() {
    return object().with("at", instant()).with("step", text()).with("message", text()).schema();
  }

  private static ObjectNode point() {
    return object()
        .with("at", instant())
        .with("step", text())
        .with("series", text())
        .maybe("measured_at", instant())
        .with("label", text())
        .with("values", map(whole()))
        .schema();
  }

  /** A file of rejects that the run has told of. */
  static ObjectNode rejects() {
    return object().with("step", text()).with("path", text()).with("records", whole()).schema();
  }

  private static ObjectNode step() {
    ObjectNode span =
        object()
            .with("from", instant())
            .maybe("to", instant())
            .maybe("interrupted", flag())
            .schema();
    return object()
        .with("step", text())
        .with("nested", flag())
        .with("processor", text())
        .maybe("outcome", Schemas.outcome())
        .maybe("reason", text())
        .maybe("because", any())
        .with("spans", list(span))
        .maybe("failed_attempts", whole())
        .maybe("waited", number())
        .maybe("attempts", list(attempt()))
        .maybe("cache", cache())
        .maybe("reused_from", text())
        .maybe("resolved", text())
        .maybe("bodies", whole())
        .maybe("failed_bodies", whole())
        .maybe("failure", ref("Failure"))
        .with("metrics", ref("Metrics"))
        .with("outputs", any())
        .schema();
  }

  private static ObjectNode attempt() {
    return object()
        .maybe("task", whole())
        .with("attempt", whole())
        .with("at", instant())
        .with("took", number())
        .maybe("next_in", number())
        .with("failure", ref("Failure"))
        .schema();
  }

  private static ObjectNode cache() {
    ObjectNode why =
        object()
            .with("source", text())
            .with("field", text())
            .maybe("was", text())
            .maybe("is", text())
            .schema();
    return object().with("hits", whole()).with("misses", whole()).with("why", list(why)).schema();
  }

  private static ObjectNode nested() {
    return object()
        .with("path", text())
        .with("processor", text())
        .with("began", whole())
        .with("outcomes", map(whole()))
        .with("from", instant())
        .maybe("to", instant())
        .with("took", number())
        .maybe("slowest", slowest())
        .with("records", whole())
        .with("rejected", whole())
        .with("failed_attempts", whole())
        .schema();
  }

  private static ObjectNode slowest() {
    return object().with("step", text()).with("took", number()).schema();
  }

  private static ObjectNode stage() {
    ObjectNode task =
        object()
            .with("task", whole())
            .with("from", instant())
            .with("to", instant())
            .with("records", whole())
            .maybe("cached", flag())
            .schema();
    return object()
        .with("steps", list(text()))
        .with("tasks", whole())
        .with("done", whole())
        .with("cached", whole())
        .maybe("bytes", whole())
        .with("started", instant())
        .maybe("committed", instant())
        .with("first_tasks", list(task))
        .schema();
  }

  private static ObjectNode failure() {
    return object()
        .with("code", text())
        .with("step", text())
        .with("place", text())
        .with("message", text())
        .with("permanent", flag())
        .maybe("trace", text())
        .schema();
  }

  private static ObjectNode metrics() {
    return object()
        .with("took", number())
        .with("busy", number())
        .with("attempts", whole())
        .with("failed_attempts", whole())
        .with("records_in", whole())
        .with("records_out", whole())
        .with("rejected", whole())
        .with("bytes_in", whole())
        .with("bytes_out", whole())
        .with("counters", map(whole()))
        .schema();
  }

  private static ObjectNode summary() {
    ObjectNode line =
        object()
            .with("step", text())
            .with("processor", text())
            .with("outcome", Schemas.outcome())
            .with("metrics", ref("Metrics"))
            .maybe("batches", percentiles())
            .schema();
    return object()
        .with("took", number())
        .with("operations", whole())
        .with("succeeded", whole())
        .with("failed", whole())
        .with("success_rate", number())
        .with("average", number())
        .with("total", number())
        .maybe("slowest", slowest())
        .with("operation_times", percentiles())
        .with("steps", list(line))
        .with("rejects", list(rejects()))
        .maybe("memory", ref("Memory"))
        .schema();
  }

  private static ObjectNode percentiles() {
    return object()
        .with("p50", number())
        .with("p95", number())
        .with("p99", number())
        .with("max", number())
        .schema();
  }

  private static ObjectNode memory() {
    return object()
        .with("count", whole())
        .with("first", whole())
        .with("last", whole())
        .with("change", whole())
        .with("peak", whole())
        .with("average", whole())
        .schema();
  }
}
