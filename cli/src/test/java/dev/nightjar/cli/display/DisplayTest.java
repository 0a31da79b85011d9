package dev.nightjar.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

final class DisplayTest {

  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final StepMetrics METRICS =
      new StepMetrics(
          Duration.ofMillis(1500),
          Duration.ofMillis(900),
          3,
          1,
          1000,
          990,
          10,
          4096,
          2048,
          Map.of("lines", 1000L));
  private static final Failure FAILURE =
      new Failure(
          "permanent",
          "clean",
          "orders.yaml:14:9",
          "cannot open data\u001b[2J: gone\nput it there",
          true,
          null);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void linesTellWhatHappensAndTheSummaryEndsThem() {
    Display display = lines(Verbosity.NORMAL);
    display.append(started());
    display.append(
        new Event.StepStarted(AT, "orders", "file.read", JsonNodeFactory.instance.objectNode()));
    display.append(new Event.Logged(AT, "orders", Level.INFO, "half\u001b[2Jway", null));
    display.append(new Event.Logged(AT, "orders", Level.DEBUG, "detail", null));
    display.append(ended("orders", null));
    display.append(new Event.RunEnded(AT, "r1", result(null)));

    assertThat(text(err))
        .isEqualTo(
            """
            orders  run r1
            . orders  file.read started
            info orders: half\\x1b[2Jway
            + orders  990 records, 10 rejected, 1 failed attempt, 1.5 s
            """);
    assertThat(text(out))
        .isEqualTo(
            """

            step    uses       outcome       in  out  rejected   time  records/s  tries  batch p50   p99    max
            orders  file.read  succeeded  1,000  990        10  1.5 s        667      3       1 ms  4 ms  12 ms

            operations  3, 2 succeeded, 1 failed, success rate 66.7 %
            times       average 500 ms, total 1.5 s, slowest 1 s (orders), p50 1 ms, p95 2 ms, p99 4 ms, max 12 ms
            memory      3 snapshots, first 1 MiB, last 3 MiB, change +2 MiB, peak 4 MiB, average 2 MiB
            rejects     10 records of `orders` in out/rejected.ndjson
            output      orders = 990

            orders succeeded in 2 s
            """);
  }

  @Test
  void aFailureSaysWhereWhatAndIsToldOnce() {
    Display display = lines(Verbosity.QUIET);
    display.append(started());
    display.append(
        new Event.AttemptFailed(AT, "clean", -1, 1, FAILURE, Duration.ZERO, Duration.ofSeconds(4)));
    display.append(ended("clean", FAILURE));
    display.append(ended("around", FAILURE));
    display.append(new Event.RunEnded(AT, "r1", result(FAILURE)));

    assertThat(text(err))
        .isEqualTo(
            """
            orders.yaml:14:9: error[permanent]: step `clean`: cannot open data\\x1b[2J: gone
                put it there
            """);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void anAttemptThatIsTriedAgainSaysWhen() {
    Display display = lines(Verbosity.NORMAL);
    display.append(
        new Event.AttemptFailed(AT, "clean", 2, 1, FAILURE, Duration.ZERO, Duration.ofSeconds(4)));

    assertThat(text(err))
        .startsWith("orders.yaml:14:9: attempt 1 failed: step `clean`, task 2: cannot open")
        .endsWith("    = attempt 2 in 4 s\n");
  }

  @Test
  void aLoopDoesNotFloodTheTerminal() {
    Display display = lines(Verbosity.NORMAL);
    for (int i = 0; i < 10_000; i++) {
      display.append(
          new Event.StepStarted(
              AT, "each[" + i + "].write", "file.write", JsonNodeFactory.instance.objectNode()));
      Failure failure = new Failure("failed", "each[" + i + "].write", "", "no " + i, false, null);
      display.append(ended("each[" + i + "].write", failure));
    }

    assertThat(text(err).lines()).hasSize(21).last().asString().contains("shown with -v only");
  }

  @Test
  void jsonIsAnEventALineWithStableFields() {
    Display display = Display.json(stream(out));
    display.append(started());
    display.append(ended("clean", FAILURE));
    display.append(new Event.RunEnded(AT, "r1", result(null)));

    List<JsonNode> lines = text(out).lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(lines)
        .extracting(line -> line.get("event").asString())
        .containsExactly("run_started", "step_ended", "run_ended");
    assertThat(lines).allMatch(line -> line.get("at").asString().equals("2026-11-20T10:00:00Z"));
    assertThat(lines.get(1).at("/failure/place").asString()).isEqualTo("orders.yaml:14:9");
    assertThat(lines.get(1).at("/metrics/records_out").asLong()).isEqualTo(990);
    assertThat(lines.get(1).at("/metrics/took").asDouble()).isEqualTo(1.5);
    assertThat(lines.get(2).at("/summary/operation_times/p99").asDouble()).isEqualTo(0.004);
    assertThat(lines.get(2).at("/summary/memory/peak").asLong()).isEqualTo(4 << 20);
    assertThat(text(out)).doesNotContain("\u001b");
  }

  private Display lines(Verbosity verbosity) {
    return Display.lines(
        new Display.Sink(stream(out), Style.PLAIN),
        new Display.Sink(stream(err), Style.PLAIN),
        verbosity);
  }

  private static Event started() {
    return new Event.RunStarted(
        AT,
        "r1",
        "orders",
        "orders.yaml",
        Map.of(),
        "",
        List.of(),
        JsonNodeFactory.instance.objectNode(),
        null);
  }

  private static Event ended(String step, Failure failure) {
    return new Event.StepEnded(
        AT,
        step,
        failure == null ? Outcome.SUCCEEDED : Outcome.FAILED,
        null,
        failure,
        failure != null,
        METRICS,
        NOTHING);
  }

  private static RunResult result(Failure failure) {
    var times =
        new Percentiles(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(4),
            Duration.ofMillis(12));
    var summary =
        new Summary(
            Duration.ofSeconds(2),
            3,
            2,
            1,
            2 / 3.0,
            Duration.ofMillis(500),
            Duration.ofMillis(1500),
            new Slowest("orders", Duration.ofSeconds(1)),
            times,
            List.of(new StepLine("orders", "file.read", Outcome.SUCCEEDED, METRICS, times)),
            List.of(new RejectFile("orders", "out/rejected.ndjson", 10)),
            new MemoryLine(3, 1 << 20, 3 << 20, 2 << 20, 4 << 20, 2 << 20));
    return new RunResult(
        failure == null ? Outcome.SUCCEEDED : Outcome.FAILED,
        failure,
        JsonNodeFactory.instance.objectNode().put("orders", 990),
        summary);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
