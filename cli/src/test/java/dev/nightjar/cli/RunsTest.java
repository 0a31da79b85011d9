package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The commands that read what is remembered, over a real store with runs that tests made up. */
@Timeout(60)
final class RunsTest {

  private static final Instant AT = Instant.parse("2025-11-20T10:00:00.5Z");
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final Failure GONE =
      new Failure("io", "clean", "orders.yaml:3:5", "the file is gone\nput it there", false, null);

  @TempDir Path folder;
  private Path home;
  private Shell shell;
  private Store store;

  @BeforeEach
  void openStore() throws IOException {
    shell = new Shell(folder);
    home = folder.resolve("home");
    store = Store.open(new StoreSettings(home, null, InstantSource.system(), StoreSettings.LEASE));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void listShowsTheNewestFirstWithHowTheyStand() {
    past("aa1", "orders", 0, null);
    past("bb2", "orders", 1, GONE);
    begin("cc3", "report", 2).close();

    assertThat(run("runs", "list")).isZero();

    assertThat(shell.out().lines().map(line -> line.split("  +")).map(List::of))
        .satisfiesExactly(
            headings ->
                assertThat(headings)
                    .containsExactly(
                        "run", "workflow", "started", "took", "state", "owner or failure"),
            newest -> assertThat(newest).startsWith("cc3", "report").contains("unfinished"),
            failed ->
                assertThat(failed)
                    .startsWith("bb2", "orders")
                    .endsWith("5 s", "failed", "the file is gone"),
            oldest -> assertThat(oldest).startsWith("aa1", "orders").endsWith("5 s", "succeeded"));
  }

  @Test
  void listAnswersFiltersPageByPage() {
    past("aa1", "orders", 0, null);
    past("bb2", "orders", 1, GONE);
    past("cc3", "report", 2, null);
    begin("dd4", "report", 3).close();

    assertThat(listed("--workflow", "orders")).containsExactly("bb2", "aa1");
    assertThat(listed("--outcome", "succeeded")).containsExactly("cc3", "aa1");
    assertThat(listed("--outcome", "failed", "--outcome", "cancelled")).containsExactly("bb2");
    assertThat(listed("--state", "unfinished")).containsExactly("dd4");
    assertThat(listed("--since", "2025-11-22T10:00:00Z")).containsExactly("dd4", "cc3");
    assertThat(listed("--until", "2025-11-22T00:00:00Z")).containsExactly("bb2", "aa1");
    assertThat(listed("--since", "1s")).isEmpty();

    assertThat(run("runs", "list", "--output", "json", "--limit", 3)).isZero();
    List<JsonNode> page = json();
    assertThat(page).hasSize(4);
    assertThat(page.get(1).path("took").isMissingNode()).isTrue();
    assertThat(page.get(2).get("failure").stringValue()).startsWith("the file is gone");
    String cursor = page.getLast().get("next_cursor").stringValue();
    assertThat(listed("--limit", "3", "--cursor", cursor)).containsExactly("aa1");
  }

  @Test
  void whatCannotBeAFilterIsSaid() {
    assertThat(run("runs", "list", "--state", "dead")).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            "error: `--state` needs one of queued, running, unfinished, ended, not `dead`\n");

    assertThat(run("runs", "list", "--since", "yesterday")).isEqualTo(2);
    assertThat(shell.err()).startsWith("error: `--since` needs a time such as 2026-11-20, ");
  }

  @Test
  void logsShowLinesWarningsAndFailures() {
    past("aa1", "orders", 0, GONE);

    assertThat(run("runs", "logs", "aa")).isZero();
    assertThat(shell.out().lines().map(line -> line.replaceFirst("^.{23} ", "")))
        .containsExactly(
            "info  clean: half\\x1b[2Jway {\"n\":1}",
            "warn  clean: holds a core",
            "error clean: orders.yaml:3:5: [io] the file is gone",
            "    put it there");

    assertThat(run("runs", "logs", "last", "--level", "debug", "--step", "each")).isZero();
    assertThat(shell.out()).contains("debug each[3].write: detail").hasLineCount(1);

    assertThat(run("runs", "logs", "aa1", "--output", "json", "--level", "warn")).isZero();
    assertThat(json())
        .extracting(line -> line.get("event").stringValue())
        .containsExactly("warned", "step_ended");
  }

