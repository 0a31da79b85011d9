package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.spi.Measurement;
import dev.nightjar.stage.Counts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The reading half of {@link EventFormat}: one object. */
final class EventReader {

  private final JsonNode json;

  private EventReader(JsonNode json) {
    this.json = json;
  }

  static Event read(JsonNode json) {
    return new EventReader(json).event();
  }

  private Event event() {
    String name = text("event");
    return switch (name) {
      case "run_started" -> runStarted();
      case "run_resumed" -> new Event.RunResumed(at(), text("owner"), number("fence"));
      case "run_queued" -> new Event.RunQueued(at(), text("pool"), whole("limit"), texts("behind"));
      case "run_admitted" -> new Event.RunAdmitted(at(), text("pool"));
      case "cancel_requested" -> new Event.CancelRequested(at(), text("reason"));
      case "run_ended" -> runEnded();
      case "stage_started" ->
          new Event.StageStarted(at(), texts("steps"), whole("tasks"), known("bytes"));
      case "splits_listed" -> splitsListed();
      case "task_committed" -> taskCommitted();
      case "stage_committed" ->
          new Event.StageCommitted(
              at(), text("stage"), trees("outputs"), list("rejects", EventReader::rejectFile));
      case "cache_asked" ->
          new Event.CacheAsked(
              at(),
              text("step"),
              number("hits"),
              number("misses"),
              list("why", EventReader::cacheMiss));
      case "step_started" ->
          new Event.StepStarted(at(), text("step"), text("processor"), some("because"));
      case "attempt_started" ->
          new Event.AttemptStarted(at(), text("step"), (int) known("task"), whole("attempt"));
      case "attempt_failed" -> attemptFailed();
      case "step_ended" -> stepEnded();
      case "step_reused" -> stepReused();
      case "body_ended" -> bodyEnded();
      case "items_ended" -> itemsEnded();
      case "step_resolved" ->
          new Event.StepResolved(at(), text("step"), flag("succeeded"), some("outputs"));
      case "logged" -> logged();
      case "measured" -> measured();
      case "warned" -> new Event.Warned(at(), text("step"), text("message"));
      default -> throw new IllegalArgumentException("`" + name + "` is no event that is known");
    };
  }

  private Instant at() {
    return instant("at");
  }

  private Event runStarted() {
    EventReader rerun = child("rerun");
    return new Event.RunStarted(
        at(),
        text("run"),
        text("workflow"),
        text("file"),
        trees("inputs"),
        text("digest"),
        list("plugins", EventReader::plugin),
        some("trigger"),
        rerun == null ? null : new Event.Rerun(rerun.text("run"), rerun.textOrNull("from")));
  }

  private Event.PluginUsed plugin() {
    return new Event.PluginUsed(text("id"), text("version"), text("sha256"));
  }

  private Event splitsListed() {
    return new Event.SplitsListed(
        at(), text("stage"), SplitFormat.read(json), map("files", JsonNode::asString));
  }

  private Event taskCommitted() {
    return new Event.TaskCommitted(
        at(),
        text("stage"),
        whole("task"),
        text("part"),
        number("bytes"),
        number("records"),
        number("lines"),
        map("counts", step -> new EventReader(step).counts()),
        map("outputs", step -> entries(step, Function.identity())),
        seconds("took"),
        flag("cached"));
  }

  private Counts counts() {
    return new Counts(
        number("records_in"),
        number("records_out"),
        number("rejected"),
        number("bytes_in"),
        number("bytes_out"),
        number("busy_nanos"),
        number("done"),
        map("counters", JsonNode::longValue));
  }

  private Event.CacheMiss cacheMiss() {
    return new Event.CacheMiss(text("source"), text("field"), textOrNull("was"), textOrNull("is"));
  }

  private Event attemptFailed() {
    return new Event.AttemptFailed(
        at(),
        text("step"),
        (int) known("task"),
        whole("attempt"),
        failure(present("failure")),
        seconds("took"),
        json.has("next_in") ? seconds("next_in") : null);
  }

  private Event stepEnded() {
    return new Event.StepEnded(
        at(),
        text("step"),
        outcome(),
        textOrNull("reason"),
        failureOrNull(),
        flag("blocks"),
        metrics(),
        some("outputs"));
  }

  private Event stepReused() {
    return new Event.StepReused(
        at(), text("step"), text("processor"), text("from"), outcome(), some("outputs"));
  }

  private Event bodyEnded() {
    return new Event.BodyEnded(
        at(), text("step"), text("body"), texts("steps"), failureOrNull(), some("outputs"));
  }

  private Event itemsEnded() {
    return new Event.ItemsEnded(
        at(), text("step"), text("block"), list("tables", EventReader::itemTable));
  }

  private Event.ItemTable itemTable() {
    List<long[]> items = new ArrayList<>();
    for (JsonNode range : json.path("items")) {
      items.add(range.valueStream().mapToLong(JsonNode::longValue).toArray());
    }
    return new Event.ItemTable(
        list("columns", column -> new Event.ItemColumn(column.text("step"), column.text("name"))),
        Collections.unmodifiableList(items),
        json.path("values").valueStream().toList());
  }

