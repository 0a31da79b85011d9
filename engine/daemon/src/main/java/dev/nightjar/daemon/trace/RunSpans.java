package dev.nightjar.daemon.trace;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.journal.StepPath;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.journal.Timeline.Stage;
import dev.nightjar.runtime.journal.Timeline.Step;
import dev.nightjar.runtime.journal.Timeline.Try;
import dev.nightjar.runtime.monitor.StepMetrics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as spans: its own, below that of whoever asked for it, and those of its steps. For one
 * thread.
 */
final class RunSpans {

  /** Of a run's steps; the others are counted. */
  private static final int STEPS = 1_000;

  /** What is read of a run: of nested steps so many that there is room for those around them. */
  static final Timeline.Limits LIMITS = new Timeline.Limits(800, 0, 20, 0, 0);

  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private final Tracer tracer;
  private final TraceIds ids;

  RunSpans(Tracer tracer, TraceIds ids) {
    this.tracer = tracer;
    this.ids = ids;
  }

  /** Makes the spans of a run, and says how many there are: none when nobody wants it sampled. */
  int export(Timeline timeline) {
    Event.RunStarted started = timeline.started();
    Event.RunEnded ended = timeline.ended();
    Instant first = timeline.first();
    if (started == null || ended == null || first == null) {
      return 0;
    }
    ids.of(started.run());
    Span root =
        tracer
            .spanBuilder(started.workflow())
            .setParent(parent(started.trigger()))
            .setStartTimestamp(first)
            .startSpan();
    if (!root.isRecording()) {
      return 0;
    }
    List<Step> began = timeline.steps().stream().filter(step -> step.whole() != null).toList();
    List<Step> shown = began.stream().limit(STEPS).toList();
    describe(root, timeline, started);
    root.setAttribute(
        "nightjar.steps.left_out", timeline.nestedLeft() + began.size() - shown.size());
    steps(root, timeline, shown, ended.at());
    end(root, ended.result());
    root.end(later(first, ended.at()));
    return 1 + shown.size();
  }

