package dev.nightjar.daemon.api;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.monitor.Summary.MemoryLine;
import dev.nightjar.runtime.monitor.Summary.Percentiles;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.runtime.monitor.Summary.Slowest;
import dev.nightjar.runtime.monitor.Summary.StepLine;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.Split;
import dev.nightjar.stage.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The events of a run in which an event of every kind comes. */
final class SampleRun {

  static final String TEXT =
      """
      name: orders
      description: Cleans orders.
      inputs:
        day: {type: date, default: "2026-11-20", description: Which day.}
        mode: {type: string, enum: [fast, safe], default: safe}
        key: {type: secret}
      concurrency: {limit: 1}
      triggers:
        - {id: nightly, cron: "30 2 * * *", timezone: Europe/Berlin}
        - {id: often, every: 10m, enabled: false}
      steps:
        - {id: read, uses: test.read}
        - {id: clean, uses: test.clean}
        - {id: write, uses: test.write, rejects: {path: out/rejects.ndjson}}
        - {id: greet, uses: test.greet}
      finally:
        - {id: bye, uses: test.greet}
      """;

  private static final Duration MOMENT = Duration.ofMillis(120);
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final List<String> STAGE = List.of("read", "clean", "write");

  private SampleRun() {}

  /** All of it but its end. */
  static List<Event> begun(String run, Instant at, String file) {
    Failure failure = new Failure("failed", "greet", "orders.yaml:14:5", "hot", false, null);
    ObjectNode data = NOTHING.deepCopy().put("n", 1);
    return List.of(
        new Event.RunStarted(
            at,
            run,
            "orders",
            file,
            Map.of("day", JsonNodeFactory.instance.stringNode("2026-11-20")),
            ApiSample.digest(TEXT),
            List.of(new Event.PluginUsed("test", "1.2.3", "ab".repeat(32))),
            NOTHING.deepCopy().put("kind", "manual"),
            new Event.Rerun("r0", "clean")),
        new Event.RunQueued(at, "orders", 1, List.of("r0")),
        new Event.RunAdmitted(at, "orders"),
        new Event.StepStarted(at, "read", "test.read", NOTHING),
        new Event.StepStarted(at, "clean", "test.clean", NOTHING),
        new Event.StepStarted(at, "write", "test.write", NOTHING),
        new Event.StageStarted(at, STAGE, 2, 1_000),
        new Event.SplitsListed(
            at, "read", List.of(List.of(new Split("a.txt", 500, NOTHING))), Map.of()),
        new Event.CacheAsked(
            at, "read", 1, 1, List.of(new Event.CacheMiss("a.txt", "split.size", "1", "2"))),
        new Event.TaskCommitted(
            at.plusSeconds(1),
            "read",
            0,
            "part-0",
            100,
            10,
            12,
            Map.of("read", new Counts(0, 10, 0, 100, 100, 1_000, 0, Map.of())),
            Map.of(),
            MOMENT,
            true),
        new Event.StageCommitted(
            at.plusSeconds(1),
            "read",
            Map.of(),
            List.of(new RejectFile("clean", "out/rejects.ndjson", 3))),
        ended("read", at, Outcome.SUCCEEDED, null, 0),
        ended("clean", at, Outcome.SUCCEEDED, null, 3),
        ended("write", at, Outcome.SUCCEEDED, null, 0),
        new Event.RunResumed(at.plusSeconds(2), "process 4711 on host", 2),
        new Event.StepStarted(at, "greet", "test.greet", data),
        new Event.AttemptStarted(at, "greet", -1, 1),
        new Event.AttemptFailed(at, "greet", -1, 1, failure, MOMENT, MOMENT),
        new Event.StepStarted(at, "greet[0].in", "test.greet", NOTHING),
        ended("greet[0].in", at, Outcome.SUCCEEDED, null, 0),
        new Event.BodyEnded(at, "greet", "steps[0]", List.of("greet[0].in"), null, NOTHING),
        new Event.ItemsEnded(
            at,
            "greet",
            "steps",
            List.of(new Event.ItemTable(List.of(), List.of(new long[] {1, 2}), List.of()))),
        new Event.Logged(at, "greet", Level.INFO, "hello", data),
        new Event.Measured(
            at,
            "greet",
            "memory",
            new Measurement(at.minusSeconds(1), "start", Map.of("resident", 5_000L))),
        new Event.Warned(at, "greet", "holds a processor"),
        new Event.StepResolved(at, "greet", false, NOTHING),
        new Event.CancelRequested(at, "enough"),
        ended("greet", at, Outcome.FAILED, failure, 0),
        new Event.StepReused(at, "finally.bye", "test.greet", "cache", Outcome.SUCCEEDED, NOTHING));
  }

  private static Event ended(
      String step, Instant at, Outcome outcome, Failure failure, long rejected) {
    return new Event.StepEnded(
        at.plusSeconds(1),
        step,
        outcome,
        failure == null ? null : "it failed",
        failure,
        failure != null,
        metrics(rejected),
        NOTHING);
  }

  private static StepMetrics metrics(long rejected) {
    return new StepMetrics(MOMENT, MOMENT, 2, 1, 10, 9, rejected, 100, 90, Map.of("lines", 10L));
  }

  /** Its end. */
  static Event end(String run, Instant at) {
    var times = new Percentiles(MOMENT, MOMENT, MOMENT, MOMENT);
    var summary =
        new Summary(
            Duration.ofSeconds(4),
            5,
            4,
            1,
            0.8,
            MOMENT,
            MOMENT,
            new Slowest("read", MOMENT),
            times,
            List.of(new StepLine("read", "test.read", Outcome.SUCCEEDED, metrics(0), times)),
            List.of(new RejectFile("clean", "out/rejects.ndjson", 3)),
            new MemoryLine(1, 5_000, 5_000, 0, 5_000, 5_000));
    var failure = new Failure("failed", "greet", "orders.yaml:14:5", "hot", false, "a trace");
    return new Event.RunEnded(at, run, new RunResult(Outcome.FAILED, failure, NOTHING, summary));
  }
}
