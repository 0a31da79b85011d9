package dev.nightjar.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightjar.daemon.Operations.InputsException;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.runtime.monitor.StepProgress;
import dev.nightjar.store.Firing;
import dev.nightjar.store.OwnedRun;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API, and that what is answered follows it. */
class ApiTest {

  /** Described by the web server itself, and tested there. */
  private static final Set<String> OTHERS =
      Set.of(
          "GET /health",
          "GET /api/v1/openapi.json",
          "GET /api/v1/session",
          "POST /session",
          "DELETE /session");

  @TempDir static Path temp;
  private static ApiSample sample;
  private static JsonNode api;

  @BeforeAll
  static void start() throws IOException {
    sample = new ApiSample(temp);
    sample.write("orders.yaml", SampleRun.TEXT);
    sample.write("broken.yaml", "name: broken\nsteps: 3\n");
    sample.write("other.yaml", "kind: none\n");
    Files.writeString(temp.resolve("plugins/bad.jar"), "no jar");
    var _ = sample.plugins.look();
    var _ = sample.plugins.look();
    begin("r1", true);
    begin("r2", false);
    sample.live.put(
        "r2",
        List.of(
            new StepProgress(
                "greet", "test.greet", 5, 0, 1, -1, Duration.ofSeconds(2), "retry in 4 s")));
    Path out = Files.createDirectories(sample.folder.resolve("out"));
    Files.writeString(out.resolve("rejects.ndjson"), "{}\n{}\n{}\n");
    var passed = ApiSample.NOW.minusSeconds(30_600);
    sample
        .store
        .firings()
        .pass(
            List.of(
                Firing.passed("orders", "nightly", passed, passed, ApiSample.NOW, "it was down")));
    api = sample.json("/api/v1/openapi.json");
  }

