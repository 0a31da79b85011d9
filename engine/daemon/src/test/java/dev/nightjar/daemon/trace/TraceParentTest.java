package dev.nightjar.daemon.trace;

import static dev.nightjar.daemon.DaemonSample.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.Daemon;
import dev.nightjar.daemon.DaemonSample;
import dev.nightjar.daemon.Notice;
import dev.nightjar.daemon.api.Api;
import dev.nightjar.daemon.api.Metrics;
import dev.nightjar.daemon.api.NewsBoard;
import dev.nightjar.daemon.api.Sources;
import dev.nightjar.daemon.trace.Collector.Received;
import dev.nightjar.daemon.web.Assets;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Tokens;
import dev.nightjar.daemon.web.WebServer;
import dev.nightjar.daemon.web.WebSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Runs that belong to the trace of whoever asked for them, from request to collector. */
@Timeout(120)
class TraceParentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";

  private static final String WORKFLOW =
      """
      name: w
      secrets: {HOOK: {env: HOOK}}
      triggers: [{id: call, webhook: {token: HOOK}}]
      steps: [{id: greet, uses: test.greet}]
      """;

  @TempDir Path temp;
  private final List<Notice> log = new CopyOnWriteArrayList<>();
  private DaemonSample sample;
  private Collector collector;
  private Tokens tokens;

  @BeforeEach
  void open() throws IOException {
    sample = new DaemonSample(temp, Map.of("HOOK", "s3cret"));
    collector = new Collector(true);
    tokens = Tokens.open(sample.home, new SecureRandom());
  }

  @AfterEach
  void close() {
    collector.close();
    sample.close();
  }

  private WebServer serve(Daemon daemon) throws IOException {
    var sources =
        new Sources(
            sample.store,
            daemon.operations(),
            daemon.workflows(),
            daemon.plugins(),
            new NewsBoard(),
            new Metrics(),
            run -> List.of(),
            () -> {
              throw new AssertionError("nobody asks");
            },
            sample.clock,
            ZoneOffset.UTC);
    return WebServer.start(
        WebSettings.loopback(0),
        Api.routes(sources),
        Assets.none(),
        tokens,
        sample.surroundings,
        "1.2.3");
  }

  private String started(WebServer server, String path, String token, String... traceparents)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));
    for (String traceparent : traceparents) {
      request.header("traceparent", traceparent);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isIn(201, 202);
      return JsonMapper.shared().readTree(answer.body()).path("run").asString();
    }
  }

  private String called(WebServer server, String... traceparents) throws Exception {
    return started(server, "/hooks/w/call", "s3cret", traceparents);
  }

  private void export() throws InterruptedException {
    String run = next(sample.ended);
    var environment = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address());
    try (Traces traces = Traces.open(environment, sample.store, sample.surroundings, log::add)) {
      traces.ended(run);
    }
    assertThat(log).isEmpty();
  }

  @Test
  void aRequestsSpanIsTheParentOfItsRun() throws Exception {
    sample.write("w.yaml", WORKFLOW);
    try (Daemon daemon = sample.start();
        WebServer server = serve(daemon)) {
      called(server, SAMPLED);
      export();
      started(server, "/api/v1/workflows/w/runs", tokens.of(Role.OPERATOR), SAMPLED);
      export();
    }
    assertThat(collector.spans())
        .extracting(Received::name)
        .containsExactly("greet", "w", "greet", "w");
    assertThat(collector.spans()).extracting(Received::trace).containsOnly(TRACE);
    assertThat(collector.spans())
        .filteredOn(span -> span.name().equals("w"))
        .extracting(Received::parent)
        .containsOnly(SPAN);
    assertThat(collector.span("greet").parent()).isEqualTo(collector.span("w").id());
  }

  @Test
  void itStaysSoAfterARestart() throws Exception {
    sample.write("w.yaml", WORKFLOW.replace("test.greet", "test.wait"));
    try (Daemon first = sample.start();
        WebServer server = serve(first)) {
      called(server, SAMPLED);
    }
    assertThat(sample.ended).as("it is suspended").isEmpty();
    sample.open();
    try (Daemon _ = sample.start()) {
      export();
    }
    assertThat(collector.span("w").trace()).isEqualTo(TRACE);
    assertThat(collector.span("w").parent()).isEqualTo(SPAN);
  }

  @Test
  void aRerunIsAnothersWish() throws Exception {
    sample.write("w.yaml", WORKFLOW);
    try (Daemon daemon = sample.start();
        WebServer server = serve(daemon)) {
      String run = called(server, SAMPLED);
      next(sample.ended);
      started(server, "/api/v1/runs/" + run + "/rerun", tokens.of(Role.OPERATOR));
      export();
    }
    assertThat(collector.span("w").trace()).isNotEqualTo(TRACE);
  }

  @Test
  void whoeverIsNotSampledHasNoTrace() throws Exception {
    sample.write("w.yaml", WORKFLOW);
    try (Daemon daemon = sample.start();
        WebServer server = serve(daemon)) {
      called(server, "00-" + TRACE + "-" + SPAN + "-00");
      export();
    }
    assertThat(collector.spans()).isEmpty();
  }

  @Test
  void whatIsNotValidIsNoParent() throws Exception {
    sample.write("w.yaml", WORKFLOW);
    List<String> wrong =
        List.of(
            SAMPLED.toUpperCase(Locale.ROOT),
            SAMPLED + "-00",
            SAMPLED.substring(1),
            SAMPLED.replaceFirst("00", "ff"),
            SAMPLED.replaceFirst("00", "01"),
            SAMPLED.replace(TRACE, "0".repeat(32)),
            SAMPLED.replace(SPAN, "0".repeat(16)),
            SAMPLED.replace('-', '_'),
            "x".repeat(2_000));
    try (Daemon daemon = sample.start();
        WebServer server = serve(daemon)) {
      for (String one : wrong) {
        called(server, one);
        export();
      }
      called(server, SAMPLED, SAMPLED);
      export();
    }
    assertThat(collector.spans())
        .filteredOn(span -> span.name().equals("w"))
        .hasSize(wrong.size() + 1)
        .allSatisfy(run -> {
          assertThat(run.parent()).isEmpty();
          assertThat(run.trace()).isNotEqualTo(TRACE);
        });
  }
}
