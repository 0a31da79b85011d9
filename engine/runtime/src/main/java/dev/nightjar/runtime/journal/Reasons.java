package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.journal.Reason.Kind;
import dev.nightjar.runtime.monitor.StepMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts what events say into words. */
final class Reasons {

  private Reasons() {}

  private static ObjectNode values() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Reason began(Event.RunStarted e) {
    ObjectNode values = values().put("workflow", e.workflow()).put("file", e.file());
    values.set("trigger", e.trigger());
    return new Reason(
        Kind.BEGAN, e.at(), "started by " + e.trigger().path("by").asString("hand"), values);
  }

  static Reason rerun(Event.RunStarted e, Event.Rerun rerun) {
    ObjectNode values = values().put("of", rerun.run());
    String what = "all of it is done anew";
    if (rerun.from() != null) {
      values.put("from", rerun.from());
      what = "what is before `" + rerun.from() + "` is taken over, the rest is done anew";
    }
    return new Reason(Kind.RERUN, e.at(), "rerun of " + rerun.run() + ": " + what, values);
  }

  static Reason queued(Event.RunQueued e) {
    ObjectNode values = values().put("pool", e.pool()).put("limit", e.limit());
    e.behind().forEach(values.putArray("behind")::add);
    String text =
        "had to wait: at most %s of `%s` at once, behind %s"
            .formatted(counted(e.limit(), "run"), e.pool(), String.join(", ", e.behind()));
    return new Reason(Kind.WAITED, e.at(), text, values);
  }

  static Reason admitted(Event.RunAdmitted e, @Nullable Instant queued) {
    ObjectNode values = values().put("pool", e.pool());
    String text = "got its turn in `" + e.pool() + "`";
    if (queued != null) {
      Duration waited = Duration.between(queued, e.at());
      values.put("waited", seconds(waited));
      text += " after " + duration(waited);
    }
    return new Reason(Kind.WAITED, e.at(), text, values);
  }

  static Reason resumed(Event.RunResumed e) {
    String text = "its process ended before it did; " + e.owner() + " went on with it";
    return new Reason(
        Kind.RESUMED, e.at(), text, values().put("owner", e.owner()).put("fence", e.fence()));
  }

  static Reason cancelRequested(Event.CancelRequested e) {
    return new Reason(
        Kind.CANCELLED,
        e.at(),
        "somebody wanted it to end: " + e.reason(),
        values().put("because", e.reason()));
  }

  static Reason ended(Event.RunEnded e) {
    RunResult result = e.result();
    ObjectNode values = values().put("took", seconds(result.summary().took()));
    Failure failure = result.failure();
    String after = " after " + duration(result.summary().took());
    return switch (result.outcome()) {
      case SUCCEEDED -> new Reason(Kind.SUCCEEDED, e.at(), "succeeded" + after, values);
      case CANCELLED -> new Reason(Kind.CANCELLED, e.at(), "was cancelled" + after, values);
      case SKIPPED -> {
        String why = failure == null ? "" : ": " + message(failure);
        yield new Reason(Kind.SKIPPED, e.at(), "was skipped" + why, values);
      }
      case FAILED -> {
        String why = failure == null ? "" : ": " + where(failure) + message(failure);
        putFailure(values, failure);
        yield new Reason(Kind.FAILED, e.at(), "failed" + after + why, values);
      }
    };
  }

  static Reason began(Event.StepStarted e) {
    ObjectNode values = values().setAll((ObjectNode) e.because());
    var reasons =
        new StringJoiner("; ", "ran: ", "").setEmptyValue("ran: nothing stood against it");
    JsonNode needs = e.because().path("needs");
    if (!needs.isEmpty()) {
      reasons.add("of what it needs " + ended(needs));
    }
    if (e.because().has("condition")) {
      String condition = e.because().path("condition").asString("");
      String given = given(e.because().path("values"));
      reasons.add("its condition `" + condition + "` is true" + given);
    }
    return new Reason(Kind.BEGAN, e.at(), reasons.toString(), values);
  }

  /** {@code `load` has succeeded, `check` has been skipped}. */
  private static String ended(JsonNode outcomes) {
    var parts = new StringJoiner(", ");
    outcomes.forEachEntry((step, outcome) -> {
      String word = outcome.asString();
      boolean passive = word.equals("skipped") || word.equals("cancelled");
      parts.add("`" + step + "` has " + (passive ? "been " : "") + word);
    });
    return parts.toString();
  }

  private static String given(JsonNode values) {
    var parts = new StringJoiner(", ", " (", ")").setEmptyValue("");
    values.forEachEntry((name, value) -> parts.add(name + " = " + value));
    return parts.toString();
  }

  static Reason waited(Event.StepStarted e, Instant run, Event.StepEnded before) {
    Duration waited = Duration.between(run, e.at());
    Duration since = Duration.between(before.at(), e.at());
    ObjectNode values =
        values()
            .put("after_start", seconds(waited))
            .put("behind", before.step())
            .put("behind_outcome", before.outcome().id());
    String text =
        "began %s after the run did; the last to end before was `%s`, %s earlier"
            .formatted(duration(waited), before.step(), duration(since));
    return new Reason(Kind.WAITED, e.at(), text, values);
  }