  @Test
  void searchFindsLinesByTheirWordsPageByPage() {
    past("aa1", "orders", 0, null);
    past("bb2", "orders", 1, GONE);

    assertThat(run("runs", "search", "file gone")).isZero();
    assertThat(shell.out().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("bb2"));

    assertThat(run("runs", "search", "half", "--output", "json", "--limit", 1)).isZero();
    assertThat(json().getFirst().get("step").stringValue()).isEqualTo("clean");
    assertThat(json().getFirst().get("text").stringValue()).contains("half");
    String cursor = json().getLast().get("next_cursor").stringValue();
    String first = json().getFirst().get("run").stringValue();
    assertThat(run("runs", "search", "half", "--output", "json", "--cursor", cursor)).isZero();
    assertThat(json()).extracting(hit -> hit.get("run").stringValue()).doesNotContain(first);

    assertThat(run("runs", "search", "nowhere")).isZero();
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).isEqualTo("nothing found\n");
  }

  @Test
  void anUnknownRunIsWrongUsageWithTheNearest() {
    past("20261120-aaaa", "orders", 0, null);

    for (String command : List.of("runs logs", "runs cancel", "why")) {
      List<Object> words = new ArrayList<>(List.of(command.split(" ")));
      words.add("20261120-aaab");
      assertThat(run(words.toArray())).isEqualTo(2);
      assertThat(shell.err())
          .isEqualTo("error: there is no run `20261120-aaab`; did you mean `20261120-aaaa`?\n");
    }
  }

  @Test
  void logsFollowARunUntilItEnds() throws InterruptedException {
    OwnedRun owned = begin("aa1", "orders", 0);
    owned.append(logged("first"));
    owned.settle();
    Thread ending =
        Thread.ofPlatform()
            .start(() -> {
              owned.append(logged("second"));
              owned.append(ended("aa1", AT, null));
              owned.close();
            });

    assertThat(run("runs", "logs", "aa1", "--follow")).isZero();
    ending.join();

    assertThat(shell.out()).contains("first").contains("second").hasLineCount(2);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void followingARunWithoutAProcessSaysHowToGoOn() {
    begin("aa1", "orders", 0).close();

    assertThat(run("runs", "logs", "aa1", "--follow")).isZero();

    assertThat(shell.err()).contains("`nightjar resume aa1 --home ");
  }

  @Test
  void cancelWaitsUntilTheOwnerHasTakenNotice() throws InterruptedException {
    OwnedRun owned = begin("aa1", "orders", 0);
    var told = new CountDownLatch(1);
    var reasons = new ArrayList<String>();
    owned.onCancelRequested(reason -> {
      reasons.add(reason);
      owned.append(new Event.CancelRequested(AT, reason));
      told.countDown();
    });

    assertThat(run("runs", "cancel", "aa1", "--reason", "too slow")).isZero();
    told.await();

    assertThat(shell.out()).isEqualTo("run aa1 is ending; `finally` runs\n");
    assertThat(reasons).containsExactly("too slow");
    owned.close();
  }

  @Test
  void cancelSaysWhenThereIsNothingToCancel() {
    past("aa1", "orders", 0, GONE);
    begin("bb2", "orders", 1).close();

    assertThat(run("runs", "cancel", "aa1")).isZero();
    assertThat(shell.out()).isEqualTo("run aa1 has ended before: failed\n");

    assertThat(run("runs", "cancel", "bb2")).isZero();
    assertThat(shell.out()).startsWith("nobody runs run bb2 now; `nightjar resume bb2 --home ");
  }

  @Test
  void whyTellsALineOrTwoForEachStepAndAllOfOne() {
    past("aa1", "orders", 0, GONE);

    assertThat(run("why", "aa1")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            orders  run aa1
            started by hand
            failed after 5.0 s: `clean` [io] the file is gone
                put it there

            clean  failed after 2.0 s: [io] the file is gone
                put it there
                   holds a core
            """);

    assertThat(run("why", "aa1", "clean")).isZero();
    assertThat(shell.out()).startsWith("clean  text.trim\n").contains("  ran: nothing stood");

    assertThat(run("why", "aa1", "claen")).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo("error: the events of run aa1 tell of no step `claen`; did you mean `clean`?\n");

    assertThat(run("why", "aa1", "--output", "json")).isZero();
    assertThat(json().getFirst().at("/steps/0/reasons/0/reason").stringValue()).isEqualTo("began");
  }

  @Test
  void whyOfARunWithoutAProcessSaysHowToGoOn() {
    begin("aa1", "orders", 0).close();

    assertThat(run("why", "last")).isZero();

    assertThat(shell.out())
        .contains("has not ended, and its process is gone: `nightjar resume aa1 --home ");
  }

  private int run(Object... arguments) {
    List<Object> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--home", home));
    return shell.run(words.toArray());
  }

  private List<String> listed(String... filters) {
    List<Object> words = new ArrayList<>(List.of("runs", "list", "--output", "json"));
    words.addAll(List.of(filters));
    assertThat(run(words.toArray())).as(shell.err()).isZero();
    return json().stream().map(line -> line.get("run").stringValue()).toList();
  }

  private List<JsonNode> json() {
    return shell.out().lines().map(JsonMapper.shared()::readTree).toList();
  }

  /** A run of this day that has begun, and belongs to this process. */
  private OwnedRun begin(String id, String workflow, int day) {
    Instant at = AT.plus(Duration.ofDays(day));
    String file = folder.resolve(workflow + ".yaml").toString();
    OwnedRun run =
        store.begin(
            new NewRun(id, workflow, file, "d1", "name: " + workflow + "\n", at, null),
            event -> {});
    run.append(
        new Event.RunStarted(at, id, workflow, file, Map.of(), "d1", List.of(), NOTHING, null));
    run.settle();
    return run;
  }

  /** A run that has ended. */
  private void past(String id, String workflow, int day, @Nullable Failure failure) {
    Instant at = AT.plus(Duration.ofDays(day));
    OwnedRun run = begin(id, workflow, day);
    var metrics =
        new StepMetrics(Duration.ofSeconds(2), Duration.ZERO, 1, 0, 0, 0, 0, 0, 0, Map.of());
    Stream.of(
            new Event.StepStarted(at, "clean", "text.trim", NOTHING),
            new Event.Logged(
                at,
                "clean",
                Level.INFO,
                "half\u001b[2Jway",
                JsonNodeFactory.instance.objectNode().put("n", 1)),
            new Event.Logged(at, "each[3].write", Level.DEBUG, "detail", null),
            new Event.Warned(at, "clean", "holds a core"),
            new Event.StepEnded(
                at.plusSeconds(2),
                "clean",
                failure == null ? Outcome.SUCCEEDED : Outcome.FAILED,
                null,
                failure,
                failure != null,
                metrics,
                NOTHING),
            ended(id, at, failure))
        .forEach(run::append);
    run.close();
  }

  private static Event logged(String message) {
    return new Event.Logged(AT, "clean", Level.INFO, message, null);
  }

  private static Event ended(String id, Instant began, @Nullable Failure failure) {
    Duration none = Duration.ZERO;
    var times = new Summary.Percentiles(none, none, none, none);
    Duration took = Duration.ofSeconds(5);
    var summary =
        new Summary(took, 1, 1, 0, 1, none, none, null, times, List.of(), List.of(), null);
    Outcome outcome = failure == null ? Outcome.SUCCEEDED : Outcome.FAILED;
    return new Event.RunEnded(
        began.plus(took), id, new RunResult(outcome, failure, NOTHING, summary));
  }
}
