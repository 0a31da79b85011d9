package dev.nightjar.daemon.web;

import dev.nightjar.daemon.web.Assets.Asset;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.daemon.web.Route.Body;
import dev.nightjar.stage.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A server with a route of each kind, and limits that a test can wait for. */
final class Sample implements AutoCloseable {

  static final WebSettings.Limits LIMITS =
      new WebSettings.Limits(
          16 << 10,
          4 << 10,
          1 << 20,
          200,
          Duration.ofMillis(700),
          Duration.ofMillis(500),
          Duration.ofMillis(300),
          Duration.ofMillis(50),
          Duration.ofMillis(200));

  static final Tokens TOKENS = Tokens.draw(new SecureRandom());

  final WebServer server;
  final HttpClient client = HttpClient.newHttpClient();

  /** What the stream of events sends; closed by an empty text. */
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /** How feeds ended: the name of what ended them. */
  final BlockingQueue<String> feedEnds = new LinkedBlockingQueue<>();

  final CountDownLatch slowBegun = new CountDownLatch(1);
  final CountDownLatch slowMayEnd = new CountDownLatch(1);
  private final Path file;

  Sample() throws IOException {
    this(LIMITS, List.of("https://nightjar.example.org"), Path.of("none"));
  }

  Sample(WebSettings.Limits limits, List<String> hosts, Path file) throws IOException {
    this.file = file;
    var settings = new WebSettings(InetAddress.getLoopbackAddress(), 0, hosts, limits);
    server =
        WebServer.start(
            settings,
            new Routes(routes(), Map.of("Run", runSchema())),
            assets(),
            TOKENS,
            surroundings(),
            "1.2.3");
  }

  static Surroundings surroundings() {
    return new Surroundings(
        InstantSource.fixed(Instant.EPOCH),
        System::nanoTime,
        new Random(1),
        duration -> {},
        Path.of("none"));
  }

  private static Assets assets() {
    return new Assets(
        Sample.class.getClassLoader(),
        List.of(
            Asset.open("/login", "page/login.html"),
            Asset.open("/login.css", "page/login.css"),
            Asset.closed("/", "page/index.html")),
        "/login");
  }

  private static ObjectNode runSchema() {
    return JsonSchema.object()
        .with("run", JsonSchema.text())
        .maybe("limit", JsonSchema.whole())
        .maybe("state", JsonSchema.list(JsonSchema.text()))
        .schema();
  }

  private List<Route> routes() {
    Parameter run = Parameter.path("run", ParameterType.text(20), "The run.");
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.get("/api/v1/runs/{run}", Role.VIEWER, "Show a run.")
            .with(
                run,
                Parameter.query("limit", ParameterType.whole(1, 100), "How many."),
                Parameter.query("state", ParameterType.choice("failed", "succeeded"), "Which.")
                    .anyNumber(),
                Parameter.query("since", ParameterType.instant(), "From when."),
                Parameter.query("deep", ParameterType.flag(), "Whether nested ones, too."))
            .answers(Answer.json(200, "The run.", JsonSchema.ref("Run")))
            .by(Sample::show));
    routes.add(
        Route.get("/api/v1/runs/latest", Role.VIEWER, "Show the latest run.")
            .answers(Answer.json(200, "The run.", JsonSchema.ref("Run")))
            .by(request -> Response.json(object().put("run", "the latest"))));
    routes.add(
        Route.of("DELETE", "/api/v1/runs/{run}", Role.ADMIN, "Forget a run.")
            .with(run)
            .answers(Answer.empty(204, "Forgotten."))
            .by(request -> Response.nothing()));
    routes.add(
        Route.post("/api/v1/runs", Role.OPERATOR, "Start a run.")
            .reads(Body.json(JsonSchema.map(JsonSchema.any())))
            .answers(Answer.json(201, "The body.", JsonSchema.map(JsonSchema.any())))
            .by(request -> new Response.Json(201, request.json())));
    routes.add(
        Route.post("/hooks/{name}", null, "Fire a trigger.")
            .with(Parameter.path("name", ParameterType.text(), "The trigger."))
            .reads(Body.any(10))
            .answers(Answer.json(200, "How many bytes.", JsonSchema.map(JsonSchema.whole())))
            .by(request -> Response.json(object().put("bytes", request.bytes().length))));
    routes.add(
        Route.get("/api/v1/bug", Role.VIEWER, "Fail.")
            .answers(Answer.empty(200, "Never."))
            .by(request -> {
              throw new IllegalStateException("secret words");
            }));
    routes.add(
        Route.get("/api/v1/slow", Role.VIEWER, "Take as long as the test says.")
            .answers(Answer.of("text/plain", "Done."))
            .by(request -> {
              slowBegun.countDown();
              slowMayEnd.await();
              return new Response.Text(200, "text/plain", "done");
            }));
    routes.add(
        Route.get("/api/v1/large", Role.VIEWER, "Show much.")
            .answers(Answer.json(200, "Much.", JsonSchema.map(JsonSchema.text())))
            .by(request -> Response.json(object().put("text", "nightjar ".repeat(100_000)))));
    routes.add(
        Route.get("/api/v1/file", Role.VIEWER, "Send a part of a file.")
            .answers(Answer.of("application/octet-stream", "The part."))
            .by(request -> new Response.FilePart("application/octet-stream", file, 10, 200_000)));
    routes.add(
        Route.get("/api/v1/events", Role.VIEWER, "Follow.")
            .with(Parameter.EVENT_POSITION)
            .answers(Answer.events("Events.", JsonSchema.any()))
            .by(request -> new Response.Events(out -> feed(request, out))));
    routes.add(
        Route.get("/api/v1/flood", Role.VIEWER, "Send without end.")
            .answers(Answer.events("Events.", JsonSchema.any()))
            .by(request -> new Response.Events(this::flood)));
    return routes;
  }

  private static Response show(Request request) {
    ObjectNode json = object().put("run", request.variable("run"));
    request.whole("limit").ifPresent(limit -> json.put("limit", limit));
    if (!request.values("state").isEmpty()) {
      request.values("state").forEach(json.putArray("state")::add);
    }
    return Response.json(json);
  }

  private void feed(Request request, EventWriter out) throws IOException, InterruptedException {
    try {
      out.send(null, "position", text(request.lastEvent().orElse("start")));
      int id = 0;
      for (String event = events.take(); !event.isEmpty(); event = events.take()) {
        out.send(String.valueOf(++id), "line", text(event));
      }
      feedEnds.add("end");
    } catch (IOException | InterruptedException e) {
      feedEnds.add(e.getClass().getSimpleName());
      throw e;
    }
  }

  private void flood(EventWriter out) throws IOException {
    JsonNode much = text("x".repeat(100_000));
    try {
      while (true) {
        out.send(null, "much", much);
      }
    } catch (IOException e) {
      feedEnds.add("IOException");
      throw e;
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  /** With the token of a role. */
  HttpRequest.Builder as(Role role, String path) {
    return to(path).header("Authorization", "Bearer " + TOKENS.of(role));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(Role role, String path) {
    return send(as(role, path));
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  static String detail(HttpResponse<String> response) {
    return json(response).path("detail").asString();
  }

  @Override
  public void close() {
    slowMayEnd.countDown();
    client.shutdownNow();
    server.close();
  }
}
