package dev.nightjar.daemon.api;

import static dev.nightjar.daemon.web.JsonSchema.any;
import static dev.nightjar.daemon.web.JsonSchema.choice;
import static dev.nightjar.daemon.web.JsonSchema.flag;
import static dev.nightjar.daemon.web.JsonSchema.instant;
import static dev.nightjar.daemon.web.JsonSchema.list;
import static dev.nightjar.daemon.web.JsonSchema.map;
import static dev.nightjar.daemon.web.JsonSchema.nullable;
import static dev.nightjar.daemon.web.JsonSchema.number;
import static dev.nightjar.daemon.web.JsonSchema.object;
import static dev.nightjar.daemon.web.JsonSchema.ref;
import static dev.nightjar.daemon.web.JsonSchema.text;
import static dev.nightjar.daemon.web.JsonSchema.whole;

import dev.nightjar.daemon.web.JsonSchema.ObjectSchema;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.StoredRun;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What several answers consist of. */
final class Schemas {

  static final List<String> STATES = words(StoredRun.State.values());
  static final List<String> OUTCOMES = Arrays.stream(Outcome.values()).map(Outcome::id).toList();
  static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private Schemas() {}

  static List<String> words(Enum<?>[] constants) {
    return Arrays.stream(constants).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Those that {@link dev.nightjar.daemon.web.JsonSchema#ref} names. */
  static Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new TreeMap<>(RunSchemas.all());
    all.put("Run", run());
    all.put("Diagnostic", diagnostic());
    all.put(Problem.SCHEMA, problem());
    all.put("Event", event());
    all.put("LogLine", logLine());
    all.put("Explanation", explanation());
    all.put("Graph", graph());
    all.put("GraphNode", graphNode());
    all.put("Unit", unit());
    all.put("Option", option());
    all.put("Processor", processor());
    return all;
  }

  /** A part of a list. */
  static ObjectNode page(ObjectNode items, ObjectNode next) {
    return object().with("items", list(items)).with("next", nullable(next)).schema();
  }

  static ObjectNode state() {
    return choice(STATES);
  }

  static ObjectNode outcome() {
    return choice(OUTCOMES);
  }

  private static ObjectNode run() {
    return object()
        .with("id", text())
        .with("workflow", text())
        .with("file", text())
        .with("digest", text())
        .with("started", instant())
        .maybe("ended", instant())
        .with("state", state())
        .maybe("outcome", outcome())
        .maybe("failure", text())
        .maybe("owner", text())
        .maybe("trigger", text())
        .schema();
  }

  private static ObjectNode diagnostic() {
    return object()
        .with("severity", choice(List.of("error", "warning")))
        .with("code", text())
        .with("file", text())
        .with("line", whole())
        .with("column", whole())
        .with("end_line", whole())
        .with("end_column", whole())
        .with("message", text())
        .with("hints", list(text()))
        .maybe("input", text())
        .schema();
  }

  /** With what is wrong with the inputs of a run, where that is the reason. */
  private static ObjectNode problem() {
    return Problem.members().maybe("diagnostics", list(ref("Diagnostic"))).schema();
  }

  /** Each kind has fields of its own. */
  private static ObjectNode event() {
    return object()
        .maybe("n", whole())
        .with("event", text())
        .with("at", instant())
        .schema()
        .put("additionalProperties", true);
  }

  private static ObjectNode logLine() {
    return object()
        .with("n", whole())
        .with("at", instant())
        .with("step", text())
        .with("level", choice(LEVELS))
        .with("message", text())
        .maybe("data", any())
        .schema();
  }

  private static ObjectNode explanation() {
    ObjectNode reasons = list(any().put("type", "object"));
    return object()
        .with("run", text())
        .with("workflow", text())
        .with("reasons", reasons)
        .with(
            "steps",
            list(
                object()
                    .with("step", text())
                    .maybe("processor", text())
                    .with("reasons", reasons.deepCopy())
                    .schema()))
        .schema();
  }

  private static ObjectNode graph() {
    return object()
        .with("nodes", list(ref("GraphNode")))
        .with(
            "edges",
            list(
                object()
                    .with("from", text())
                    .with("to", text())
                    .with("kind", choice(List.of("records", "needs")))
                    .schema()))
        .with("stages", list(list(text())))
        .schema();
  }

  private static ObjectNode graphNode() {
    List<String> kinds = List.of("source", "record", "stream", "sink", "task", "control");
    return object()
        .with("path", text())
        .with("id", text())
        .with("uses", text())
        .maybe("kind", choice(kinds))
        .with("block", text())
        .with("children", list(ref("GraphNode")))
        .schema();
  }

  private static ObjectNode unit() {
    ObjectNode step = object().with("id", text()).with("uses", text()).schema();
    return object()
        .with("steps", list(step))
        .with("needs", list(text()))
        .with("kind", choice(List.of("stage", "step")))
        .with("keeps", flag())
        .maybe("one_task", flag())
        .maybe("reads", text())
        .maybe("cut", text())
        .maybe("blocks", map(list(ref("Unit"))))
        .schema();
  }

  private static ObjectNode option() {
    return object()
        .with("name", text())
        .with("type", text())
        .with("doc", text())
        .with("required", flag())
        .with("secret", flag())
        .maybe("default", text())
        .maybe("choices", list(object().with("name", text()).with("doc", text()).schema()))
        .maybe("options", list(ref("Option")))
        .schema();
  }

  private static ObjectNode processor() {
    return object()
        .with("name", text())
        .with("summary", text())
        .with("shape", choice(List.of("record", "stream", "task", "control")))
        .with("accepts", list(text()))
        .with("emits", text())
        .with("effect", text())
        .with("scope", text())
        .with("blocks", list(object().with("name", text()).with("required", flag()).schema()))
        .with("bindings", list(text()))
        .with("outputs", list(output()))
        .with("options", list(ref("Option")))
        .schema();
  }

  private static ObjectNode output() {
    return object().with("name", text()).with("type", text()).with("summary", text()).schema();
  }

  /** A run's live steps. */
  static ObjectSchema progress() {
    return object()
        .with("step", text())
        .with("processor", text())
        .with("records", whole())
        .with("rejected", whole())
        .with("done", whole())
        .with("total", whole())
        .with("elapsed", number())
        .with("records_per_second", number())
        .with("waiting", text());
  }
}