  /** The span of whoever asked for the run; none where nobody said. */
  private static Context parent(JsonNode trigger) {
    // Version, trace, span, flags: only what is valid was remembered.
    String[] parts = trigger.path("traceparent").asString("").split("-", -1);
    if (parts.length != 4) {
      return Context.root();
    }
    SpanContext caller =
        SpanContext.createFromRemoteParent(
            parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
    return Context.root().with(Span.wrap(caller));
  }

  private static void describe(Span root, Timeline timeline, Event.RunStarted started) {
    root.setAttribute("nightjar.run.id", started.run());
    root.setAttribute("nightjar.workflow.file", started.file());
    root.setAttribute("nightjar.workflow.digest", started.digest());
    text(root, "nightjar.trigger.id", started.trigger().path("id"));
    text(root, "nightjar.trigger.by", started.trigger().path("by"));
    Event.Rerun rerun = started.rerun();
    if (rerun != null) {
      root.setAttribute("nightjar.rerun.of", rerun.run());
    }
    for (Timeline.Queue queue : timeline.queues()) {
      root.addEvent("queued", text("nightjar.pool", queue.pool()), queue.from());
      if (queue.to() != null) {
        root.addEvent("admitted", text("nightjar.pool", queue.pool()), queue.to());
      }
    }
    for (Timeline.Pause pause : timeline.pauses()) {
      root.addEvent("resumed", text("nightjar.owner", pause.owner()), pause.to());
    }
    for (Event.CancelRequested cancel : timeline.cancels()) {
      root.addEvent("cancel requested", text("nightjar.reason", cancel.reason()), cancel.at());
    }
  }

  private static void text(Span span, String name, JsonNode value) {
    if (value.isString()) {
      span.setAttribute(name, value.stringValue());
    }
  }

  private static Attributes text(String name, String value) {
    return Attributes.of(AttributeKey.stringKey(name), value);
  }

  private static void end(Span root, RunResult result) {
    root.setAttribute("nightjar.run.outcome", result.outcome().id());
    fail(root, result.failure());
  }

  private static void fail(Span span, @Nullable Failure failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, failure.message());
      span.setAttribute(ERROR_TYPE, failure.code());
      span.setAttribute("nightjar.failure.step", failure.step());
      span.setAttribute("nightjar.failure.place", failure.place());
    }
  }

  /** In the order in which they began: a step comes after the one around it. */
  private void steps(Span root, Timeline timeline, List<Step> shown, Instant ended) {
    Map<String, Instant> commits = commits(timeline.stages());
    Map<String, Span> spans = new HashMap<>();
    for (Step step : shown) {
      Timeline.Span time = step.whole();
      if (time != null) {
        ids.ofStep(step.path());
        Span span =
            tracer
                .spanBuilder(new StepPath(step.path()).shape())
                .setParent(Context.root().with(around(step.path(), spans, root)))
                .setStartTimestamp(time.from())
                .startSpan();
        spans.put(step.path(), span);
        describe(span, step, commits.get(step.path()));
        span.end(later(time.from(), time.to() == null ? ended : time.to()));
      }
    }
  }

  /** When the stages that begin with a step were committed. */
  private static Map<String, Instant> commits(List<Stage> stages) {
    Map<String, Instant> commits = new HashMap<>();
    for (Stage stage : stages) {
      if (stage.committed() != null) {
        commits.put(stage.steps().getFirst(), stage.committed());
      }
    }
    return commits;
  }

  /** The nearest step around one that has a span: {@code each} for {@code each[3].write}. */
  private static Span around(String path, Map<String, Span> spans, Span root) {
    String rest = path;
    for (int dot = rest.lastIndexOf('.'); dot > 0; dot = rest.lastIndexOf('.')) {
      String outer = rest.substring(0, dot);
      int item = outer.endsWith("]") ? outer.lastIndexOf('[') : outer.length();
      rest = outer.substring(0, item);
      Span span = spans.get(rest);
      if (span != null) {
        return span;
      }
    }
    return root;
  }

  private static void describe(Span span, Step step, @Nullable Instant committed) {
    StepMetrics metrics = step.metrics();
    span.setAttribute("nightjar.step.path", step.path());
    span.setAttribute("nightjar.step.processor", step.processor());
    if (step.outcome() != null) {
      span.setAttribute("nightjar.step.outcome", step.outcome().id());
    }
    if (step.reason() != null) {
      span.setAttribute("nightjar.step.reason", step.reason());
    }
    if (step.reusedFrom() != null) {
      span.setAttribute("nightjar.step.reused_from", step.reusedFrom());
    }
    span.setAttribute("nightjar.step.records_in", metrics.recordsIn());
    span.setAttribute("nightjar.step.records_out", metrics.recordsOut());
    span.setAttribute("nightjar.step.rejected", metrics.rejected());
    span.setAttribute("nightjar.step.attempts", metrics.attempts());
    span.setAttribute("nightjar.step.failed_attempts", step.failedAttempts());
    step.tries().forEach(tried -> attempt(span, tried));
    if (committed != null) {
      span.addEvent("stage committed", committed);
    }
    fail(span, step.failure());
  }

  private static void attempt(Span span, Try tried) {
    var attributes =
        Attributes.builder()
            .put("nightjar.attempt", tried.attempt())
            .put(ERROR_TYPE, tried.failure().code())
            .put("nightjar.failure.message", tried.failure().message())
            .put("nightjar.attempt.seconds", seconds(tried.took()));
    if (tried.task() >= 0) {
      attributes.put("nightjar.task", tried.task());
    }
    if (tried.nextIn() != null) {
      attributes.put("nightjar.next_attempt.seconds", seconds(tried.nextIn()));
    }
    span.addEvent("attempt failed", attributes.build(), tried.at());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** A clock that was set back ends nothing before it began. */
  private static Instant later(Instant from, Instant to) {
    return to.isBefore(from) ? from : to;
  }
}
