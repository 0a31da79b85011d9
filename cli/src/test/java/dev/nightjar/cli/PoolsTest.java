package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.cli.Gates.Waiting;
import dev.nightjar.daemon.Resumption;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that meet others of their pool, each in a process of its own. */
@Timeout(120)
final class PoolsTest {

  @TempDir Path folder;
  private Shell shell;
  private Gates gates;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    Gates.plugin(shell.plugins().resolve("gate.jar"), "1.0.0");
    gates = new Gates();
  }

  @AfterEach
  void close() throws IOException {
    gates.close();
  }

  @Test
  void oneTooManyIsLeftOutAndThatIsFine() throws Exception {
    Path file = write("{overlap: skip}");
    try (OtherProcess first = start(file);
        Waiting waiting = gates.await()) {
      assertThat(shell.run("run", file)).as(shell.err()).isZero();
      assertThat(shell.err())
          .contains("skipped: the pool `letters` lets 1 run at once, and running already: 2");
      assertThat(shell.out()).contains("letters skipped in ");
      waiting.open();
      assertThat(first.exitCode()).as(first.err()).isZero();
    }

    assertThat(known()).extracting(StoredRun::outcome).contains(Outcome.SKIPPED);
    assertThat(lines()).containsExactly("here");
  }

  @Test
  void oneTooManyFailsWhereThatIsAsked() throws Exception {
    Path file = write("{overlap: fail}");
    try (OtherProcess first = start(file);
        Waiting waiting = gates.await()) {
      assertThat(shell.run("run", file, "-q")).isEqualTo(8);
      assertThat(shell.err()).contains("error[overlap]: the pool `letters` lets 1 run at once");
      waiting.open();
      assertThat(first.exitCode()).as(first.err()).isZero();
    }

    assertThat(known()).extracting(StoredRun::outcome).contains(Outcome.FAILED);
  }

  @Test
  void oneTooManyWaitsAlsoForRunsOfOtherWorkflowsInThePool() throws Exception {
    Path file = write("{pool: post}");
    Path other = folder.resolve("parcels.yaml");
    Files.writeString(other, Files.readString(file).replace("name: letters", "name: parcels"));
    try (OtherProcess first = start(file);
        Waiting waiting = gates.await();
        OtherProcess second = start(other, "--output", "json")) {
      String id = awaitQueued("parcels");
      waiting.open();
      try (Waiting next = gates.await()) {
        next.open();
      }
      assertThat(first.exitCode()).as(first.err()).isZero();
      assertThat(second.exitCode()).as(second.err()).isZero();

      List<JsonNode> events = second.out().lines().map(JsonMapper.shared()::readTree).toList();
      assertThat(events)
          .extracting(event -> event.get("event").asString())
          .startsWith("run_started", "run_queued", "run_admitted", "step_started")
          .endsWith("run_ended");
      assertThat(events.getFirst().get("run").asString()).isEqualTo(id);
      assertThat(events.get(1).get("behind").get(0).asString()).isEqualTo(known("letters").id());
    }
  }

  @Test
  void aRunThatWaitsCanBeEnded() throws Exception {
    Path file = write("{limit: 1}");
    try (OtherProcess first = start(file);
        Waiting waiting = gates.await();
        OtherProcess second = start(file)) {
      String id = awaitQueued("letters");
      second.terminate();
      assertThat(second.exitCode()).as(second.err()).isEqualTo(143);
      waiting.open();
      assertThat(first.exitCode()).as(first.err()).isZero();

      try (Store store = store()) {
        assertThat(store.run(id)).map(StoredRun::outcome).contains(Outcome.CANCELLED);
      }
    }
    assertThat(lines()).containsExactly("here");
  }

  @Test
  void aRunThatWasKilledWhileItWaitedGoesOn() throws Exception {
    Path file = write("{limit: 1}");
    try (OtherProcess first = start(file);
        Waiting waiting = gates.await();
        OtherProcess second = start(file)) {
      String id = awaitQueued("letters");
      second.kill();
      waiting.open();
      assertThat(first.exitCode()).as(first.err()).isZero();

      try (OtherProcess third =
              OtherProcess.start(
                  folder, shell.environment, List.of("resume", id, "--home", home()));
          Waiting again = gates.await()) {
        again.open();
        assertThat(third.exitCode()).as(third.err()).isZero();
      }
    }
    assertThat(lines()).containsExactly("here", "here");
  }

  @Test
  void theNewestRunTakesThePlaceOfTheOldest() throws Exception {
    Path file = write("{overlap: cancel_running}");
    try (OtherProcess first = start(file);
        Waiting waiting = gates.await();
        OtherProcess second = start(file)) {
      waiting.awaitGone();
      assertThat(first.exitCode()).as(first.err()).isEqualTo(1);
      assertThat(first.err()).contains("takes its place");
      try (Waiting next = gates.await()) {
        next.open();
      }
      assertThat(second.exitCode()).as(second.err()).isZero();
    }
  }

  @Test
  void anotherProcessCanCancel() throws Exception {
    Path file = write("{limit: 2}");
    try (OtherProcess first = start(file);
        Waiting waiting = gates.await()) {
      try (Store store = store()) {
        assertThat(store.requestCancel(known("letters").id(), "ada said so")).isTrue();
      }
      waiting.awaitGone();
      assertThat(first.exitCode()).as(first.err()).isEqualTo(1);
      assertThat(first.err()).contains("ada said so");
    }
    assertThat(known("letters").outcome()).isEqualTo(Outcome.CANCELLED);
  }

  private Path write(String concurrency) throws IOException {
    return Files.writeString(
        folder.resolve("letters.yaml"),
        """
        name: letters
        concurrency: %s
        steps:
          - uses: gate.pass
            with: {line: here, door: %d}
        """
            .formatted(concurrency, gates.door()));
  }

  private OtherProcess start(Path file, String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("run", file.toString()));
    arguments.addAll(List.of(more));
    return OtherProcess.start(folder, shell.environment, arguments);
  }

  /** Waits until a run of a workflow waits for its turn, and returns its id. */
  private String awaitQueued(String workflow) throws InterruptedException {
    try (Store store = store()) {
      while (true) {
        for (StoredRun run : KnownRuns.newest(store, null, 10)) {
          boolean told =
              run.workflow().equals(workflow)
                  && run.state() == StoredRun.State.QUEUED
                  && Resumption.history(store, run.id()).hasBegun();
          if (told) {
            return run.id();
          }
        }
        Thread.sleep(20);
      }
    }
  }

  private List<StoredRun> known() {
    try (Store store = store()) {
      return KnownRuns.newest(store, null, 10);
    }
  }

  private StoredRun known(String workflow) {
    return known().stream().filter(run -> run.workflow().equals(workflow)).findFirst().get();
  }

  private Store store() {
    return Store.open(
        new StoreSettings(Path.of(home()), null, InstantSource.system(), StoreSettings.LEASE));
  }

  private String home() {
    return folder.resolve(".nightjar").toString();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("lines"));
  }
}