  private static void begin(String id, boolean ends) {
    OwnedRun run = sample.begin(id, "orders", SampleRun.TEXT, sample.metrics.of("orders"));
    String file = sample.folder.resolve("orders.yaml").toString();
    SampleRun.begun(id, ApiSample.NOW, file).forEach(run::append);
    if (ends) {
      run.append(SampleRun.end(id, ApiSample.NOW.plusSeconds(5)));
      run.close();
    } else {
      run.settle();
    }
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  /** Something to ask. */
  private record Question(String method, String route, String path, String body, String accept) {

    static Question get(String route, String path) {
      return new Question("GET", route, path, "", "*/*");
    }

    static Question post(String route, String path, String body) {
      return new Question("POST", route, path, body, "*/*");
    }

    String operation() {
      return method + " " + route;
    }

    HttpResponse<String> ask() {
      var request = sample.as(Role.OPERATOR, path).header("Accept", accept);
      return sample.send(
          method.equals("GET")
              ? request
              : request
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body)));
    }
  }

  private static List<Question> questions() {
    List<Question> all = new ArrayList<>();
    String run = "/api/v1/runs/{run}";
    String r1 = "/api/v1/runs/r1";
    all.add(Question.get("/api/v1/status", "/api/v1/status"));
    all.add(Question.get("/metrics", "/metrics"));
    all.add(Question.get("/api/v1/workflows", "/api/v1/workflows"));
    all.add(Question.get("/api/v1/workflows/{name}", "/api/v1/workflows/orders"));
    all.add(Question.get("/api/v1/workflows/{name}", "/api/v1/workflows/broken"));
    all.add(Question.get("/api/v1/workflows/{name}", "/api/v1/workflows/none"));
    all.add(Question.post("/api/v1/validate", "/api/v1/validate", "{\"text\":\"name: 3\"}"));
    String start = "/api/v1/workflows/{name}/runs";
    all.add(Question.post(start, "/api/v1/workflows/orders/runs", "{}"));
    all.add(Question.get("/api/v1/runs", "/api/v1/runs?limit=1"));
    all.add(Question.get("/api/v1/runs", "/api/v1/runs"));
    all.add(Question.get("/api/v1/runs", "/api/v1/runs?state=none"));
    all.add(Question.get(run, r1));
    all.add(Question.get(run, "/api/v1/runs/r2"));
    all.add(Question.get(run, "/api/v1/runs/none"));
    all.add(new Question("GET", run + "/events", r1 + "/events", "", "application/json"));
    all.add(new Question("GET", run + "/events", r1 + "/events", "", "text/event-stream"));
    all.add(Question.get(run + "/events", r1 + "/events?after=999"));
    all.add(Question.get(run + "/logs", r1 + "/logs"));
    all.add(Question.get(run + "/logs", r1 + "/logs?before=5"));
    all.add(Question.get(run + "/rejects", r1 + "/rejects?file=out/rejects.ndjson&limit=2"));
    all.add(Question.get(run + "/why", r1 + "/why"));
    all.add(Question.get(run + "/why", r1 + "/why?step=greet"));
    all.add(Question.get(run + "/graph", r1 + "/graph"));
    all.add(Question.get(run + "/workflow", r1 + "/workflow"));
    all.add(Question.get(run + "/export", r1 + "/export"));
    all.add(Question.post(run + "/cancel", r1 + "/cancel", "{}"));
    all.add(Question.post(run + "/resume", r1 + "/resume", ""));
    all.add(Question.post(run + "/rerun", r1 + "/rerun", "{}"));
    all.add(Question.get(run + "/doubts", r1 + "/doubts"));
    String resolved = "{\"step\":\"a\",\"succeeded\":true}";
    all.add(Question.post(run + "/resolve", r1 + "/resolve", resolved));
    all.add(Question.get("/api/v1/search", "/api/v1/search?q=hello&limit=1"));
    String days = "?from=2026-11-19T00:00:00Z&to=2026-11-29T00:00:00Z";
    all.add(Question.get("/api/v1/schedule", "/api/v1/schedule" + days));
    String why = "/api/v1/schedule/why";
    all.add(Question.get(why, why + "?workflow=orders&at=2026-11-20T01:30:00Z"));
    all.add(Question.get("/api/v1/plugins", "/api/v1/plugins"));
    all.add(Question.get("/api/v1/plugins/{id}", "/api/v1/plugins/test"));
    all.add(Question.post("/hooks/{workflow}/{trigger}", "/hooks/orders/call", "{}"));
    return all;
  }

  @Test
  void everyAnswerFollowsItsDescription() {
    for (Question question : questions()) {
      check(question, question.ask());
    }
  }

  private static void check(Question question, HttpResponse<String> response) {
    String what = question.method() + " " + question.path() + ": " + response.body();
    JsonNode responses =
        api.path("paths")
            .path(question.route())
            .path(question.method().toLowerCase(Locale.ROOT))
            .path("responses");
    int status = response.statusCode();
    JsonNode described = responses.path(String.valueOf(status));
    assertThat(described.isObject() || status >= 400).as(what).isTrue();
    JsonNode content = (status >= 400 ? responses.path("default") : described).path("content");
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (content.isEmpty()) {
      assertThat(type).as(what).isEmpty();
      return;
    }
    String bare = type.replace("; charset=utf-8", "");
    assertThat(content.has(bare)).as(what).isTrue();
    JsonNode schema = content.path(bare).path("schema");
    if (bare.equals("text/event-stream")) {
      List<String> data =
          response.body().lines().filter(line -> line.startsWith("data: ")).toList();
      assertThat(data).isNotEmpty();
      data.forEach(line ->
          assertThat(mistakes(schema, JsonMapper.shared().readTree(line.substring(6))))
              .as(line)
              .isEmpty());
    } else if (bare.endsWith("json")) {
      assertThat(mistakes(schema, ApiSample.json(response))).as(what).isEmpty();
    }
  }

  private static List<Error> mistakes(JsonNode schema, JsonNode value) {
    // References are to the document around; here its schemas stand beside.
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("$defs", api.path("components").path("schemas"));
    String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text)
        .validate(value);
  }

  @Test
  void aRefusalOfInputsNamesThem() {
    var place = new Place(new SourceText("orders.yaml", SampleRun.TEXT), 0, 4);
    sample.operations.failure =
        new InputsException(
            List.of(
                new Diagnostic(
                    Diagnostic.Severity.ERROR,
                    Code.BAD_INPUT,
                    place,
                    "the input `day` is required",
                    List.of("give it"),
                    "day")));
    Question start =
        Question.post("/api/v1/workflows/{name}/runs", "/api/v1/workflows/orders/runs", "{}");
    HttpResponse<String> answer;
    try {
      answer = start.ask();
    } finally {
      sample.operations.failure = null;
    }

    assertThat(answer.statusCode()).isEqualTo(422);
    check(start, answer);
    assertThat(ApiSample.json(answer).path("diagnostics"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    [{"severity": "error", "code": "bad-input", "file": "orders.yaml",
                      "line": 1, "column": 1, "end_line": 1, "end_column": 5,
                      "message": "the input `day` is required", "hints": ["give it"],
                      "input": "day"}]
                    """));
  }

  /** Without those whose feed has no end. */
  private static Set<String> described() {
    Set<String> found = new TreeSet<>();
    api.path("paths")
        .forEachEntry((path, item) ->
            item.propertyNames()
                .forEach(method -> found.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    found.removeAll(OTHERS);
    found.remove("GET /api/v1/changes");
    return found;
  }

  @Test
  void everyRouteIsAsked() {
    Set<String> asked = new TreeSet<>();
    questions().forEach(question -> asked.add(question.operation()));
    assertThat(asked).isEqualTo(described());
  }

  @Test
  void allThatIsDescribedOfARunIsThere() {
    // Or the check above would not see that a field has gone.
    Set<String> properties = new HashSet<>();
    api.at("/components/schemas/RunDetail/properties").propertyNames().forEach(properties::add);
    Set<String> shown = new HashSet<>();
    sample.json("/api/v1/runs/r1").propertyNames().forEach(shown::add);
    properties.removeAll(shown);
    assertThat(properties).containsExactlyInAnyOrder("owner");
  }

  @Test
  void referencesLeadSomewhere() {
    assertSound(api);
  }

  private static void assertSound(JsonNode node) {
    String reference = node.path("$ref").asString("");
    if (!reference.isEmpty()) {
      assertThat(api.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
    node.forEach(ApiTest::assertSound);
  }

  @Test
  void statusTellsWhoAsksAndWhatIsWrong() {
    JsonNode status = sample.json("/api/v1/status");
    assertThat(status.get("role").asString()).isEqualTo("viewer");
    assertThat(status.get("problems").valueStream().map(JsonNode::asString))
        .anyMatch(problem -> problem.contains("bad.jar"))
        .contains("a problem");
    assertThat(sample.json("/api/v1/plugins").at("/items/0/jar").asString()).endsWith("test.jar");
    assertThat(sample.json("/api/v1/workflows").get("ignored")).hasSize(1);
  }
}
