package dev.nightjar.daemon;

import static dev.nightjar.daemon.DaemonSample.START;
import static dev.nightjar.daemon.DaemonSample.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Firing;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A whole daemon, whose clock is moved by hand. */
@Timeout(120)
class DaemonTest {

  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  @TempDir Path temp;
  private DaemonSample sample;

  @BeforeEach
  void open() throws IOException {
    sample = new DaemonSample(temp, Map.of());
  }

  @AfterEach
  void close() {
    sample.close();
  }

  @Test
  void aLookThatFailsIsShownAndTheTimeFiresAllTheSame() throws Exception {
    sample.write(
        "w.yaml", "name: w\ntriggers: [{id: t, cron: '0 * * * *'}]\nsteps: [{uses: test.greet}]\n");
    try (Daemon daemon = sample.start()) {
      while (sample.store.firings().known("w", "t").isEmpty()) {
        Thread.sleep(20);
      }
      sample.chanceFails = true;
      sample.clock.advance(Duration.ofSeconds(31));
      IllegalStateException first = next(sample.failures);
      IllegalStateException second = next(sample.failures);

      assertThat(second).as("a look again").isNotSameAs(first);
      assertThat(daemon.problems())
          .containsExactly(
              "triggers wait: this is a bug in Nightjar: java.lang.IllegalStateException: no chance");
      assertThat(fired()).isEmpty();

      sample.chanceFails = false;
      assertThat(sample.store.run(next(sample.ended))).isPresent();
      assertThat(fired()).containsExactly(Instant.parse("2026-11-20T12:00:00Z"));
      daemon.stop();
      assertThat(daemon.problems()).isEmpty();
    }
    assertThat(sample.notices)
        .filteredOn(notice -> notice.level() == Notice.Level.ERROR)
        .as("told once, with where it was")
        .singleElement()
        .satisfies(notice ->
            assertThat(notice.text()).contains("this is a bug", "no chance", "Daemon.look"));
  }

  private List<Instant> fired() {
    return sample.store.firings().list("w", "t", Instant.parse("2100-01-01T00:00:00Z"), 10).stream()
        .map(Firing::due)
        .toList();
  }

  @Test
  void aRunThatWaitsForAPersonSaysWhatToDo() throws Exception {
    String text = "name: pay\nsteps: [{id: send, uses: test.greet, effect: once}]\n";
    sample.write("pay.yaml", text);
    leaveInDoubt(text);

    try (Daemon daemon = sample.start()) {
      Notice told = next(sample.notices);
      while (told.level() != Notice.Level.WARNING) {
        told = next(sample.notices);
      }
      assertThat(daemon.problems()).containsExactly(told.text());
      assertThat(told.text())
          .startsWith("run r1 waits for an answer: what became of `send`? ")
          .endsWith("`nightjar resolve r1 send --succeeded` or `--again`");

      assertThat(daemon.operations().resolve("r1", "send", true, NOTHING)).isEmpty();
      sample.clock.advance(Duration.ofSeconds(16));
      assertThat(next(sample.ended)).isEqualTo("r1");
      daemon.stop();
      assertThat(daemon.problems()).isEmpty();
    }
    assertThat(sample.store.run("r1").orElseThrow().state()).isEqualTo(StoredRun.State.ENDED);
  }

  /** As a process leaves a run that is killed in a step that is done at most once. */
  private void leaveInDoubt(String text) throws NoSuchAlgorithmException {
    String file = sample.folder.resolve("pay.yaml").toString();
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    String digest = HexFormat.of().formatHex(sum);
    var run = new NewRun("r1", "pay", file, digest, text, START, null);
    try (OwnedRun owned = sample.store.begin(run, event -> {})) {
      owned.append(
          new Event.RunStarted(
              START, "r1", "pay", file, Map.of(), digest, List.of(), NOTHING, null));
      owned.append(new Event.StepStarted(START, "send", "test.greet", NOTHING));
      owned.append(new Event.AttemptStarted(START, "send", -1, 1));
    }
  }
}
