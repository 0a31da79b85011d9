package dev.nightjar.daemon.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.Notice;
import dev.nightjar.daemon.trace.Collector.Received;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.monitor.Summary.Percentiles;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class TracesTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final Failure HOT =
      new Failure("io", "each[1].send", "orders.yaml:9:5", "the host is too hot", false, null);

  @TempDir Path temp;
  private final ManualClock clock = new ManualClock(START);
  private final List<Notice> log = new CopyOnWriteArrayList<>();
  private Store store;
  private Collector collector;

  @BeforeEach
  void open() throws IOException {
    store = Store.open(new StoreSettings(temp, null, clock, StoreSettings.LEASE));
    collector = new Collector(true);
  }

  @AfterEach
  void close() {
    collector.close();
    store.close();
  }

  /** What it was left with complains in the end, and would do so to the next test. */
  private static void awaitLibrary() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("BatchSpanProcessor")) {
        assertThat(thread.join(Duration.ofSeconds(40))).as(thread.getName()).isTrue();
      }
    }
  }

  private Traces traces(Map<String, String> environment) {
    var surroundings =
        new Surroundings(
            clock,
            () -> Duration.between(START, clock.instant()).toNanos(),
            new Random(1),
            clock::sleep,
            temp);
    return Traces.open(environment, store, surroundings, log::add);
  }

  private Map<String, String> toCollector() {
    return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address());
  }

  private void export(Map<String, String> environment, String... runs) {
    try (Traces traces = traces(environment)) {
      List.of(runs).forEach(traces::ended);
    }
  }

  private void remember(String run, List<Event> events, RunResult result) {
    var known = new NewRun(run, "orders", "/w/orders.yaml", "d1", "name: orders", START, null);
    try (OwnedRun owned = store.begin(known, event -> {})) {
      owned.append(
          new Event.RunStarted(
              START,
              run,
              "orders",
              "/w/orders.yaml",
              Map.of(),
              "d1",
              List.of(),
              NOTHING.deepCopy().put("id", "nightly").put("by", "the trigger `nightly`"),
              null));
      events.forEach(owned::append);
      owned.append(new Event.RunEnded(at(9), run, result));
    }
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static RunResult result(Failure failure) {
    var times = new Percentiles(SECOND, SECOND, SECOND, SECOND);
    var summary =
        new Summary(SECOND, 1, 1, 0, 1, SECOND, SECOND, null, times, List.of(), List.of(), null);
    return new RunResult(
        failure == null ? Outcome.SUCCEEDED : Outcome.FAILED, failure, NOTHING, summary);
  }

  private static Event began(int second, String step) {
    return new Event.StepStarted(at(second), step, "test.do", NOTHING);
  }

  private static Event ended(int second, String step, Failure failure) {
    return new Event.StepEnded(
        at(second),
        step,
        failure == null ? Outcome.SUCCEEDED : Outcome.FAILED,
        null,
        failure,
        failure != null,
        new StepMetrics(SECOND, SECOND, 2, 1, 10, 8, 2, 0, 0, Map.of()),
        NOTHING);
  }

  private static List<Event> failing() {
    return List.of(
        began(1, "read"),
        new Event.StageStarted(at(1), List.of("read"), 1, 100),
        new Event.StageCommitted(at(2), "read", Map.of(), List.of()),
        ended(3, "read", null),
        began(3, "each"),
        began(4, "each[1].send"),
        new Event.AttemptFailed(at(5), "each[1].send", -1, 1, HOT, SECOND, SECOND),
        ended(7, "each[1].send", HOT),
        ended(8, "each", HOT));
  }

  @Test
  void aRunIsTheRootOfItsSteps() {
    remember("run-1", failing(), result(HOT));
    export(toCollector(), "run-1");

    assertThat(collector.spans()).hasSize(4);
    Received run = collector.span("orders");
    assertThat(run.parent()).isEmpty();
    assertThat(run.from()).isEqualTo(START);
    assertThat(run.to()).isEqualTo(at(9));
    assertThat(run.attributes())
        .containsEntry("nightjar.run.id", "run-1")
        .containsEntry("nightjar.run.outcome", "failed")
        .containsEntry("nightjar.trigger.id", "nightly")
        .containsEntry("nightjar.workflow.file", "/w/orders.yaml")
        .containsEntry("nightjar.workflow.digest", "d1")
        .containsEntry("nightjar.steps.left_out", 0L)
        .containsEntry("error.type", "io");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.message()).isEqualTo("the host is too hot");
    assertThat(collector.spans()).extracting(Received::trace).containsOnly(run.trace());

    Received read = collector.span("read");
    assertThat(read.parent()).isEqualTo(run.id());
    assertThat(read.from()).isEqualTo(at(1));
    assertThat(read.to()).isEqualTo(at(3));
    assertThat(read.status()).isZero();
    assertThat(read.attributes())
        .containsEntry("nightjar.step.processor", "test.do")
        .containsEntry("nightjar.step.outcome", "succeeded")
        .containsEntry("nightjar.step.records_in", 10L)
        .containsEntry("nightjar.step.records_out", 8L)
        .containsEntry("nightjar.step.rejected", 2L)
        .containsEntry("nightjar.step.attempts", 2L);
    assertThat(read.events())
        .singleElement()
        .satisfies(commit -> {
          assertThat(commit.name()).isEqualTo("stage committed");
          assertThat(commit.at()).isEqualTo(at(2));
        });
  }

  @Test
  void aStepWithinAStepIsItsChildAndTellsOfItsAttempts() {
    remember("run-1", failing(), result(HOT));
    export(toCollector(), "run-1");

    Received send = collector.span("each.send");
    assertThat(send.parent()).isEqualTo(collector.span("each").id());
    assertThat(send.attributes()).containsEntry("nightjar.step.path", "each[1].send");
    assertThat(send.status()).isEqualTo(2);
    assertThat(send.message()).isEqualTo("the host is too hot");
    assertThat(send.events())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.name()).isEqualTo("attempt failed");
          assertThat(attempt.at()).isEqualTo(at(5));
          assertThat(attempt.attributes())
              .containsEntry("nightjar.attempt", 1L)
              .containsEntry("nightjar.failure.message", "the host is too hot");
        });
  }

  @Test
  void whoeverExportsARunExportsTheSameTrace() {
    remember("run-1", failing(), result(HOT));
    remember("run-2", List.of(), result(null));
    export(toCollector(), "run-1");
    List<Received> first = collector.spans();
    export(toCollector(), "run-1", "run-2");

    assertThat(collector.spans().subList(4, 8)).isEqualTo(first);
    Received other = collector.spans().getLast();
    assertThat(other.trace()).isNotEqualTo(first.getFirst().trace());
    assertThat(other.status()).isZero();
  }

  @Test
  void ofManyStepsSomeAreShownAndTheOthersCounted() {
    List<Event> many =
        IntStream.range(0, 3_000)
            .mapToObj(i -> "each[%d].send".formatted(i))
            .flatMap(step -> List.of(began(1, step), ended(2, step, null)).stream())
            .toList();
    remember("run-1", many, result(null));
    export(toCollector(), "run-1");

    int steps = collector.spans().size() - 1;
    assertThat(steps).isBetween(500, 1_000);
    assertThat(collector.span("orders").attributes())
        .containsEntry("nightjar.steps.left_out", 3_000L - steps);
  }

  @Test
  void theUsualVariablesCount() {
    remember("run-1", List.of(), result(null));
    export(
        Map.of(
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.address() + "/v1/traces",
            "OTEL_EXPORTER_OTLP_HEADERS", "api-key=k1",
            "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test",
            "OTEL_SERVICE_NAME", "night shift",
            "OTEL_METRICS_EXPORTER", "prometheus",
            "OTEL_PROPAGATORS", "b3"),
        "run-1");

    assertThat(log).isEmpty();
    assertThat(collector.keys()).containsExactly("k1");
    assertThat(collector.resources())
        .singleElement()
        .satisfies(resource ->
            assertThat(resource)
                .containsEntry("service.name", "night shift")
                .containsEntry("deployment.environment", "test"));
  }

  @Test
  void aServiceWithoutANameIsNightjar() {
    remember("run-1", List.of(), result(null));
    export(toCollector(), "run-1");

    assertThat(collector.resources().getFirst()).containsEntry("service.name", "nightjar");
  }

  @Test
  void nothingIsExportedWhereNobodyAsksForIt() {
    for (Map<String, String> environment :
        List.of(
            Map.<String, String>of(),
            Map.of("OTEL_SERVICE_NAME", "night"),
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "),
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address(), "OTEL_SDK_DISABLED", "true"),
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.address(),
                "OTEL_TRACES_EXPORTER",
                "none"))) {
      try (Traces traces = traces(environment)) {
        assertThat(traces).isInstanceOf(NoTraces.class);
      }
    }
    assertThat(log).isEmpty();
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    export(Map.of("OTEL_TRACES_EXPORTER", "zipkin"));
    export(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));
    export(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere"));

    assertThat(log)
        .extracting(Notice::text)
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "traces are lost: `OTEL_TRACES_EXPORTER` is `zipkin`, and Nightjar knows"
                            + " `otlp` and `none`"),
            text ->
                assertThat(text)
                    .contains("`OTEL_EXPORTER_OTLP_PROTOCOL` is `grpc`", "http/protobuf", "4318"),
            text -> assertThat(text).contains("nowhere"));
  }

  @Test
  void aCollectorThatIsNotThereHarmsNothingAndIsToldOfOnce() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    remember("run-1", failing(), result(HOT));
    var environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + free,
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "2",
            "OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true");
    export(environment, "run-1", "run-1", "run-1");

    assertThat(log)
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.level()).isEqualTo(Notice.Level.WARNING);
          assertThat(notice.text())
              .startsWith("traces are lost: ")
              .doesNotContain("\n", "Completion");
        });
  }

  @Test
  void aCollectorThatNeverAnswersKeepsNobodyWaiting() throws Exception {
    remember("run-1", failing(), result(HOT));
    try (var silent = new Collector(false)) {
      var environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              silent.address(),
              // So that the library gives up as soon as the collector is closed.
              "OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED",
              "true");
      long before = System.nanoTime();
      try (Traces traces = traces(environment)) {
        for (int i = 0; i < 5_000; i++) {
          traces.ended("run-1");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }
    assertThat(log).hasSize(1);
    awaitLibrary();
  }

  @Test
  void aRunThatIsForgottenIsPassedOver() {
    remember("run-1", List.of(), result(null));
    export(toCollector(), "gone", "run-1");

    assertThat(collector.spans()).hasSize(1);
    assertThat(log).isEmpty();
  }
}
