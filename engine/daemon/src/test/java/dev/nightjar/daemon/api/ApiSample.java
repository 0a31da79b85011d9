package dev.nightjar.daemon.api;

import dev.nightjar.daemon.folder.PluginGenerations;
import dev.nightjar.daemon.folder.WorkflowFolder;
import dev.nightjar.daemon.web.Assets;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Tokens;
import dev.nightjar.daemon.web.WebServer;
import dev.nightjar.daemon.web.WebSettings;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.StepProgress;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.TestJar;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of a daemon with a store, workflows and plugins on disk, and nothing that runs. */
final class ApiSample implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private static final String PROCESSORS =
      """
      {"format": 1, "processors": [
        %s, %s, %s, %s]}
      """
          .formatted(
              processor("test.read", "stream", "", "text"),
              processor("test.clean", "record", "\"text\"", "text"),
              processor("test.write", "stream", "\"text\"", "none"),
              processor("test.greet", "task", "", "none"));

  final Path home;
  final Path folder;
  final Store store;
  final WorkflowFolder workflows;
  final PluginGenerations plugins;
  final NewsBoard news = new NewsBoard();
  final Metrics metrics = new Metrics();
  final RecordingOperations operations = new RecordingOperations();
  final Map<String, List<StepProgress>> live = new ConcurrentHashMap<>();
  final ManualClock clock = new ManualClock(NOW);
  final Tokens tokens;
  final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  ApiSample(Path temp) throws IOException {
    home = Files.createDirectories(temp.resolve("home"));
    folder = Files.createDirectories(temp.resolve("workflows"));
    Path jars = Files.createDirectories(temp.resolve("plugins"));
    TestJar.task("test", "test.greet", "test.Greet", "")
        .entry("META-INF/nightjar/processors.json", PROCESSORS)
        .write(jars.resolve("test.jar"));
    store = Store.open(new StoreSettings(home, null, clock, StoreSettings.LEASE));
    plugins = PluginGenerations.open(jars, temp.resolve("jars"));
    workflows = new WorkflowFolder(folder, temp.resolve("texts"), clock);
    tokens = Tokens.open(home, new SecureRandom());
    server =
        WebServer.start(
            WebSettings.loopback(0),
            Api.routes(sources()),
            Assets.none(),
            tokens,
            new Surroundings(clock, System::nanoTime, new Random(1), duration -> {}, home),
            "1.2.3");
  }

  private static String processor(String name, String shape, String accepts, String emits) {
    return """
    {"name": "%s", "summary": "Does it.", "shape": "%s", "accepts": [%s], "emits": "%s",
     "effect": "pure", "scope": "split", "blocks": [], "bindings": [], "outputs": [],
     "class": "test.Greet", "options": [{"name": "path", "type": "string", "doc": "Where.",
       "required": false, "default": "a.txt"}]}
    """
        .formatted(name, shape, accepts, emits);
  }

  private Sources sources() {
    return new Sources(
        store,
        operations,
        workflows,
        plugins,
        news,
        metrics,
        run -> live.getOrDefault(run, List.of()),
        () ->
            new Sources.Status(
                "1.2.3", NOW, folder, home, "store.db", 2, 1, true, List.of("a problem")),
        clock,
        ZONE);
  }

  /** Writes a workflow file and takes it up. */
  void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    look();
    look();
  }

  void look() {
    var _ = workflows.look(plugins.current());
  }

  /** A run that begins with some events, for this process to go on with. */
  OwnedRun begin(String id, String workflow, String text, Consumer<Event> listener) {
    String file = folder.resolve(workflow + ".yaml").toString();
    return store.begin(new NewRun(id, workflow, file, digest(text), text, NOW, null), listener);
  }

  static String digest(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder as(Role role, String path) {
    return to(path).header("Authorization", "Bearer " + tokens.of(role));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(as(Role.VIEWER, path));
  }

  /** The body of an answer that has to be 200. */
  JsonNode json(String path) {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answers " + answer.statusCode() + " " + answer.body());
    }
    return json(answer);
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  HttpResponse<String> post(Role role, String path, String body) {
    return send(
        as(role, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** A stream of events, line by line. */
  BufferedReader follow(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    plugins.close();
    store.close();
  }
}