  static Reason stage(Event.StageStarted e, String step) {
    ObjectNode values = values().put("tasks", e.tasks());
    e.steps().forEach(values.putArray("steps")::add);
    List<String> others = e.steps().stream().filter(other -> !other.equals(step)).toList();
    String with =
        others.isEmpty()
            ? ""
            : ", in one pass with "
                + others.stream().map(other -> "`" + other + "`").collect(Collectors.joining(", "));
    return new Reason(
        Kind.STAGE, e.at(), "its work is " + counted(e.tasks(), "task") + with, values);
  }

  static Reason cache(Event.CacheAsked e) {
    ObjectNode values = values().put("hits", e.hits()).put("misses", e.misses());
    var why = values.putArray("why");
    for (Event.CacheMiss miss : e.why()) {
      ObjectNode one = why.addObject().put("source", miss.source()).put("field", miss.field());
      if (miss.was() != null) {
        one.put("was", miss.was());
      }
      if (miss.is() != null) {
        one.put("is", miss.is());
      }
    }
    long all = e.hits() + e.misses();
    String text =
        all == 1
            ? e.hits() == 1 ? "served from the cache" : "not served from the cache"
            : "served from the cache: " + count(e.hits()) + " of " + counted(all, "task");
    var told = new StringJoiner("; ", text + ": ", more(e)).setEmptyValue(text);
    e.why().forEach(miss -> told.add(miss.text()));
    return new Reason(Kind.CACHE, e.at(), told.toString(), values);
  }

  private static String more(Event.CacheAsked e) {
    long more = e.misses() - e.why().size();
    return more <= 0 ? "" : "; and " + count(more) + " more";
  }

  static Reason retried(Event.AttemptFailed e) {
    ObjectNode values = attempt(e);
    Duration wait = e.nextIn() == null ? Duration.ZERO : e.nextIn();
    String text =
        "attempt %d%s failed after %s, the next one came after %s: %s"
            .formatted(
                e.attempt(),
                task(e.task()),
                duration(e.took()),
                duration(wait),
                message(e.failure()));
    return new Reason(Kind.RETRIED, e.at(), text, values.put("next_in", seconds(wait)));
  }

  static Reason retriedMore(Event.AttemptFailed last, long more) {
    String text =
        "%s failed and %s followed by another one, the last with: %s"
            .formatted(
                counted(more, "further attempt"),
                more == 1 ? "was" : "were each",
                message(last.failure()));
    return new Reason(Kind.RETRIED, last.at(), text, attempt(last).put("further", more));
  }

  private static ObjectNode attempt(Event.AttemptFailed e) {
    ObjectNode values = values().put("attempt", e.attempt()).put("took", seconds(e.took()));
    if (e.task() >= 0) {
      values.put("task", e.task());
    }
    putFailure(values, e.failure());
    return values;
  }

  static Reason resumed(Event.RunResumed e, long done, int tasks) {
    ObjectNode values = values().put("owner", e.owner());
    String text = "its process ended while it ran; " + e.owner() + " went on with it";
    if (tasks > 0) {
      values.put("tasks_done", done).put("tasks", tasks);
      text += ": " + count(done) + " of " + counted(tasks, "task") + " were done";
    }
    return new Reason(Kind.RESUMED, e.at(), text, values);
  }

  static Reason inDoubt(String run, Event.RunResumed e, Event.AttemptStarted attempt) {
    return doubt(run, e.at(), attempt, "was interrupted, and nobody knows what it did");
  }

  static Reason openAttempt(String run, Event.AttemptStarted attempt) {
    return doubt(
        run, attempt.at(), attempt, "has begun; if its process is gone nobody knows what it did");
  }

  private static Reason doubt(String run, Instant at, Event.AttemptStarted attempt, String what) {
    ObjectNode values = values().put("attempt", attempt.attempt());
    if (attempt.task() >= 0) {
      values.put("task", attempt.task());
    }
    String of = attempt.task() == -2 ? " to make its output visible" : task(attempt.task());
    String text =
        ("attempt %d%s %s; the step must not run twice, so say `nightjar resolve %s %s` with"
                + " --succeeded or --again")
            .formatted(attempt.attempt(), of, what, run, attempt.step());
    return new Reason(Kind.IN_DOUBT, at, text, values);
  }

  static Reason resolved(Event.StepResolved e) {
    String text =
        e.succeeded()
            ? "somebody said that the interrupted attempt had done its work"
            : "somebody said that the interrupted attempt is to be made again";
    return new Reason(Kind.RESOLVED, e.at(), text, values().put("succeeded", e.succeeded()));
  }