  private Event logged() {
    return new Event.Logged(
        at(),
        text("step"),
        Level.valueOf(text("level").toUpperCase(Locale.ROOT)),
        text("message"),
        json.get("data"));
  }

  private Event measured() {
    Instant taken = json.has("measured_at") ? instant("measured_at") : at();
    return new Event.Measured(
        at(),
        text("step"),
        text("series"),
        new Measurement(taken, text("label"), map("values", JsonNode::longValue)));
  }

  private Event runEnded() {
    return new Event.RunEnded(
        at(),
        text("run"),
        new RunResult(outcome(), failureOrNull(), some("outputs"), present("summary").summary()));
  }

  private Summary summary() {
    EventReader slowest = child("slowest");
    EventReader memory = child("memory");
    return new Summary(
        seconds("took"),
        number("operations"),
        number("succeeded"),
        number("failed"),
        present("success_rate").json.doubleValue(),
        seconds("average"),
        seconds("total"),
        slowest == null ? null : new Summary.Slowest(slowest.text("step"), slowest.seconds("took")),
        present("operation_times").percentiles(),
        list("steps", EventReader::stepLine),
        list("rejects", EventReader::rejectFile),
        memory == null ? null : memory.memory());
  }

  private Summary.StepLine stepLine() {
    EventReader batches = child("batches");
    return new Summary.StepLine(
        text("step"),
        text("processor"),
        outcome(),
        metrics(),
        batches == null ? null : batches.percentiles());
  }

  private Summary.RejectFile rejectFile() {
    return new Summary.RejectFile(text("step"), text("path"), number("records"));
  }

  private Summary.MemoryLine memory() {
    return new Summary.MemoryLine(
        whole("count"),
        number("first"),
        number("last"),
        number("change"),
        number("peak"),
        number("average"));
  }

  private Summary.Percentiles percentiles() {
    return new Summary.Percentiles(seconds("p50"), seconds("p95"), seconds("p99"), seconds("max"));
  }

  private StepMetrics metrics() {
    EventReader metrics = present("metrics");
    return new StepMetrics(
        metrics.seconds("took"),
        metrics.seconds("busy"),
        metrics.whole("attempts"),
        metrics.whole("failed_attempts"),
        metrics.number("records_in"),
        metrics.number("records_out"),
        metrics.number("rejected"),
        metrics.number("bytes_in"),
        metrics.number("bytes_out"),
        metrics.map("counters", JsonNode::longValue));
  }

  private @Nullable Failure failureOrNull() {
    EventReader failure = child("failure");
    return failure == null ? null : failure(failure);
  }

  private static Failure failure(EventReader failure) {
    return new Failure(
        failure.text("code"),
        failure.text("step"),
        failure.text("place"),
        failure.text("message"),
        failure.flag("permanent"),
        failure.textOrNull("trace"));
  }

  private Outcome outcome() {
    return Outcome.valueOf(text("outcome").toUpperCase(Locale.ROOT));
  }

  private EventReader present(String name) {
    EventReader child = child(name);
    if (child == null) {
      throw new IllegalArgumentException(
          "an event `" + json.path("event") + "` needs `" + name + "`");
    }
    return child;
  }

  private @Nullable EventReader child(String name) {
    JsonNode child = json.get(name);
    return child == null ? null : new EventReader(child);
  }

  private String text(String name) {
    return present(name).json.stringValue();
  }

  private @Nullable String textOrNull(String name) {
    return json.has(name) ? text(name) : null;
  }

  private List<String> texts(String name) {
    return json.path(name).valueStream().map(JsonNode::stringValue).toList();
  }

  private long number(String name) {
    return number(name, 0);
  }

  private long number(String name, long otherwise) {
    JsonNode number = json.get(name);
    return number == null ? otherwise : number.longValue();
  }

  private int whole(String name) {
    return present(name).json.intValue();
  }

  private long known(String name) {
    return number(name, -1);
  }

  private boolean flag(String name) {
    JsonNode flag = json.get(name);
    return flag != null && flag.booleanValue();
  }

  private Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("`" + name + "` of an event: " + e.getMessage(), e);
    }
  }

  private Duration seconds(String name) {
    BigDecimal seconds = present(name).json.decimalValue();
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Duration.ofSeconds(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
  }

  private JsonNode some(String name) {
    JsonNode tree = json.get(name);
    return tree == null ? JsonNodeFactory.instance.objectNode() : tree;
  }

  private Map<String, JsonNode> trees(String name) {
    return map(name, Function.identity());
  }

  private <T> Map<String, T> map(String name, Function<JsonNode, T> value) {
    return entries(json.path(name), value);
  }

  /** In the order written. */
  private static <T> Map<String, T> entries(JsonNode object, Function<JsonNode, T> value) {
    Map<String, T> all = new LinkedHashMap<>();
    object.forEachEntry((name, one) -> all.put(name, value.apply(one)));
    return Collections.unmodifiableMap(all);
  }

  private <T> List<T> list(String name, Function<EventReader, T> value) {
    return list(json.path(name), value);
  }

  private static <T> List<T> list(JsonNode array, Function<EventReader, T> value) {
    return array.valueStream().map(one -> value.apply(new EventReader(one))).toList();
  }
}
