package dev.nightjar.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A browser without a screen, and one page in it, by Chromium's own protocol. */
final class Chromium implements AutoCloseable {

  /** Longer than anything on the page takes, on a machine that builds something else as well. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--remote-debugging-port=0");

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static final Map<String, Integer> KEYS =
      Map.of(
          "Tab",
          9,
          "Enter",
          13,
          "Escape",
          27,
          "End",
          35,
          "Home",
          36,
          "ArrowLeft",
          37,
          "ArrowUp",
          38,
          "ArrowRight",
          39,
          "ArrowDown",
          40);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

  /** What the page complained of: exceptions, refused scripts and styles, errors on the console. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  /** All that the page asked for. */
  final List<String> requested = new CopyOnWriteArrayList<>();

  private Chromium(Process process, URI page) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      ask(domain + ".enable", Map.of());
    }
  }

  /** Where a browser is; empty when there is none. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder of its own
   */
  static Chromium start(Path browser, Path profile) throws IOException {
    var command = new ArrayList<>(List.of(browser.toString()));
    command.addAll(FLAGS);
    command.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("browser.log").toFile());
    // What it leaves there goes with the profile.
    builder.environment().put("TMPDIR", profile.toString());
    Process process = builder.start();
    try {
      return new Chromium(process, page(process, profile));
    } catch (RuntimeException | IOException | Error e) {
      process.destroy();
      throw e;
    }
  }

  /** The browser writes the port it has chosen into its profile. */
  private static URI page(Process process, Path profile) throws IOException {
    Path written = profile.resolve("DevToolsActivePort");
    for (long begun = System.nanoTime(); !Files.exists(written) || Files.size(written) < 3; ) {
      if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IOException(Files.readString(profile.resolveSibling("browser.log")));
      }
      LockSupport.parkNanos(20_000_000);
    }
    String port = Files.readAllLines(written).getFirst();
    try (var in = URI.create("http://127.0.0.1:" + port + "/json").toURL().openStream()) {
      for (JsonNode target : JsonMapper.shared().readTree(in)) {
        if (target.path("type").asString().equals("page")) {
          return URI.create(target.path("webSocketDebuggerUrl").asString());
        }
      }
    }
    throw new IOException("the browser has no page");
  }

  private JsonNode ask(String method, Map<String, ?> parameters) {
    int id = last.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(id, answer);
    ObjectNode message = JsonMapper.shared().createObjectNode().put("id", id).put("method", method);
    message.set("params", JsonMapper.shared().valueToTree(parameters));
    socket.sendText(message.toString(), true).join();
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** A window of this size, in the dark or in the light. */
  void window(int width, int height, String theme) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    ask(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
  }

  /** Goes to an address, from a blank page: a changed fragment alone would load nothing. */
  void open(String address) {
    ask("Page.navigate", Map.of("url", "about:blank"));
    ask("Page.navigate", Map.of("url", address));
  }

  /** What an expression of JavaScript gives in the page; promises are waited for. */
  JsonNode evaluate(String script) {
    JsonNode answer =
        ask(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    assertThat(answer.has("exceptionDetails")).as("%s: %s", script, answer).isFalse();
    return answer.at("/result/value");
  }

  /** Waits until an expression is true. */
  void await(String script) {
    long begun = System.nanoTime();
    while (!isTrue(script)) {
      assertThat(System.nanoTime() - begun)
          .as("%s; the page says: %s; it complains: %s", script, text("body"), complaints)
          .isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(30_000_000);
    }
  }

  /** While a page is left for another there may be nothing to ask. */
  private boolean isTrue(String script) {
    JsonNode answer =
        ask(
            "Runtime.evaluate",
            Map.of("expression", "Boolean(" + script + ")", "returnByValue", true));
    return answer.at("/result/value").asBoolean(false);
  }

  /** Waits until what is shown has a text in it. */
  void awaitText(String selector, String text) {
    await(
        "(document.querySelector(%s)||{innerText:''}).innerText.includes(%s)"
            .formatted(quoted(selector), quoted(text)));
  }

  /** The text of the first element that a selector finds. */
  String text(String selector) {
    return evaluate(
            "(document.querySelector(%s)||{innerText:''}).innerText".formatted(quoted(selector)))
        .asString();
  }

  /** How many elements a selector finds. */
  int count(String selector) {
    return evaluate("document.querySelectorAll(%s).length".formatted(quoted(selector))).asInt();
  }

  /** The roles of all that a screen reader is told of. */
  List<String> roles() {
    return told(node -> true, "/role/value");
  }

  /** What a screen reader is told of everything of a role. */
  List<String> names(String role) {
    return told(node -> node.at("/role/value").asString().equals(role), "/name/value");
  }

  private List<String> told(Predicate<JsonNode> which, String what) {
    return ask("Accessibility.getFullAXTree", Map.of())
        .path("nodes")
        .valueStream()
        .filter(node -> !node.path("ignored").asBoolean())
        .filter(which)
        .map(node -> node.at(what).asString(""))
        .toList();
  }

  /** Presses keys, one after the other: their names, or characters. */
  void press(String... keys) {
    for (String key : keys) {
      int code = KEYS.getOrDefault(key, (int) key.charAt(0));
      String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
      for (String type : List.of("keyDown", "keyUp")) {
        ask(
            "Input.dispatchKeyEvent",
            Map.of("type", type, "key", key, "windowsVirtualKeyCode", code, "text", text));
      }
    }
  }

  /** Writes into what has the focus. */
  void write(String text) {
    ask("Input.insertText", Map.of("text", text));
  }

  /** A picture of what the window shows. */
  void picture(Path file) throws IOException {
    JsonNode answer = ask("Page.captureScreenshot", Map.of("format", "png"));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(answer.path("data").asString()));
  }

  static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
      message.append(part);
      if (whole) {
        received(JsonMapper.shared().readTree(message.toString()));
        message.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void received(JsonNode json) {
      if (json.has("id")) {
        asked.remove(json.get("id").asInt()).complete(json.path("result"));
        return;
      }
      JsonNode told = json.path("params");
      switch (json.path("method").asString()) {
        case "Runtime.exceptionThrown" ->
            complaints.add(told.at("/exceptionDetails/exception/description").asString());
        case "Log.entryAdded" -> logged(told.path("entry"));
        case "Network.requestWillBeSent" -> requested.add(told.at("/request/url").asString());
        default -> {}
      }
    }

    /** That a request was refused is for the test to look at: some are meant to be. */
    private void logged(JsonNode entry) {
      if (entry.path("level").asString().equals("error")
          && !entry.path("source").asString().equals("network")) {
        complaints.add(entry.path("text").asString());
      }
    }
  }
}
