package dev.nightjar.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's daemon in a process of its own, on a folder of a test's. */
final class ServedFolder implements AutoCloseable {

  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final Path LAUNCHER = CLONE.resolve("cli/target/nightjar/bin/nightjar");
  private static final Pattern ADDRESS = Pattern.compile("http://[^\\s/]+:(\\d+)");

  /** Short, so that nobody has to wait for long until a killed process has lost its runs. */
  private static final Map<String, String> LEASE = Map.of("NIGHTJAR_LEASE", "1s");

  final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;
  private int port;

  ServedFolder(Path folder) {
    this.folder = folder;
  }

  /** Begins to serve: on a port that is free at first, and on the same one later. */
  void start() throws IOException {
    Path log = folder.resolveSibling("daemon.log");
    process = command(log, "serve", folder.toString(), "--port", "" + port, "--drain", "1s");
    Matcher address = ADDRESS.matcher(Files.readString(log));
    while (!address.find()) {
      if (!process.isAlive()) {
        throw new IOException("the daemon did not begin:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(50_000_000);
      address = ADDRESS.matcher(Files.readString(log));
    }
    port = Integer.parseInt(address.group(1));
  }

  /** A command of the distribution, in a process of its own. */
  private static Process command(Path log, String... arguments) throws IOException {
    var builder = new ProcessBuilder(LAUNCHER.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(LEASE);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Runs a workflow that the daemon does not serve, in another process that shares its store. */
  Process runElsewhere(Path workflow) throws IOException {
    return command(
        folder.resolveSibling("run.log"),
        "run",
        workflow.toString(),
        "--home",
        folder.resolve(".nightjar").toString());
  }

  /** Puts a copy of an example into the folder. */
  void addExample(String name) throws IOException {
    Path from = CLONE.resolve("workflows").resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(name).resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Puts a workflow into the folder. */
  void add(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), text);
  }

  String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  String token(String role) throws IOException {
    Path tokens = folder.resolve(".nightjar/tokens.json");
    return JsonMapper.shared().readTree(Files.readString(tokens)).path(role).asString();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create(address() + "api/v1/" + path))
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token("admin"));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(answer.body().isEmpty() ? "{}" : answer.body());
  }

  /** Starts a run, and gives its id. */
  String begin(String workflow) throws IOException, InterruptedException {
    awaitWorkflow(workflow);
    return post("workflows/" + workflow + "/runs", "{\"inputs\": {}}").path("run").asString();
  }

  /** Starts a run, and waits until it has ended. */
  String finish(String workflow) throws IOException, InterruptedException {
    String run = begin(workflow);
    awaitRun(run, "/state", "ended");
    return run;
  }

  /** Waits until a run says something of itself. */
  void awaitRun(String run, String pointer, String value) throws IOException, InterruptedException {
    while (!get("runs/" + run).at(pointer).asString("").equals(value)) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private void awaitWorkflow(String name) throws IOException, InterruptedException {
    while (true) {
      for (JsonNode one : get("workflows").path("items")) {
        if (one.path("name").asString().equals(name)) {
          return;
        }
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Stops it as a service manager does. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Stops it as a power cut does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** All workflows that the tests of the page look at. */
  void fill() throws IOException {
    for (String name : List.of("orders", "flaky", "failing", "memory", "nested", "fan-out")) {
      addExample(name);
    }
    add("inputs", PageWorkflows.INPUTS);
    add("slow", PageWorkflows.SLOW);
    add("many", PageWorkflows.MANY);
    add("steps", PageWorkflows.STEPS);
    add("timed", PageWorkflows.TIMED);
    add("broken", PageWorkflows.BROKEN);
  }

  @Override
  public void close() {
    client.shutdownNow();
    try {
      if (process != null) {
        stop();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
