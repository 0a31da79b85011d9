package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.monitor.Summary.Percentiles;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.runtime.monitor.Summary.Slowest;
import dev.nightjar.runtime.monitor.Summary.StepLine;
import dev.nightjar.spi.Measurement;
import dev.nightjar.stage.Counts;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The journal of a run in which most things happen: it waits for its turn, reads and checks
 * records, is interrupted and resumed, retries, loops, fails. What it says means no good.
 */
public final class SampleRun {

  public static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  /** What must stay text wherever it is shown. */
  static final String HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>{{data}}";

  public static final String TEXT =
      """
      name: clean-orders
      # %s
      steps:
        - id: orders
          uses: file.read
          with: {path: data/orders-*.ndjson}
        - uses: json.parse
        - id: valid
          uses: json.validate
          with: {schema: schemas/order.json}
        - id: clean
          uses: file.write
          with: {path: out/orders.ndjson}
          rejects: {path: out/rejected.ndjson}
        - uses: memory.snapshot
        - id: totals
          uses: records.aggregate
          from: valid
          needs: [valid]
        - id: table
          uses: file.write
        - id: each
          uses: flow.foreach
          needs: [clean, table]
          steps:
            - id: fetch
              uses: http.request
            - id: store
              uses: file.write
              from: fetch
        - id: report
          uses: flow.log
      on_failure:
        - id: tell
          uses: flow.log
      finally:
        - id: last_snapshot
          uses: memory.snapshot
      """
          .formatted(HOSTILE);

  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final List<String> STAGE = List.of("orders", "parse", "valid", "clean");

  private final List<Event> events = new ArrayList<>();
  private Instant now = START;

  private SampleRun() {}

  /** All of it. */
  public static List<Event> events() {
    var run = new SampleRun();
    run.begin();
    run.stage();
    run.pause();
    run.totals();
    run.loop();
    run.end();
    return run.events;
  }

  /** Up to the moment in which its first process was killed. */
  public static List<Event> killed() {
    var run = new SampleRun();
    run.begin();
    run.stage();
    return run.events;
  }

  static Timeline timeline(List<Event> events) {
    var timeline = new Timeline(new Timeline.Limits(100, 20, 20, 1_000, 100));
    events.forEach(timeline::apply);
    return timeline;
  }

  static StoredRun stored(StoredRun.State state) {
    boolean ended = state == StoredRun.State.ENDED;
    return new StoredRun(
        "20261120-100000-k3v9",
        "clean-orders",
        "/data/work/orders.yaml",
        "3f".repeat(32),
        START,
        ended ? START.plusSeconds(7_318) : null,
        state,
        ended ? Outcome.FAILED : null,
        ended ? "HTTP 503" : null,
        ended ? null : "process 4711 on host");
  }

  private void after(long millis) {
    now = now.plusMillis(millis);
  }

  private void begin() {
    Map<String, JsonNode> inputs = new LinkedHashMap<>();
    inputs.put("day", text("2026-11-20"));
    inputs.put("source", text(HOSTILE));
    events.add(
        new Event.RunStarted(
            now,
            "20261120-100000-k3v9",
            "clean-orders",
            "/data/work/orders.yaml",
            inputs,
            "3f".repeat(32),
            List.of(
                new Event.PluginUsed("file", "0.1.0", "ab".repeat(32)),
                new Event.PluginUsed("json", "0.1.0", "cd".repeat(32))),
            JsonNodeFactory.instance.objectNode().put("kind", "manual"),
            new Event.Rerun("20261119-100000-aaaa", "valid")));
    events.add(new Event.RunQueued(now, "clean-orders", 1, List.of("20261120-095900-zzzz")));
    after(1_200);
    events.add(new Event.RunAdmitted(now, "clean-orders"));
    memory("start", 180);
  }

  private void stage() {
    STAGE.forEach(step -> started(step, step.equals("orders") ? "file.read" : "json." + step));
    events.add(new Event.StageStarted(now, STAGE, 6, 400L << 20));
    log("orders", Level.INFO, "6 files, 400 MiB");
    for (int task = 0; task < 4; task++) {
      after(task % 2 == 0 ? 800 : 350);
      Map<String, Counts> counts = new LinkedHashMap<>();
      STAGE.forEach(step -> counts.put(step, counts(step.equals("orders") ? 0 : 250_000)));
      events.add(
          new Event.TaskCommitted(
              now,
              "orders",
              task,
              "part-" + task,
              1 << 20,
              249_000,
              250_000,
              counts,
              Map.of(),
              Duration.ofMillis(780 + 90 * task),
              task == 3));
      memory("task " + task, 220 + 60 * task);
    }
    events.add(
        new Event.CacheAsked(
            now,
            "orders",
            1,
            5,
            List.of(new Event.CacheMiss("data/orders-2.ndjson", "split.size", "10", "12"))));
    failed("clean", 4, 1, "disk quota exceeded\nuse another disk", Duration.ofMillis(400));
    after(600);
  }

  private void pause() {
    after(7_200_000);
    events.add(new Event.RunResumed(now, "4712 on host", 2));
    events.add(new Event.StageStarted(now, STAGE, 6, 400L << 20));
    after(1_500);
    events.add(
        new Event.StageCommitted(
            now,
            "orders",
            Map.of(),
            List.of(new RejectFile("clean", "out/rejected.ndjson", 1_204))));
    for (String step : STAGE) {
      var outputs = JsonNodeFactory.instance.objectNode().put("note", HOSTILE);
      ended(step, Outcome.SUCCEEDED, null, metrics(5_600, 1_000_000, 998_796, 1_204), outputs);
    }
    events.add(
        new Event.StepReused(
            now, "snapshot", "memory.snapshot", "cache", Outcome.SUCCEEDED, NOTHING));
  }

