package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.stage.Counts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The writing half of {@link EventFormat}. Builds no trees: journals are long. */
final class EventWriter {

  /** A shorter duration has been written with an exponent, as {@code 5E-7}, ever since. */
  private static final Duration EXPONENT = Duration.ofNanos(1_000);

  private final JsonGenerator json;

  EventWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(Event event) {
    json.writeStartObject();
    switch (event) {
      case Event.RunStarted e -> runStarted(e);
      case Event.RunResumed e -> {
        head("run_resumed", e);
        text("owner", e.owner());
        number("fence", e.fence());
      }
      case Event.RunQueued e -> {
        head("run_queued", e);
        text("pool", e.pool());
        number("limit", e.limit());
        texts("behind", e.behind());
      }
      case Event.RunAdmitted e -> {
        head("run_admitted", e);
        text("pool", e.pool());
      }
      case Event.CancelRequested e -> {
        head("cancel_requested", e);
        text("reason", e.reason());
      }
      case Event.RunEnded e -> runEnded(e);
      case Event.StageStarted e -> {
        head("stage_started", e);
        texts("steps", e.steps());
        number("tasks", e.tasks());
        known("bytes", e.bytes());
      }
      case Event.SplitsListed e -> splitsListed(e);
      case Event.TaskCommitted e -> taskCommitted(e);
      case Event.StageCommitted e -> {
        head("stage_committed", e);
        text("stage", e.stage());
        trees("outputs", e.outputs());
        objects("rejects", e.rejects(), this::rejectFile);
      }
      case Event.CacheAsked e -> {
        head("cache_asked", e);
        text("step", e.step());
        number("hits", e.hits());
        number("misses", e.misses());
        objects("why", e.why(), this::cacheMiss);
      }
      case Event.StepStarted e -> {
        head("step_started", e);
        text("step", e.step());
        text("processor", e.processor());
        some("because", e.because());
      }
      case Event.AttemptStarted e -> {
        head("attempt_started", e);
        text("step", e.step());
        known("task", e.task());
        number("attempt", e.attempt());
      }
      case Event.AttemptFailed e -> attemptFailed(e);
      case Event.StepEnded e -> stepEnded(e);
      case Event.StepReused e -> {
        head("step_reused", e);
        text("step", e.step());
        text("processor", e.processor());
        text("from", e.from());
        text("outcome", e.outcome().id());
        tree("outputs", e.outputs());
      }
      case Event.BodyEnded e -> {
        head("body_ended", e);
        text("step", e.step());
        text("body", e.body());
        texts("steps", e.steps());
        failure(e.failure());
        tree("outputs", e.outputs());
      }
      case Event.ItemsEnded e -> itemsEnded(e);
      case Event.StepResolved e -> {
        head("step_resolved", e);
        text("step", e.step());
        json.writeBooleanProperty("succeeded", e.succeeded());
        tree("outputs", e.outputs());
      }
      case Event.Logged e -> {
        head("logged", e);
        text("step", e.step());
        text("level", e.level().name().toLowerCase(Locale.ROOT));
        text("message", e.message());
        tree("data", e.data());
      }
      case Event.Measured e -> measured(e);
      case Event.Warned e -> {
        head("warned", e);
        text("step", e.step());
        text("message", e.message());
      }
    }
    json.writeEndObject();
  }

  private void head(String name, Event event) {
    text("event", name);
    text("at", event.at().toString());
  }

  private void runStarted(Event.RunStarted e) {
    head("run_started", e);
    text("run", e.run());
    text("workflow", e.workflow());
    text("file", e.file());
    trees("inputs", e.inputs());
    text("digest", e.digest());
    objects(
        "plugins",
        e.plugins(),
        plugin -> {
          text("id", plugin.id());
          text("version", plugin.version());
          text("sha256", plugin.sha256());
        });
    tree("trigger", e.trigger());
    Event.Rerun rerun = e.rerun();
    if (rerun != null) {
      json.writeObjectPropertyStart("rerun");
      text("run", rerun.run());
      text("from", rerun.from());
      json.writeEndObject();
    }
  }

  private void splitsListed(Event.SplitsListed e) {
    head("splits_listed", e);
    text("stage", e.stage());
    SplitFormat.write(e.tasks(), json);
    map("files", e.files(), this::text);
  }

