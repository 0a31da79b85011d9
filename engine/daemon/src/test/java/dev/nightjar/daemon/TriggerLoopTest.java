package dev.nightjar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.stage.plugin.TestJar;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** What triggers decide, on a real store, while a clock is moved by hand. */
class TriggerLoopTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant START = Instant.parse("2026-11-20T11:59:30Z");

  private static final String HOURLY =
      "name: w\ntriggers: [{id: t, cron: \"0 * * * *\"}]\nsteps: [{uses: test.nothing}]\n";

  @TempDir Path folder;
  private Instant wall = START;
  private long nanos;
  private Catalog catalog;
  private Store store;
  private Awake awake;
  private TriggerLoop loop;
  private int runs;

  @BeforeEach
  void open() throws IOException {
    Path jars = Files.createDirectory(folder.resolve("jars"));
    TestJar.plugin("test", Map.of("test.nothing", "not.There")).write(jars.resolve("test.jar"));
    try (PluginHost plugins = PluginHost.open(jars, folder.resolve("copies"), null)) {
      catalog = plugins.catalog();
    }
    store =
        Store.open(
            new StoreSettings(folder.resolve("home"), null, () -> wall, StoreSettings.LEASE));
    restart();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void restart() {
    awake = new Awake(() -> wall, () -> nanos);
    loop = new TriggerLoop(store.firings(), UTC, () -> nanos, passed -> {});
  }

  private void pass(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
  }

  private ServedWorkflow workflow(String text) {
    return workflow("w.yaml", text);
  }

  private ServedWorkflow workflow(String name, String text) {
    Path file = folder.resolve(name);
    var diagnostics = new Diagnostics();
    Workflow workflow = WorkflowReader.read(new SourceText(name, text), file, catalog, diagnostics);
    assertThat(diagnostics.sorted()).isEmpty();
    String digest = Integer.toHexString(text.hashCode());
    var version = new ServedWorkflow.Version(workflow, text, digest, 1, START);
    return new ServedWorkflow(file, name, version, List.of(), START);
  }

  /** The causes that began a run here. */
  private List<String> look(ServedWorkflow... served) {
    return look(loop, served);
  }

  private List<String> look(TriggerLoop by, ServedWorkflow... served) {
    List<TriggerLoop.Cause> causes = by.look(List.of(served), awake.look(), false);
    List<Firings.Due> due = new ArrayList<>();
    for (TriggerLoop.Cause cause : causes) {
      String id = "r" + runs++;
      var run = new NewRun(id, cause.version().name(), "/w.yaml", "d", "text", wall, null);
      var started =
          new Event.RunStarted(
              wall, id, "w", "/w.yaml", Map.of(), "d", List.of(), cause.facts(), null);
      due.add(new Firings.Due(cause.firing(), run, started, cause.seen(), event -> {}));
    }
    List<String> begun = new ArrayList<>();
    List<Optional<OwnedRun>> owned = store.firings().fire(due);
    for (int i = 0; i < owned.size(); i++) {
      if (owned.get(i).isPresent()) {
        begun.add(due.get(i).firing().cause());
      }
    }
    return begun;
  }

  private List<Firing> decisions() {
    return store.firings().list("w", null, Instant.parse("2100-01-01T00:00:00Z"), 100);
  }

  @Test
  void whileNoVersionOfAWorkflowCanBeUsedItsTimesAreMissedAndNotForgotten() {
    ServedWorkflow minutely = workflow(HOURLY.replace("0 *", "* *"));
    var broken = new ServedWorkflow(minutely.file(), "w.yaml", null, List.of(), wall);
    assertThat(look(minutely)).isEmpty();
    for (int minute = 0; minute < 10; minute++) {
      pass(Duration.ofSeconds(59));
      assertThat(look(broken)).isEmpty();
      assertThat(loop.next()).as("nothing to wake up for").isNull();
    }
    pass(Duration.ofSeconds(59));

    assertThat(look(minutely)).as("the last one").containsExactly("2026-11-20T12:10:00Z");
    assertThat(decisions())
        .extracting(Firing::due, Firing::reason)
        .containsExactlyInAnyOrder(
            tuple(
                Instant.parse("2026-11-20T12:10:00Z"), "no version of its workflow could be used"),
            tuple(
                Instant.parse("2026-11-20T12:00:00Z"),
                "no version of its workflow could be used, and of such times only the last one runs"));
    pass(Duration.ofSeconds(59));
    assertThat(look(minutely)).as("seen again").containsExactly("2026-11-20T12:11:00Z");
  }

  @Test
  void soAreThoseOfAWorkflowThatCannotBeUsedAtTheStart() {
    ServedWorkflow minutely = workflow(HOURLY.replace("0 *", "* *"));
    var broken = new ServedWorkflow(minutely.file(), "w.yaml", null, List.of(), wall);
    assertThat(look(minutely)).isEmpty();
    restart();
    for (int minute = 0; minute < 10; minute++) {
      pass(Duration.ofSeconds(59));
      assertThat(look(broken)).isEmpty();
    }
    // What the store does not take is looked at again, and changes nothing of this.
    loop.reset();

    assertThat(look(minutely)).as("the last one").containsExactly("2026-11-20T12:09:00Z");
    pass(Duration.ofSeconds(59));
    assertThat(look(minutely)).as("seen again").containsExactly("2026-11-20T12:10:00Z");
  }

  @Test
  void aTimeFiresOnceWhoeverLooksAndHoweverOften() {
    ServedWorkflow hourly = workflow(HOURLY);
    var other = new TriggerLoop(store.firings(), UTC, () -> nanos, passed -> {});
    assertThat(look(hourly)).isEmpty();
    assertThat(look(other, hourly)).isEmpty();
    pass(Duration.ofSeconds(31));

    List<String> begun = new ArrayList<>(look(hourly));
    begun.addAll(look(other, hourly));
    begun.addAll(look(hourly));
    restart();
    begun.addAll(look(hourly));

    assertThat(begun).containsExactly("2026-11-20T12:00:00Z");
  }

  @Test
  void aNewTriggerHasNoPast() {
    assertThat(look(workflow(HOURLY))).isEmpty();
    pass(Duration.ofHours(3));
    restart();
    String daily = HOURLY.replace("0 * * * *", "0 13 * * *");

    assertThat(look(workflow(daily))).as("another definition").isEmpty();
    assertThat(look(workflow(daily.replace("name: w", "name: v")))).as("another one").isEmpty();
  }

  @Test
  void whatPassedWhileItWasDownIsDecided() {
    look(workflow(HOURLY));
    pass(Duration.ofHours(5));
    restart();

    assertThat(look(workflow(HOURLY))).containsExactly("2026-11-20T16:00:00Z");

    assertThat(decisions())
        .extracting(Firing::due, Firing::last, Firing::reason)
        .containsExactly(
            tuple(
                Instant.parse("2026-11-20T16:00:00Z"),
                Instant.parse("2026-11-20T16:00:00Z"),
                "the daemon was down"),
            tuple(
                Instant.parse("2026-11-20T12:00:00Z"),
                Instant.parse("2026-11-20T15:00:00Z"),
                "the daemon was down, and of such times only the last one runs"));
  }

  @Test
  void aClockThatJumpsCausesNoStormAndNoFreeze() {
    ServedWorkflow hourly = workflow(HOURLY);
    look(hourly);
    pass(Duration.ofSeconds(60));
    assertThat(look(hourly)).containsExactly("2026-11-20T12:00:00Z");

    for (Duration jump : List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(3650))) {
      Instant before = wall;
      wall = wall.plus(jump);
      assertThat(look(hourly)).as("forth %s", jump).hasSize(1);
      pass(Duration.ofSeconds(1));
      assertThat(look(hourly)).isEmpty();
      wall = before;
      assertThat(look(hourly)).as("back %s", jump).isEmpty();
      pass(Duration.ofSeconds(1));
      assertThat(look(hourly)).isEmpty();
    }
    pass(Duration.ofSeconds(3590));
    assertThat(look(hourly)).as("the hour jumped to has fired").isEmpty();
    for (int hour = 0; hour < 3; hour++) {
      List<String> begun = new ArrayList<>();
      for (int look = 0; look < 120; look++) {
        pass(Duration.ofSeconds(30));
        begun.addAll(look(hourly));
      }
      assertThat(begun).as("hour %d behind all jumps", hour).hasSize(1);
    }
  }

  @Test
  void aDecisionOfAClockThatWasWrongIsNotWaitedFor() {
    ServedWorkflow hourly = workflow(HOURLY);
    wall = START.plus(Duration.ofDays(3650));
    restart();
    look(hourly);
    pass(Duration.ofHours(1));
    assertThat(look(hourly)).hasSize(1);
    wall = START;
    restart();

    assertThat(look(hourly)).isEmpty();
    pass(Duration.ofSeconds(31));
    assertThat(look(hourly)).containsExactly("2026-11-20T12:00:00Z");
  }

  @Test
  void onesThatAreSwitchedOffOrGoneHaveNoPastLater() {
    ServedWorkflow hourly = workflow(HOURLY);
    ServedWorkflow off = workflow(HOURLY.replace("id: t,", "id: t, enabled: false,"));
    look(hourly);
    assertThat(look(off)).isEmpty();
    pass(Duration.ofMinutes(45));
    assertThat(look(off)).isEmpty();
    assertThat(look(hourly)).as("switched on").isEmpty();
    assertThat(look()).as("gone").isEmpty();
    pass(Duration.ofMinutes(45));
    assertThat(look()).isEmpty();
    assertThat(look(hourly)).as("back again").isEmpty();
    pass(Duration.ofMinutes(45));
    assertThat(look(hourly)).hasSize(1);
  }

  @Test
  void filesThatHaveSettledFireTogetherOnce() throws IOException {
    ServedWorkflow files =
        workflow(
            "name: w\ntriggers: [{files: {path: in/*.csv, settle: 5s}}]\nsteps: [{uses: test.nothing}]\n");
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/a.csv"), "1");
    Files.writeString(folder.resolve("in/b.csv"), "1");
    assertThat(look(files)).isEmpty();
    pass(Duration.ofSeconds(6));

    assertThat(look(files)).hasSize(1);
    restart();
    pass(Duration.ofSeconds(6));
    assertThat(look(files)).isEmpty();
    pass(Duration.ofSeconds(6));
    assertThat(look(files)).as("also after a restart").isEmpty();

    Files.writeString(folder.resolve("in/b.csv"), "12");
    look(files);
    pass(Duration.ofSeconds(6));
    assertThat(look(files)).hasSize(1);
  }

  @Test
  void factsSayWhatItWas() {
    ServedWorkflow hourly =
        workflow(HOURLY.replace("id: t,", "id: t, timezone: Pacific/Auckland,"));
    look(hourly);
    pass(Duration.ofSeconds(31));
    List<TriggerLoop.Cause> causes = loop.look(List.of(hourly), awake.look(), false);

    assertThat(causes)
        .singleElement()
        .satisfies(cause ->
            assertThat(cause.facts())
                .isEqualTo(
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("time", "2026-11-20T12:00:00Z")
                        .put("date", "2026-11-21")
                        .set("files", JsonNodeFactory.instance.arrayNode())
                        .putNull("body")
                        .put("id", "t")
                        .put("by", "the trigger `t`, due 2026-11-21T01:00:00+13:00")));
  }
}
