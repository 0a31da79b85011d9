package dev.nightjar.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Firing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

  private final Metrics metrics = new Metrics();

  private void run(String workflow) {
    Consumer<Event> counter = metrics.of(workflow);
    SampleRun.begun("r1", AT, "/orders.yaml").forEach(counter);
    counter.accept(SampleRun.end("r1", AT));
  }

  private List<String> lines() {
    return metrics.text(2, 1).lines().toList();
  }

  @Test
  void countsRunsFiringsAndRejects() {
    run("orders");
    run("orders");
    metrics.fired("orders", Duration.ofMillis(20));
    metrics.passed("orders");

    assertThat(lines())
        .contains(
            "nightjar_runs_running 2",
            "nightjar_runs_queued 1",
            "nightjar_runs_started_total{workflow=\"orders\"} 2",
            "nightjar_runs_ended_total{workflow=\"orders\",outcome=\"failed\"} 2",
            "nightjar_firings_total{workflow=\"orders\"} 1",
            "nightjar_firings_passed_total{workflow=\"orders\"} 1",
            "nightjar_records_rejected_total{workflow=\"orders\"} 6",
            "nightjar_run_duration_seconds_bucket{le=\"1\"} 0",
            "nightjar_run_duration_seconds_bucket{le=\"5\"} 2",
            "nightjar_run_duration_seconds_bucket{le=\"+Inf\"} 2",
            "nightjar_run_duration_seconds_sum 8",
            "nightjar_run_duration_seconds_count 2",
            "nightjar_firing_lateness_seconds_bucket{le=\"0.01\"} 0",
            "nightjar_firing_lateness_seconds_bucket{le=\"0.05\"} 1");
  }

  @Test
  void countsWhatTriggersBeganAndNotWhatSomebodyAskedFor() {
    var publishing = new Publishing(new NewsBoard(), metrics, ended -> {}, notice -> {});
    publishing.fired(Firing.of("orders", "nightly", "1", AT, AT, ""));
    publishing.fired(Firing.of("orders", "nightly", "2", AT, AT, "the daemon was down"));
    publishing.fired(Firing.of("orders", "@api", "k1", AT, AT, ""));
    publishing.fired(Firing.of("orders", "@rerun", "r1", AT, AT, ""));

    assertThat(lines()).contains("nightjar_firings_total{workflow=\"orders\"} 2");
  }

  @Test
  void isTheTextFormatOfPrometheus() {
    run("orders");
    assertThat(lines())
        .allMatch(line ->
            line.matches("# (HELP|TYPE) [a-z_]+ [^\\n]+")
                || line.matches(
                    "[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})? -?[0-9.E-]+"));
    assertThat(lines().stream().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
    assertThat(lines()).anyMatch(line -> line.startsWith("jvm_memory_heap_used_bytes "));
  }

  @Test
  void tellsNoMoreThanFiveHundredWorkflowsApart() {
    for (int i = 0; i < 700; i++) {
      metrics.passed("w" + i);
    }
    List<String> passed =
        lines().stream().filter(line -> line.startsWith("nightjar_firings_passed_total{")).toList();
    assertThat(passed)
        .hasSize(501)
        .contains("nightjar_firings_passed_total{workflow=\"_others\"} 200");
  }
}
