package dev.nightjar.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.web.Role;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.StepProgress;
import dev.nightjar.store.OwnedRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

class RunRoutesTest {

  @TempDir Path temp;
  private ApiSample sample;

  @BeforeEach
  void start() throws IOException {
    sample = new ApiSample(temp);
  }

  @AfterEach
  void stop() {
    sample.close();
  }

  private OwnedRun begin(String id) {
    OwnedRun run = sample.begin(id, "orders", SampleRun.TEXT, event -> sample.news.published(id));
    String file = sample.folder.resolve("orders.yaml").toString();
    SampleRun.begun(id, ApiSample.NOW, file).forEach(run::append);
    run.settle();
    return run;
  }

  private void end(OwnedRun run) {
    run.append(SampleRun.end(run.id(), ApiSample.NOW.plusSeconds(5)));
    run.close();
  }

  private static void log(OwnedRun run, Level level, String step, String message) {
    run.append(new Event.Logged(ApiSample.NOW, step, level, message, null));
  }

  private static List<Long> numbers(JsonNode page) {
    return page.get("items").valueStream().map(item -> item.get("n").asLong()).toList();
  }

  @Test
  void listsRunsByPages() {
    for (int i = 1; i <= 5; i++) {
      end(begin("20261120-120000-00000" + i));
    }
    JsonNode first = sample.json("/api/v1/runs?limit=2&outcome=failed");
    assertThat(first.at("/items/0/id").asString()).isEqualTo("20261120-120000-000005");
    assertThat(first.at("/items/0/failure").asString()).isEqualTo("hot");
    JsonNode last = sample.json("/api/v1/runs?limit=3&cursor=" + first.get("next").asString());
    assertThat(last.get("items").valueStream().map(run -> run.get("id").asString()))
        .containsExactly(
            "20261120-120000-000003", "20261120-120000-000002", "20261120-120000-000001");
    assertThat(last.get("next").isNull()).isTrue();
    assertThat(sample.json("/api/v1/runs?state=running&state=queued").get("items")).isEmpty();
    assertThat(sample.json("/api/v1/runs?workflow=other").get("items")).isEmpty();
    HttpResponse<String> nonsense = sample.get("/api/v1/runs?cursor=nonsense");
    assertThat(nonsense.statusCode()).isEqualTo(400);
    assertThat(ApiSample.json(nonsense).get("detail").asString())
        .contains("cursor", "must be what an earlier page has given as `next`");
  }

  @Test
  void showsWhatIsNewOfARunThatGoesOn() {
    OwnedRun run = begin("r1");
    sample.live.put(
        "r1",
        List.of(
            new StepProgress("greet", "test.greet", 500, 1, 10, 20, Duration.ofSeconds(2), "")));
    JsonNode before = sample.json("/api/v1/runs/r1");
    assertThat(before.get("state").asString()).isEqualTo("running");
    assertThat(before.at("/live/0/records_per_second").asDouble()).isEqualTo(250);
    assertThat(before.get("rejects").toString()).contains("out/rejects.ndjson");

    end(run);
    JsonNode after = sample.json("/api/v1/runs/r1");
    assertThat(after.get("position").asLong()).isEqualTo(before.get("position").asLong() + 1);
    assertThat(after.get("outcome").asString()).isEqualTo("failed");
    assertThat(after.at("/summary/operations").asInt()).isEqualTo(5);
  }

  @Test
  void saysWhatToDoAboutARunThatIsNotKnown() {
    HttpResponse<String> answer = sample.get("/api/v1/runs/nobody");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(ApiSample.json(answer).get("detail").asString())
        .isEqualTo("there is no run `nobody`; GET /api/v1/runs lists those that are remembered");
  }

  @Test
  void tellsEventsFromAnyPositionUntilTheEnd() throws Exception {
    OwnedRun run = begin("r1");
    long last = sample.json("/api/v1/runs/r1").get("position").asLong();
    List<String> lines = new ArrayList<>();
    try (BufferedReader events =
        sample.follow(
            sample
                .as(Role.VIEWER, "/api/v1/runs/r1/events?after=1")
                .header("Last-Event-ID", String.valueOf(last - 1)))) {
      lines.add(next(events));
      lines.add(next(events));
      assertThat(next(events)).contains("\"from\":\"cache\"");
      log(run, Level.INFO, "greet", "while it is watched");
      run.settle();
      assertThat(next(events)).isEqualTo("id: " + (last + 1));
      assertThat(next(events)).isEqualTo("event: logged");
      assertThat(next(events)).contains("while it is watched");
      end(run);
      assertThat(next(events)).isEqualTo("id: " + (last + 2));
      assertThat(next(events)).isEqualTo("event: run_ended");
      assertThat(next(events)).startsWith("data: {\"event\":\"run_ended\"");
      assertThat(next(events)).isNull();
    }
    assertThat(lines).containsExactly("id: " + last, "event: step_reused");
    assertThat(sample.get("/api/v1/runs/r1/events?after=" + (last + 2)).statusCode())
        .isEqualTo(204);
    assertThat(sample.get("/api/v1/runs/r1/events?after=x").statusCode()).isEqualTo(400);
  }