  private void totals() {
    started("totals", "records.aggregate");
    started("table", "file.write");
    events.add(new Event.StageStarted(now, List.of("totals", "table"), 1, -1));
    after(900);
    ended("totals", Outcome.SUCCEEDED, null, metrics(900, 998_796, 12, 0), NOTHING);
    ended("table", Outcome.SUCCEEDED, null, metrics(900, 12, 0, 0), NOTHING);
    memory("after totals", 640);
  }

  private void loop() {
    started("each", "flow.foreach");
    for (int item = 0; item < 8; item++) {
      String path = "each[" + item + "].";
      started(path + "fetch", "http.request");
      after(300);
      if (item == 7) {
        for (int attempt = 1; attempt <= 2; attempt++) {
          failed(path + "fetch", -1, attempt, "HTTP 503", Duration.ofMillis(500L * attempt));
          after(500L * attempt + 120);
        }
        Failure failure = failure(path + "fetch", "HTTP 503: " + HOSTILE);
        ended(path + "fetch", Outcome.FAILED, failure, metrics(1_500, 0, 0, 0), NOTHING);
        ended(path + "store", Outcome.SKIPPED, null, StepMetrics.NONE, NOTHING);
      } else {
        ended(path + "fetch", Outcome.SUCCEEDED, null, metrics(300, 0, 1, 0), NOTHING);
        started(path + "store", "file.write");
        after(90);
        ended(path + "store", Outcome.SUCCEEDED, null, metrics(90, 1, 0, 0), NOTHING);
      }
    }
    Failure failure = failure("each[7].fetch", "HTTP 503: " + HOSTILE);
    ended("each", Outcome.FAILED, failure, metrics(6_000, 0, 0, 0), NOTHING);
    log("each", Level.WARN, "slow host " + HOSTILE);
    log("each", Level.ERROR, "gave up\nafter two attempts");
    ended("report", Outcome.SKIPPED, null, StepMetrics.NONE, NOTHING);
  }

  private void end() {
    started("on_failure.tell", "flow.log");
    after(20);
    ended("on_failure.tell", Outcome.SUCCEEDED, null, metrics(20, 0, 0, 0), NOTHING);
    started("finally.last_snapshot", "memory.snapshot");
    memory("last", 410);
    after(30);
    ended("finally.last_snapshot", Outcome.SUCCEEDED, null, metrics(30, 0, 0, 0), NOTHING);
    events.add(new Event.Warned(now, "totals", "held a processor for 1.4 s " + HOSTILE));
    var times =
        new Percentiles(
            Duration.ofMillis(90),
            Duration.ofMillis(900),
            Duration.ofMillis(1_100),
            Duration.ofMillis(1_500));
    var line =
        new StepLine(
            "orders",
            "file.read",
            Outcome.SUCCEEDED,
            metrics(5_600, 1_000_000, 998_796, 1_204),
            times);
    var summary =
        new Summary(
            Duration.ofMillis(17_500),
            27,
            24,
            3,
            24 / 27.0,
            Duration.ofMillis(410),
            Duration.ofSeconds(11),
            new Slowest("orders", Duration.ofMillis(1_500)),
            times,
            List.of(line),
            List.of(new RejectFile("clean", "out/rejected.ndjson", 1_204)),
            new Summary.MemoryLine(7, 180L << 20, 410L << 20, 230L << 20, 640L << 20, 350L << 20));
    events.add(
        new Event.RunEnded(
            now,
            "20261120-100000-k3v9",
            new RunResult(
                Outcome.FAILED,
                failure("each[7].fetch", "HTTP 503: " + HOSTILE),
                NOTHING,
                summary)));
  }

  private void started(String step, String processor) {
    events.add(new Event.StepStarted(now, step, processor, NOTHING));
  }

  private void ended(
      String step, Outcome outcome, Failure failure, StepMetrics metrics, JsonNode outputs) {
    String reason = outcome == Outcome.SKIPPED ? "it needs what has failed" : null;
    events.add(
        new Event.StepEnded(
            now, step, outcome, reason, failure, failure != null, metrics, outputs));
  }

  private void failed(String step, int task, int attempt, String message, Duration nextIn) {
    events.add(
        new Event.AttemptFailed(
            now, step, task, attempt, failure(step, message), Duration.ofMillis(250), nextIn));
  }

  private void log(String step, Level level, String message) {
    events.add(new Event.Logged(now, step, level, message, text(HOSTILE)));
  }

  private void memory(String label, long mebibytes) {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("heap_used", mebibytes * 600_000);
    values.put("heap_committed", mebibytes * 800_000);
    values.put("non_heap_used", 60L << 20);
    values.put("resident", mebibytes << 20);
    values.put("threads", 40L);
    events.add(new Event.Measured(now, "snapshot", "memory", new Measurement(now, label, values)));
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  private static Failure failure(String step, String message) {
    return new Failure("failed", step, "orders.yaml:31:9", message, false, null);
  }

  private static Counts counts(long records) {
    return new Counts(records, 249_000, 300, 60L << 20, 50L << 20, 700_000_000, 0, Map.of());
  }

  private static StepMetrics metrics(long millis, long in, long out, long rejected) {
    return new StepMetrics(
        Duration.ofMillis(millis),
        Duration.ofMillis(millis / 2),
        6,
        0,
        in,
        out,
        rejected,
        in * 200,
        out * 180,
        Map.of("lines", in));
  }
}
