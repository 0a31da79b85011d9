package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.cli.Gates.Waiting;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs whose process is killed, and what can be done about them. */
@Timeout(120)
final class KilledRunsTest {

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
  void whatWasDoneIsNotDoneAgain() throws Exception {
    Path file = write(steps(""));
    killAtTheDoor("--input", "day=monday");
    Files.writeString(file, "name: [broken");

    try (OtherProcess second = start("resume", "last", "--home", home());
        Waiting waiting = gates.await()) {
      waiting.open();
      assertThat(second.exitCode()).as(second.err()).isZero();
      assertThat(second.err()).contains("letters  run ", "resumed", "process " + second.pid());
      assertThat(second.out()).contains("letters succeeded");
    }

    assertThat(lines()).containsExactly("first monday", "second", "second", "third");
  }

  @Test
  void aRunThatSomebodyHasIsLeftAlone() throws Exception {
    Path file = write(steps(""));
    try (OtherProcess first = start("run", file.toString(), "--input", "day=monday");
        Waiting waiting = gates.await()) {
      for (var command : List.of(List.of("resume", "last"), List.of("run", file.toString()))) {
        boolean resume = command.contains("resume");
        int code =
            resume
                ? shell.run("resume", "last", "--home", home())
                : shell.run("run", file, "--resume");
        assertThat(code).as(shell.err()).isEqualTo(6);
        assertThat(shell.err()).contains("Process " + first.pid() + " on ");
      }
      waiting.open();
      assertThat(first.exitCode()).as(first.err()).isZero();
    }

    assertThat(shell.run("resume", "last", "--home", home())).isEqualTo(2);
    assertThat(shell.err())
        .contains("has ended and does not run again: it succeeded; `nightjar rerun ");
    assertThat(shell.run("run", file, "--resume")).isEqualTo(2);
    assertThat(shell.err()).as("a new run").contains("the input `day` is required");
  }

  @Test
  void runWithResumeGoesOnWithTheNewestUnfinishedRun() throws Exception {
    Path file = write(steps(""));
    killAtTheDoor("--input", "day=monday");

    assertThat(shell.run("run", file, "--resume", "--input", "day=tuesday")).isEqualTo(2);
    assertThat(shell.err()).contains("its `day` is \"monday\"", "nightjar rerun ");

    try (OtherProcess second = start("run", file.toString(), "--resume", "--input", "day=monday");
        Waiting waiting = gates.await()) {
      waiting.open();
      assertThat(second.exitCode()).as(second.err()).isZero();
    }
    assertThat(lines()).containsExactly("first monday", "second", "second", "third");
  }

  @Test
  void aStepThatMayRunOnceWaitsForAnAnswer() throws Exception {
    write(steps("effect: once"));
    killAtTheDoor("--input", "day=monday");

    assertThat(shell.run("resume", "last", "--home", home())).isEqualTo(8);
    assertThat(shell.err())
        .contains("cannot go on before you have looked", "  `wait`\n", "wait --succeeded --home ");
    assertThat(shell.run("resolve", "last", "wiat", "--again", "--home", home())).isEqualTo(2);
    assertThat(shell.err()).contains("did you mean `wait`?");
    assertThat(
            shell.run(
                "resolve",
                "last",
                "wait",
                "--succeeded",
                "--output",
                "line=by hand",
                "--home",
                home()))
        .as(shell.err())
        .isZero();
    assertThat(shell.out()).contains("`wait` of run ", "has done its work; go on with `nightjar");
    assertThat(shell.run("resolve", "last", "wait", "--again", "--home", home())).isEqualTo(2);
    assertThat(shell.err()).contains("no step of run ", "waits for an answer");

    assertThat(shell.run("resume", "last", "--home", home())).as(shell.err()).isZero();
    assertThat(shell.out()).contains("waited = by hand");
    assertThat(lines()).containsExactly("first monday", "second", "third");
  }

  @Test
  void aStepThatMayRunOnceRunsAgainWhenSomebodySaysSo() throws Exception {
    write(steps("effect: once"));
    killAtTheDoor("--input", "day=monday");

    assertThat(shell.run("resolve", "last", "wait", "--home", home())).isEqualTo(2);
    assertThat(shell.run("resolve", "last", "wait", "--again", "--home", home())).isZero();
    try (OtherProcess second = start("resume", "last", "--home", home());
        Waiting waiting = gates.await()) {
      waiting.open();
      assertThat(second.exitCode()).as(second.err()).isZero();
    }

    assertThat(lines()).containsExactly("first monday", "second", "second", "third");
  }