  private void taskCommitted(Event.TaskCommitted e) {
    head("task_committed", e);
    text("stage", e.stage());
    number("task", e.task());
    number("records", e.records());
    seconds("took", e.took());
    number("lines", e.lines());
    if (e.cached()) {
      json.writeBooleanProperty("cached", true);
    }
    text("part", e.part());
    number("bytes", e.bytes());
    map("counts", e.counts(), this::counts);
    if (!e.outputs().isEmpty()) {
      map("outputs", e.outputs(), this::trees);
    }
  }

  /** A number that is 0 is left out: most are, and there are many. */
  private void counts(String step, Counts counts) {
    json.writeObjectPropertyStart(step);
    counted("records_in", counts.recordsIn());
    counted("records_out", counts.recordsOut());
    counted("rejected", counts.rejected());
    counted("bytes_in", counts.bytesIn());
    counted("bytes_out", counts.bytesOut());
    counted("busy_nanos", counts.busyNanos());
    counted("done", counts.done());
    if (!counts.counters().isEmpty()) {
      map("counters", counts.counters(), this::number);
    }
    json.writeEndObject();
  }

  private void counted(String name, long value) {
    if (value != 0) {
      number(name, value);
    }
  }

  private void cacheMiss(Event.CacheMiss miss) {
    text("source", miss.source());
    text("field", miss.field());
    text("was", miss.was());
    text("is", miss.is());
  }

  private void attemptFailed(Event.AttemptFailed e) {
    head("attempt_failed", e);
    text("step", e.step());
    known("task", e.task());
    number("attempt", e.attempt());
    failure(e.failure());
    seconds("took", e.took());
    if (e.nextIn() != null) {
      seconds("next_in", e.nextIn());
    }
  }

  private void stepEnded(Event.StepEnded e) {
    head("step_ended", e);
    text("step", e.step());
    text("outcome", e.outcome().id());
    text("reason", e.reason());
    failure(e.failure());
    json.writeBooleanProperty("blocks", e.blocks());
    metrics(e.metrics());
    tree("outputs", e.outputs());
  }

  private void itemsEnded(Event.ItemsEnded e) {
    head("items_ended", e);
    text("step", e.step());
    text("block", e.block());
    objects("tables", e.tables(), this::itemTable);
  }