  static Reason reused(Event.StepReused e) {
    String from =
        e.from().equals("cache") ? "the cache had its result" : "run " + e.from() + " had";
    String text =
        e.from().equals("cache")
            ? "did not run: " + from
            : "did not run: " + from + " done it before, with the outcome " + e.outcome().id();
    return new Reason(
        Kind.REUSED, e.at(), text, values().put("from", e.from()).put("outcome", e.outcome().id()));
  }

  static Reason nested(Event end, long bodies, long failed, Event.@Nullable BodyEnded first) {
    ObjectNode values = values().put("times", bodies).put("failed", failed);
    String text = "the steps within it ran " + counted(bodies, "time");
    Failure failure = first == null ? null : first.failure();
    if (failure != null) {
      putFailure(values, failure);
      text +=
          ", "
              + count(failed)
              + " of them failed; the first one: "
              + where(failure)
              + message(failure);
    }
    return new Reason(Kind.NESTED, end.at(), text, values);
  }

  static Reason quiet(Event.ItemsEnded e, long item) {
    String text =
        "item %d of `%s` was soon done, and nothing went wrong: its steps have no events of their own"
            .formatted(item, e.step());
    return new Reason(
        Kind.SUCCEEDED, e.at(), text, values().put("item", item).put("within", e.step()));
  }

  static Reason warned(Event.Warned e) {
    return new Reason(Kind.WARNED, e.at(), e.message(), values().put("message", e.message()));
  }

  static Reason ended(Event.StepEnded e, boolean began) {
    ObjectNode values = values();
    if (e.reason() != null) {
      values.put("because", e.reason());
    }
    String why = e.reason() == null ? "" : ": " + e.reason();
    return switch (e.outcome()) {
      case SKIPPED -> new Reason(Kind.SKIPPED, e.at(), "was skipped" + why, values);
      case CANCELLED ->
          new Reason(
              Kind.CANCELLED, e.at(), (began ? "was cancelled" : "did not begin") + why, values);
      case SUCCEEDED -> succeeded(e, values);
      case FAILED -> failed(e, values, began);
    };
  }

  private static Reason succeeded(Event.StepEnded e, ObjectNode values) {
    StepMetrics metrics = e.metrics();
    values.put("took", seconds(metrics.took())).put("attempts", metrics.attempts());
    var text = new StringBuilder("succeeded after " + duration(metrics.took()));
    if (metrics.failedAttempts() > 0) {
      values.put("failed_attempts", metrics.failedAttempts());
      text.append(", with ").append(counted(metrics.failedAttempts(), "failed attempt"));
    }
    if (metrics.rejected() > 0) {
      values.put("rejected", metrics.rejected());
      text.append(", ").append(counted(metrics.rejected(), "record")).append(" rejected");
    }
    return new Reason(Kind.SUCCEEDED, e.at(), text.toString(), values);
  }

  private static Reason failed(Event.StepEnded e, ObjectNode values, boolean began) {
    Failure failure = e.failure();
    if (failure == null) {
      return new Reason(Kind.FAILED, e.at(), "failed", values);
    }
    putFailure(values, failure);
    int attempts = e.metrics().attempts();
    values.put("attempts", attempts).put("failed_attempts", e.metrics().failedAttempts());
    String within =
        failure.step().equals(e.step())
            ? ""
            : "because `" + failure.step() + "` within it failed: ";
    String how =
        !began
            ? "did not begin"
            : "failed after " + duration(e.metrics().took()) + attempts(e.metrics());
    String again = failure.permanent() && began ? " (no further attempt can help)" : "";
    return new Reason(Kind.FAILED, e.at(), how + ": " + within + message(failure) + again, values);
  }

  private static String attempts(StepMetrics metrics) {
    return metrics.failedAttempts() <= 1
        ? ""
        : " and " + counted(metrics.failedAttempts(), "failed attempt");
  }

  static Reason open(Event begun, long done, int tasks) {
    ObjectNode values = values();
    String text = "has not ended yet";
    if (tasks > 0) {
      values.put("tasks_done", done).put("tasks", tasks);
      text += ": " + count(done) + " of " + counted(tasks, "task") + " done";
    }
    return new Reason(Kind.OPEN, begun.at(), text, values);
  }

  private static void putFailure(ObjectNode values, @Nullable Failure failure) {
    if (failure != null) {
      values
          .putObject("failure")
          .put("code", failure.code())
          .put("step", failure.step())
          .put("place", failure.place())
          .put("message", failure.message())
          .put("permanent", failure.permanent());
    }
  }

  private static String message(Failure failure) {
    return "[" + failure.code() + "] " + failure.message();
  }

  private static String where(Failure failure) {
    return failure.step().isEmpty() ? "" : "`" + failure.step() + "` ";
  }

  private static String task(int task) {
    return task < 0 ? "" : " of task " + task;
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String counted(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /** {@code 350 ms}, {@code 12.5 s}, {@code 2 min 3 s}, {@code 3 h 4 min}. */
  private static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1_000) {
      return millis + " ms";
    }
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
    return seconds < 3_600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
  }
}