  /** The next line that is no heartbeat. */
  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && (line.isEmpty() || line.equals(":"))) {
      line = lines.readLine();
    }
    return line;
  }

  @Test
  void tellsOfAnotherProcessesRunWithoutNews() throws Exception {
    OwnedRun run = sample.begin("r1", "orders", SampleRun.TEXT, event -> {});
    try (BufferedReader events = sample.follow(sample.as(Role.VIEWER, "/api/v1/runs/r1/events"))) {
      log(run, Level.INFO, "greet", "from elsewhere");
      run.settle();
      assertThat(next(events)).isEqualTo("id: 1");
      end(run);
      assertThat(events.lines().filter(line -> line.equals("event: run_ended"))).hasSize(1);
    }
  }

  @Test
  void givesEventsByPages() {
    end(begin("r1"));
    JsonNode first = page("/api/v1/runs/r1/events?limit=7");
    assertThat(numbers(first)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    JsonNode second = page("/api/v1/runs/r1/events?limit=2&after=" + first.get("next"));
    // What only a process needs that resumes the run is not told.
    assertThat(numbers(second)).containsExactly(9L, 10L);
    assertThat(second.at("/items/1").has("part")).isFalse();
    assertThat(page("/api/v1/runs/r1/events?after=10").get("next").isNull()).isTrue();
  }

  private JsonNode page(String path) {
    return ApiSample.json(
        sample.send(sample.as(Role.VIEWER, path).header("Accept", "application/json")));
  }

  @Test
  void showsPartsOfALongLogBothWays() {
    int lines = 200_000;
    try (OwnedRun run = sample.begin("r1", "orders", SampleRun.TEXT, event -> {})) {
      for (int n = 1; n <= lines; n++) {
        Level level = n % 50_000 == 0 ? Level.ERROR : Level.INFO;
        log(run, level, n % 2 == 0 ? "even" : "each[" + n + "].odd", "line " + n);
      }
    }
    JsonNode tail = sample.json("/api/v1/runs/r1/logs?before=68719476736&limit=3");
    assertThat(numbers(tail)).containsExactly(199_998L, 199_999L, 200_000L);
    assertThat(tail.get("previous").asLong()).isEqualTo(199_998);
    assertThat(tail.get("next").asLong()).isEqualTo(200_000);
    JsonNode above = sample.json("/api/v1/runs/r1/logs?limit=2&before=" + tail.get("previous"));
    assertThat(numbers(above)).containsExactly(199_996L, 199_997L);
    JsonNode below = sample.json("/api/v1/runs/r1/logs?limit=2&after=199998");
    assertThat(numbers(below)).containsExactly(199_999L, 200_000L);
    assertThat(below.get("more").asBoolean()).isFalse();
    assertThat(numbers(sample.json("/api/v1/runs/r1/logs?after=10&before=13")))
        .containsExactly(11L, 12L);
    assertThat(numbers(sample.json("/api/v1/runs/r1/logs?limit=2&after=7&step=each")))
        .containsExactly(9L, 11L);
    assertThat(numbers(sample.json("/api/v1/runs/r1/logs?after=0&limit=2&text=LINE%2019999")))
        .containsExactly(19_999L);
  }

  @Test
  void looksAtSoMuchOfALogAtOnceAndNoMore() {
    try (OwnedRun run = sample.begin("r1", "orders", SampleRun.TEXT, event -> {})) {
      for (int n = 1; n <= 45_000; n++) {
        log(run, n == 44_000 ? Level.ERROR : Level.INFO, "a", "line " + n);
      }
    }
    String path = "/api/v1/runs/r1/logs?level=error&after=";
    JsonNode first = sample.json(path + 0);
    assertThat(first.get("items")).isEmpty();
    assertThat(first.get("more").asBoolean()).isTrue();
    JsonNode second = sample.json(path + first.get("next"));
    assertThat(second.get("items")).isEmpty();
    JsonNode third = sample.json(path + second.get("next"));
    assertThat(numbers(third)).containsExactly(44_000L);
    assertThat(third.get("more").asBoolean()).isFalse();
    assertThat(third.get("next").asLong()).isEqualTo(45_000);

    JsonNode back = sample.json("/api/v1/runs/r1/logs?level=error&before=44000");
    assertThat(back.get("items")).isEmpty();
    assertThat(back.get("previous").asLong()).isEqualTo(24_000);
    JsonNode begin = sample.json("/api/v1/runs/r1/logs?level=error&before=100");
    assertThat(begin.get("previous").isNull()).isTrue();
  }

  @Test
  void showsRejectsOfFilesThatTheRunHasToldOf() throws IOException {
    end(begin("r1"));
    Path out = Files.createDirectories(sample.folder.resolve("out"));
    Files.writeString(
        out.resolve("rejects.ndjson"), "{\"n\":1}\n" + "ä".repeat(5_000) + "\n{\"n\":3}");
    Files.writeString(out.resolve("other.ndjson"), "secret");

    JsonNode files = sample.json("/api/v1/runs/r1/rejects");
    assertThat(files.at("/files/0").toString())
        .isEqualTo("{\"step\":\"clean\",\"path\":\"out/rejects.ndjson\",\"records\":3}");
    String path = "/api/v1/runs/r1/rejects?file=out/rejects.ndjson";
    JsonNode lines = sample.json(path + "&limit=2");
    assertThat(lines.at("/items/0/text").asString()).isEqualTo("{\"n\":1}");
    assertThat(lines.at("/items/1/text").asString()).isEqualTo("ä".repeat(4_000) + "…");
    assertThat(lines.get("next").asLong()).isEqualTo(2);
    JsonNode rest = sample.json(path + "&after=2");
    assertThat(rest.get("items").toString()).isEqualTo("[{\"n\":3,\"text\":\"{\\\"n\\\":3}\"}]");
    assertThat(rest.get("next").isNull()).isTrue();

    for (String other :
        List.of("out/other.ndjson", "../home/tokens", "/etc/passwd", "out/../out/rejects.ndjson")) {
      assertThat(sample.get("/api/v1/runs/r1/rejects?file=" + other).statusCode()).isEqualTo(404);
    }
    Files.delete(out.resolve("rejects.ndjson"));
    assertThat(ApiSample.json(sample.get(path)).get("detail").asString())
        .isEqualTo("the file out/rejects.ndjson is not there any more");
  }

  @Test
  void saysWhy() {
    end(begin("r1"));
    assertThat(sample.json("/api/v1/runs/r1/why?step=greet").at("/steps/0/step").asString())
        .isEqualTo("greet");
    HttpResponse<String> unknown = sample.get("/api/v1/runs/r1/why?step=gret");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("did you mean `greet`?");
  }

  @Test
  void drawsARunWithItsPluginsAndWithout() throws IOException {
    end(begin("r1"));
    JsonNode graph = sample.json("/api/v1/runs/r1/graph");
    assertThat(graph.get("nodes").valueStream().map(node -> node.get("kind").asString()))
        .containsExactly("source", "record", "sink", "task", "task");
    assertThat(graph.at("/nodes/4/path").asString()).isEqualTo("finally.bye");
    assertThat(graph.at("/edges/0").toString())
        .isEqualTo("{\"from\":\"read\",\"to\":\"clean\",\"kind\":\"records\"}");
    assertThat(graph.get("stages").toString()).isEqualTo("[[\"read\",\"clean\",\"write\"]]");

    Files.delete(temp.resolve("plugins/test.jar"));
    var _ = sample.plugins.look();
    var _ = sample.plugins.look();
    JsonNode without = sample.json("/api/v1/runs/r1/graph");
    assertThat(without.get("nodes")).hasSize(5);
    assertThat(without.at("/nodes/0").has("kind")).isFalse();
    assertThat(without.get("stages")).isEqualTo(graph.get("stages"));
  }

  @Test
  void showsTheTextThatARunHasAndWhetherItIsStillInForce() throws IOException {
    end(begin("r1"));
    JsonNode gone = sample.json("/api/v1/runs/r1/workflow");
    assertThat(gone.get("yaml").asString()).isEqualTo(SampleRun.TEXT);
    assertThat(gone.get("in_force").asString()).isEqualTo("none");
    assertThat(gone.has("in_force_since")).isFalse();

    sample.write("orders.yaml", SampleRun.TEXT);
    JsonNode same = sample.json("/api/v1/runs/r1/workflow");
    assertThat(same.get("in_force").asString()).isEqualTo("same");
    assertThat(same.get("digest")).isEqualTo(sample.json("/api/v1/runs/r1").get("digest"));

    sample.write("orders.yaml", SampleRun.TEXT + "# Another one.\n");
    JsonNode other = sample.json("/api/v1/runs/r1/workflow");
    assertThat(other.get("yaml").asString()).isEqualTo(SampleRun.TEXT);
    assertThat(other.get("in_force").asString()).isEqualTo("other");
    assertThat(other.get("in_force_since").asString()).isEqualTo(ApiSample.NOW.toString());
  }

  @Test
  void exportsAFileToKeep() {
    end(begin("r1"));
    HttpResponse<String> answer = sample.get("/api/v1/runs/r1/export");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"orders-r1.html\"");
    assertThat(answer.body()).contains("<title>orders · run r1</title>");
  }

  @Test
  void findsWords() {
    end(begin("r1"));
    JsonNode hits = sample.json("/api/v1/search?q=hello");
    assertThat(hits.at("/items/0/text").asString()).isEqualTo("hello");
    assertThat(hits.at("/items/0/run").asString()).isEqualTo("r1");
    assertThat(sample.get("/api/v1/search").statusCode()).isEqualTo(400);
    assertThat(sample.get("/api/v1/search?q=a&cursor=x").statusCode()).isEqualTo(400);
  }
}