  private void itemTable(Event.ItemTable table) {
    objects(
        "columns",
        table.columns(),
        column -> {
          text("step", column.step());
          text("name", column.name());
        });
    json.writeArrayPropertyStart("items");
    for (long[] range : table.items()) {
      json.writeArray(range, 0, range.length);
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("values");
    table.values().forEach(json::writeTree);
    json.writeEndArray();
  }

  private void measured(Event.Measured e) {
    head("measured", e);
    text("step", e.step());
    text("series", e.series());
    if (!e.measurement().at().equals(e.at())) {
      text("measured_at", e.measurement().at().toString());
    }
    text("label", e.measurement().label());
    map("values", e.measurement().values(), this::number);
  }

  private void runEnded(Event.RunEnded e) {
    RunResult result = e.result();
    head("run_ended", e);
    text("run", e.run());
    text("outcome", result.outcome().id());
    failure(result.failure());
    tree("outputs", result.outputs());
    json.writeObjectPropertyStart("summary");
    summary(result.summary());
    json.writeEndObject();
  }

  private void summary(Summary summary) {
    seconds("took", summary.took());
    number("operations", summary.operations());
    number("succeeded", summary.succeeded());
    number("failed", summary.failed());
    json.writeNumberProperty("success_rate", summary.successRate());
    seconds("average", summary.average());
    seconds("total", summary.total());
    Summary.Slowest slowest = summary.slowest();
    if (slowest != null) {
      json.writeObjectPropertyStart("slowest");
      text("step", slowest.step());
      seconds("took", slowest.took());
      json.writeEndObject();
    }
    percentiles("operation_times", summary.operationTimes());
    objects("steps", summary.steps(), this::stepLine);
    objects("rejects", summary.rejects(), this::rejectFile);
    Summary.MemoryLine memory = summary.memory();
    if (memory != null) {
      memory(memory);
    }
  }

  private void stepLine(Summary.StepLine line) {
    text("step", line.step());
    text("processor", line.processor());
    text("outcome", line.outcome().id());
    metrics(line.metrics());
    if (line.batches() != null) {
      percentiles("batches", line.batches());
    }
  }

  private void rejectFile(Summary.RejectFile file) {
    text("step", file.step());
    text("path", file.path());
    number("records", file.records());
  }

  private void memory(Summary.MemoryLine memory) {
    json.writeObjectPropertyStart("memory");
    number("count", memory.count());
    number("first", memory.first());
    number("last", memory.last());
    number("change", memory.change());
    number("peak", memory.peak());
    number("average", memory.average());
    json.writeEndObject();
  }

  private void percentiles(String name, Summary.Percentiles times) {
    json.writeObjectPropertyStart(name);
    seconds("p50", times.p50());
    seconds("p95", times.p95());
    seconds("p99", times.p99());
    seconds("max", times.max());
    json.writeEndObject();
  }

  private void metrics(StepMetrics metrics) {
    json.writeObjectPropertyStart("metrics");
    seconds("took", metrics.took());
    seconds("busy", metrics.busy());
    number("attempts", metrics.attempts());
    number("failed_attempts", metrics.failedAttempts());
    number("records_in", metrics.recordsIn());
    number("records_out", metrics.recordsOut());
    number("rejected", metrics.rejected());
    number("bytes_in", metrics.bytesIn());
    number("bytes_out", metrics.bytesOut());
    map("counters", metrics.counters(), this::number);
    json.writeEndObject();
  }

  private void failure(@Nullable Failure failure) {
    if (failure != null) {
      json.writeObjectPropertyStart("failure");
      text("code", failure.code());
      text("step", failure.step());
      text("place", failure.place());
      text("message", failure.message());
      json.writeBooleanProperty("permanent", failure.permanent());
      text("trace", failure.trace());
      json.writeEndObject();
    }
  }

  private void text(String name, @Nullable String text) {
    if (text != null) {
      json.writeStringProperty(name, text);
    }
  }

  private void texts(String name, Collection<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private void number(String name, long number) {
    json.writeNumberProperty(name, number);
  }

  /** A number of which -1 says that there is none. */
  private void known(String name, long number) {
    if (number != -1) {
      number(name, number);
    }
  }

  private void seconds(String name, Duration duration) {
    if (duration.toNanosPart() == 0) {
      number(name, duration.toSeconds());
    } else if (duration.toSeconds() >= 0 && duration.compareTo(EXPONENT) >= 0) {
      json.writeName(name);
      json.writeNumber(digits(duration));
    } else {
      BigDecimal nanos = BigDecimal.valueOf(duration.toNanosPart(), 9);
      json.writeNumberProperty(
          name, BigDecimal.valueOf(duration.toSeconds()).add(nanos).stripTrailingZeros());
    }
  }

  /** Without zeros at the end: {@code 0.0125}. */
  private static String digits(Duration duration) {
    int nanos = duration.toNanosPart();
    int places = 9;
    while (nanos % 10 == 0) {
      nanos /= 10;
      places--;
    }
    var digits = new StringBuilder(24).append(duration.toSeconds()).append('.');
    int point = digits.length();
    digits.append(nanos);
    digits.insert(point, "0".repeat(places - (digits.length() - point)));
    return digits.toString();
  }

  private void tree(String name, @Nullable JsonNode tree) {
    if (tree != null) {
      json.writeName(name);
      json.writeTree(tree);
    }
  }

  /** A tree of which an empty object says that there is none. */
  private void some(String name, JsonNode tree) {
    if (!tree.isObject() || !tree.isEmpty()) {
      tree(name, tree);
    }
  }

  private void trees(String name, Map<String, JsonNode> trees) {
    map(name, trees, this::tree);
  }

  private <T> void map(String name, Map<String, T> values, BiConsumer<String, T> property) {
    json.writeObjectPropertyStart(name);
    values.forEach(property);
    json.writeEndObject();
  }

  private <T> void objects(String name, Collection<T> values, Consumer<T> fields) {
    json.writeName(name);
    array(values, fields);
  }

  private <T> void array(Collection<T> values, Consumer<T> fields) {
    json.writeStartArray();
    for (T value : values) {
      json.writeStartObject();
      fields.accept(value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