  @Test
  void recordsThatNobodyKnowsCannotBeTakenAsEmitted() throws IOException {
    Path file = write(steps(""));
    String text = Files.readString(file);
    var run = new NewRun("r1", "letters", file.toString(), "d", text, Instant.now(), null);
    try (Store store = store();
        OwnedRun owned = store.begin(run, event -> {})) {
      var nothing = JsonNodeFactory.instance.objectNode();
      Instant now = Instant.now();
      owned.append(
          new Event.RunStarted(
              now, "r1", "letters", file.toString(), Map.of(), "d", List.of(), nothing, null));
      owned.append(new Event.StageStarted(now, List.of("read", "send"), 9, -1));
      owned.append(new Event.AttemptStarted(now, "send", 7, 1));
    }

    assertThat(shell.run("resume", "r1", "--home", home())).isEqualTo(8);
    assertThat(shell.err()).contains("`send`, task 7: what it would").doesNotContain("--succeeded");
    assertThat(shell.run("resolve", "r1", "send", "--succeeded", "--home", home())).isEqualTo(2);
    assertThat(shell.err()).contains("cannot be taken as done; use `--again`");
    assertThat(shell.run("resolve", "r1", "send", "--again", "--home", home())).isZero();
  }

  @Test
  void anotherPluginThanBeforeIsNamed() throws Exception {
    write(steps(""));
    killAtTheDoor("--input", "day=monday");
    Path jar = shell.plugins().resolve("gate.jar");
    byte[] before = Files.readAllBytes(jar);

    Gates.plugin(jar, "1.1.0");
    assertThat(shell.run("resume", "last", "--home", home())).isEqualTo(4);
    assertThat(shell.err())
        .containsPattern("`gate` was 1.0.0 \\(SHA-256 .{12}...\\), and is 1.1.0 \\(SHA-256 ")
        .contains("put those back");
    Files.delete(jar);
    assertThat(shell.run("resume", "last", "--home", home())).isEqualTo(4);
    assertThat(shell.err()).contains(", and is gone");

    Files.write(jar, before);
    try (OtherProcess second = start("resume", "last", "--home", home());
        Waiting waiting = gates.await()) {
      waiting.open();
      assertThat(second.exitCode()).as(second.err()).isZero();
    }
  }

  @Test
  void aSecretInputIsAskedForAgain() throws Exception {
    write(steps("").replace("third", "\"${{ secrets.token }}\""));
    killAtTheDoor("--input", "token=s3cr3t", "--input", "day=monday");

    assertThat(shell.run("resume", "last", "--home", home())).isEqualTo(2);
    assertThat(shell.err())
        .contains("the input `token` is a secret, which no run remembers", "--input token=");
    try (OtherProcess second =
            start("resume", "last", "--input", "token=s3cr3t", "--home", home());
        Waiting waiting = gates.await()) {
      waiting.open();
      assertThat(second.exitCode()).as(second.err()).isZero();
    }
    assertThat(lines()).containsExactly("first monday", "second", "second", "s3cr3t");
  }

  @Test
  void aRunOfWhichNothingIsKnownEndsAndMakesRoomForAnother() throws IOException {
    Path file = write("name: letters\nsteps: [{uses: gate.pass, with: {line: done}}]\n");
    String text = Files.readString(file);
    try (Store store = store()) {
      for (String id : List.of("r1", "r2")) {
        store
            .begin(
                new NewRun(id, "letters", file.toString(), "d", text, Instant.now(), null),
                event -> {})
            .close();
      }
    }

    assertThat(shell.run("resume", "r1", "--home", home())).isEqualTo(2);
    assertThat(shell.err()).contains("run r1 has done nothing and ends here");
    assertThat(shell.run("run", file, "--resume")).as(shell.err()).isZero();
    assertThat(lines()).containsExactly("done");
    try (Store store = store()) {
      assertThat(KnownRuns.unfinished(store, file)).isEmpty();
    }
  }

  /** Three steps, of which the second waits. */
  private String steps(String more) {
    return """
    name: letters
    inputs:
      day: {type: string, required: true}
      token: {type: secret}
    steps:
      - id: begin
        uses: gate.pass
        with: {line: "first ${{ inputs.day }}"}
      - id: wait
        uses: gate.pass
        with: {line: second, door: %d}
        %s
      - id: end
        uses: gate.pass
        with: {line: third}
    outputs:
      waited: ${{ steps.wait.outputs.line }}
    """
        .formatted(gates.door(), more);
  }

  private void killAtTheDoor(String... inputs) throws Exception {
    var arguments = new ArrayList<>(List.of("run", file().toString()));
    arguments.addAll(List.of(inputs));
    try (OtherProcess first = start(arguments.toArray(String[]::new));
        Waiting waiting = gates.await()) {
      first.kill();
      waiting.awaitGone();
    }
  }

  private OtherProcess start(String... arguments) throws IOException {
    return OtherProcess.start(folder, shell.environment, List.of(arguments));
  }

  private Store store() {
    return Store.open(
        new StoreSettings(Path.of(home()), null, InstantSource.system(), StoreSettings.LEASE));
  }

  private Path file() {
    return folder.resolve("letters.yaml");
  }

  private String home() {
    return folder.resolve(".nightjar").toString();
  }

  private Path write(String content) throws IOException {
    return Files.writeString(file(), content);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("lines"));
  }
}
