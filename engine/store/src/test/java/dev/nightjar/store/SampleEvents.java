package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.stage.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;
import tools.jackson.databind.node.JsonNodeFactory;

/** Events and runs for the tests. */
final class SampleEvents {

  static final Instant AT = Instant.parse("2026-11-22T04:05:06.123456789Z");

  /** Of the text that the runs here have. */
  static final String DIGEST = "cf0518b5dae8690d14203dc4823a43244e58ccf300b43974b4ef326f637076f9";

  private static final Duration NONE = Duration.ZERO;

  private SampleEvents() {}

  static NewRun run(String id) {
    return run(id, null);
  }

  static NewRun run(String id, NewRun.Pool pool) {
    return new NewRun(id, "orders", "/jobs/orders.yaml", DIGEST, "name: orders\n", AT, pool);
  }

  static Event started(String id) {
    return started(id, "orders", AT);
  }

  static Event started(String id, String workflow, Instant at) {
    return new Event.RunStarted(
        at,
        id,
        workflow,
        "/jobs/" + workflow + ".yaml",
        Map.of(),
        DIGEST,
        List.of(),
        JsonNodeFactory.instance.objectNode(),
        null);
  }

  static Event logged(String message) {
    return new Event.Logged(AT, "clean", Level.INFO, message, null);
  }

  static Event committed(int task) {
    return new Event.TaskCommitted(
        AT,
        "read",
        task,
        "part-" + task,
        320_000,
        1000,
        1010,
        Map.of("read", new Counts(0, 1000, 10, 320_000, 310_000, 4_000_000, 320_000, Map.of())),
        Map.of(),
        Duration.ofMillis(12),
        false);
  }

  static Event ended(String id, Outcome outcome, String message) {
    return ended(id, outcome, message, AT.plusSeconds(60));
  }

  static Event ended(String id, Outcome outcome, String message, Instant at) {
    Failure failure =
        message == null
            ? null
            : new Failure("failed", "clean", "orders.yaml:3:5", message, false, null);
    var times = new Summary.Percentiles(NONE, NONE, NONE, NONE);
    var summary =
        new Summary(NONE, 0, 0, 0, 1, NONE, NONE, null, times, List.of(), List.of(), null);
    var result = new RunResult(outcome, failure, JsonNodeFactory.instance.objectNode(), summary);
    return new Event.RunEnded(at, id, result);
  }
}
