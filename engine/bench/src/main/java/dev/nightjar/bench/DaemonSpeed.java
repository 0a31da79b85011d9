package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a daemon costs that waits, and how soon it does what it is to do. */
final class DaemonSpeed {

  private static final int PLUGINS = 20;
  private static final int WORKFLOWS = 200;
  private static final int RUNS = 500;
  private static final int WARM = 100;
  private static final int SCHEDULES = 1000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Longer than a daemon takes to read so many workflows on a busy machine. */
  private static final Duration LOAD = Duration.ofSeconds(45);

  private static final Duration ALL_ENDED = Duration.ofMinutes(2);
  private static final double MEGA = 1e6;

  private static final String TWO =
      """
      name: two
      steps:
        - id: greeting
          uses: flow.set
          with: {values: {text: hello}}
        - uses: flow.log
          with: {message: "${{ steps.greeting.outputs.text }}"}
      """;

  private final Path folder;
  private final Path distribution;
  private final PrintStream out;

  DaemonSpeed(Settings settings, PrintStream out) {
    this.folder = settings.folder().resolve("daemon");
    this.distribution = settings.distribution();
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    out.printf("%n### Daemon%n%n");
    waiting();
    twoSteps();
    sameMinute();
  }

  private void waiting() throws IOException, InterruptedException {
    ServedFolder served = ServedFolder.empty(folder);
    served.plugins(distribution, PLUGINS);
    for (int i = 0; i < WORKFLOWS; i++) {
      served.workflow("waiting-" + i, waiting(i));
    }
    try (Served daemon = Served.start(distribution, served, WORKFLOWS)) {
      double started = daemon.cpu();
      Served.rest(MINUTE);
      double before = daemon.cpu();
      Served.rest(MINUTE);
      double cpu = daemon.cpu() - before;
      out.printf(
          Locale.ROOT,
          "Waits with %d plugins and %d workflows: started with %.2f s of CPU; in its second"
              + " minute %.0f MB resident, %.2f %% of a core.%n",
          PLUGINS,
          WORKFLOWS,
          started,
          daemon.resident() / MEGA,
          100 * cpu / MINUTE.toSeconds());
    }
  }

  /** Of a usual size, and due once a year. */
  private static String waiting(int number) {
    return """
    name: waiting-%1$d
    description: Keep the books since a year.
    inputs:
      since: {type: integer, default: 1980}
    triggers:
      - {id: yearly, cron: "%2$d %3$d 1 1 *", timezone: UTC}
    steps:
      - uses: file.read
        with: {path: data/*.ndjson}
      - uses: json.parse
      - uses: records.filter
        with: {where: record.year >= inputs.since}
      - uses: file.write
        with: {path: out/%1$d.ndjson}
    """
        .formatted(number, number % 60, number % 24);
  }

  private void twoSteps() throws IOException, InterruptedException {
    ServedFolder served = ServedFolder.empty(folder);
    served.plugins(distribution, PLUGINS);
    served.workflow("two", TWO);
    double[] seen = new double[RUNS];
    double[] ended = new double[RUNS];
    double[] took = new double[RUNS];
    try (Served daemon = Served.start(distribution, served, 1)) {
      for (int i = -WARM; i < RUNS; i++) {
        Instant asked = Instant.now();
        long start = System.nanoTime();
        String run = daemon.run("two");
        // Ends with the run.
        String events = daemon.get("/api/v1/runs/" + run + "/events", "text/event-stream");
        long end = System.nanoTime();
        if (!events.contains("\"outcome\":\"succeeded\"")) {
          throw new IllegalStateException(events);
        }
        if (i >= 0) {
          JsonNode known = daemon.json("/api/v1/runs?limit=1").path("items").path(0);
          seen[i] = (end - start) / MEGA;
          ended[i] = millis(asked, instant(known, "ended"));
          took[i] = millis(instant(known, "started"), instant(known, "ended"));
        }
      }
    }
    out.printf("%n| two steps, %d runs in turn | median ms | p99 ms |%n|---|--:|--:|%n", RUNS);
    row("from the POST until a second request had told its end", seen);
    row("from the POST to its last event, by one clock", ended);
    row("from its first event to its last", took);
  }

  private void row(String what, double[] millis) {
    Arrays.sort(millis);
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f |%n",
        what,
        millis[millis.length / 2],
        millis[millis.length * 99 / 100]);
  }

  private void sameMinute() throws IOException, InterruptedException {
    ServedFolder served = ServedFolder.empty(folder);
    served.plugins(distribution, PLUGINS);
    ZonedDateTime minute =
        ZonedDateTime.now(ZoneOffset.UTC).plus(LOAD).plusMinutes(1).truncatedTo(ChronoUnit.MINUTES);
    for (int i = 0; i < SCHEDULES; i++) {
      served.workflow("due-" + i, due(i, minute));
    }
    try (Served daemon = Served.start(distribution, served, SCHEDULES)) {
      if (Instant.now().isAfter(minute.toInstant())) {
        throw new IllegalStateException("it started later than its schedules were due");
      }
      Served.rest(Duration.between(Instant.now(), minute.toInstant()));
      List<JsonNode> runs = awaitAll(daemon);
      Instant step = Instant.MIN;
      Instant end = Instant.MIN;
      for (JsonNode run : runs) {
        String path = "/api/v1/runs/" + run.path("id").asString() + "/events?limit=2";
        Instant began = instant(daemon.json(path).path("items").path(1), "at");
        step = began.isAfter(step) ? began : step;
        Instant ended = instant(run, "ended");
        end = ended.isAfter(end) ? ended : end;
      }
      out.printf(
          Locale.ROOT,
          "%n%d schedules of one minute: the last one's step began %.2f s after it, the last run"
              + " ended %.2f s after it.%n",
          SCHEDULES,
          millis(minute.toInstant(), step) / 1000,
          millis(minute.toInstant(), end) / 1000);
    }
  }

  private static String due(int number, ZonedDateTime minute) {
    return """
    name: due-%d
    triggers:
      - {id: now, cron: "%d %d * * *", timezone: UTC}
    steps:
      - uses: flow.log
        with: {message: now}
    """
        .formatted(number, minute.getMinute(), minute.getHour());
  }

  /** All runs, when all have ended. */
  private static List<JsonNode> awaitAll(Served daemon) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < ALL_ENDED.toNanos()) {
      // Seldom: who asks takes time from those who work.
      Served.rest(Duration.ofSeconds(2));
      List<JsonNode> ended = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = daemon.json("/api/v1/runs?state=ended&limit=200" + cursor);
        page.path("items").forEach(ended::add);
        cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
      } while (!cursor.isEmpty());
      if (ended.size() == SCHEDULES) {
        return ended;
      }
    }
    throw new IllegalStateException("not all runs have ended");
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.parse(node.path(name).asString());
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / MEGA;
  }
}
