package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.Cancelled;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts real processes, stubborn ones among them, and looks for what is left of them. */
@Timeout(60)
class ChildrenTest {

  private static final String RUN = "20261120-021500-3f9a1c";
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** A shell that ends when asked, and tells the number of a process that it has started. */
  private static final String FAMILY = "sleep 1000 & echo $!; wait";

  /** One that does not end when asked, nor does what it has started. */
  private static final String STUBBORN =
      "trap '' TERM; sh -c \"trap '' TERM; while :; do sleep 1; done\" & echo $!; wait";

  /** One that ends at once and leaves something behind, which belongs to nobody then. */
  private static final String ORPHAN = "sleep 1000 >/dev/null & echo $!";

  @TempDir Path folder;

  private final List<ProcessHandle> seen = new ArrayList<>();

  @AfterEach
  void nothingIsLeftOfATestThatFailed() {
    seen.forEach(ProcessHandle::destroyForcibly);
  }

  private Children children(Duration grace) {
    return new Children(new Children.Owner(RUN, folder, "each[3].send", RUN + "/send"), grace);
  }

  /** Starts a shell and waits for the line that it prints: a child's number. */
  private List<ProcessHandle> family(Children children, String script) throws IOException {
    Process shell = children.start(new ProcessBuilder("sh", "-c", script));
    seen.add(shell.toHandle());
    long child = Long.parseLong(shell.inputReader(StandardCharsets.UTF_8).readLine());
    seen.add(ProcessHandle.of(child).orElseThrow());
    return List.of(shell.toHandle(), seen.getLast());
  }

  @Test
  void aChildKnowsWhatItWorksFor() throws Exception {
    try (var children = children(LONG)) {
      Process shell =
          children.start(
              new ProcessBuilder("sh", "-c", "env | grep -E '^NIGHTJAR_(RUN|STEP|STEP_KEY)='"));

      assertThat(shell.inputReader().lines())
          .containsExactlyInAnyOrder(
              "NIGHTJAR_RUN=" + RUN,
              "NIGHTJAR_STEP=each[3].send",
              "NIGHTJAR_STEP_KEY=" + RUN + "/send");
      assertThat(shell.waitFor()).isZero();
    }
  }

  @Test
  void endsAFamilyWhenTheStepEnds() throws Exception {
    var children = children(LONG);
    List<ProcessHandle> family = family(children, FAMILY);
    assertThat(family).allMatch(ProcessHandle::isAlive);

    children.close();

    assertThat(family).noneMatch(Processes::alive);
    assertThat(notes()).isEmpty();
  }

  @Test
  void killsThoseThatDoNotListen() throws Exception {
    var children = children(SHORT);
    List<ProcessHandle> family = family(children, STUBBORN);

    children.terminate();
    assertThat(family).allMatch(ProcessHandle::isAlive);
    children.close();

    assertThat(family).noneMatch(Processes::alive);
  }

  @Test
  void endsOrphans() throws Exception {
    var children = children(LONG);
    List<ProcessHandle> family = family(children, ORPHAN);
    family.getFirst().onExit().get();
    assertThat(Processes.alive(family.getLast())).isTrue();

    children.close();

    assertThat(family).noneMatch(Processes::alive);
  }

  @Test
  void endsThoseThatHideWhatTheyWorkFor() throws Exception {
    var children = children(LONG);
    List<ProcessHandle> family = family(children, "env -i sleep 1000 & echo $!; wait");

    children.close();

    assertThat(family).noneMatch(Processes::alive);
  }

  @Test
  void sparesThoseOfOthers() throws Exception {
    var owner = new Children.Owner(RUN, folder, "each[3].send", RUN + "/other");
    List<ProcessHandle> family = family(new Children(owner, LONG), FAMILY);
    var children = children(LONG);
    List<ProcessHandle> own = family(children, FAMILY);

    children.close();

    assertThat(own).noneMatch(Processes::alive);
    assertThat(family).allMatch(Processes::alive);
  }

  @Test
  void waitsThoughItIsInterrupted() throws Exception {
    var children = children(SHORT);
    List<ProcessHandle> family = family(children, STUBBORN);

    Thread.currentThread().interrupt();
    children.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(family).noneMatch(Processes::alive);
  }

  @Test
  void startsNoneOnceItHasEnded() throws Exception {
    var children = children(LONG);
    children.close();

    assertThatThrownBy(() -> children.start(new ProcessBuilder("sleep", "1000")))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void saysThatAProgramIsMissing() {
    try (var children = children(LONG)) {
      assertThatThrownBy(() -> children.start(new ProcessBuilder("no-such-program")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no-such-program");
    }
  }

  @Test
  void endsWhatADeadEngineHasLeft() throws Exception {
    List<ProcessHandle> family = startAndDie(FAMILY);
    assertThat(family).allMatch(Processes::alive);

    Children.endLeftOvers(RUN, folder, LONG);

    assertThat(family).noneMatch(Processes::alive);
    assertThat(notes()).isEmpty();
  }

  @Test
  void killsWhatADeadEngineHasLeftAndDoesNotListen() throws Exception {
    List<ProcessHandle> family = startAndDie(STUBBORN);

    Children.endLeftOvers(RUN, folder, SHORT);

    assertThat(family).noneMatch(Processes::alive);
  }

  @Test
  void endsOrphansOfADeadEngine() throws Exception {
    List<ProcessHandle> family = startAndDie(ORPHAN);
    assertThat(family).isNotEmpty();

    Children.endLeftOvers(RUN, folder, LONG);

    assertThat(family).noneMatch(Processes::alive);
  }

  /** Where the machine shows no environment, or the process has another one. */
  @Test
  void endsWhatIsOnlyNoted() throws Exception {
    List<ProcessHandle> family = startAndDie("exec env -i sh -c '" + FAMILY + "'");

    Children.endLeftOvers(RUN, folder, LONG);

    assertThat(family).noneMatch(Processes::alive);
  }

  @Test
  void endsWhatWasStartedAndNotNotedYet() throws Exception {
    List<ProcessHandle> family = startAndDie(FAMILY);
    for (Path note : notes()) {
      Files.delete(note);
    }

    Children.endLeftOvers(RUN, folder, LONG);

    assertThat(family).noneMatch(Processes::alive);
  }

  @Test
  void sparesAnotherRunAndAProcessThatHasTheNumberOfOneThatIsGone() throws Exception {
    List<ProcessHandle> family = startAndDie(FAMILY);
    Process bystander = new ProcessBuilder("sleep", "1000").start();
    seen.add(bystander.toHandle());
    Path book = Files.createDirectories(folder.resolve("other/children"));
    Files.writeString(book.resolve("" + bystander.pid()), "2026-01-01T00:00:00Z");
    Files.writeString(book.resolve("" + family.getFirst().pid()), "");
    Files.writeString(book.resolve("torn"), "2026-01");

    Children.endLeftOvers("another", folder.resolve("other"), LONG);

    assertThat(family).allMatch(Processes::alive);
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void sparesItselfWhenItWorksForTheRun() throws Exception {
    var children = children(LONG);
    // A step of the run that resumes the run.
    Process within = children.start(java("end"));
    seen.add(within.toHandle());
    assertThat(within.inputReader().readLine()).isEqualTo("spared");
    assertThat(within.waitFor()).isZero();
    children.close();
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> notes = Files.list(folder.resolve("children"))) {
      return notes.toList();
    }
  }

  /** Has another process start a family, and kills it. */
  private List<ProcessHandle> startAndDie(String script) throws Exception {
    Process engine = java("start", script).start();
    seen.add(engine.toHandle());
    BufferedReader lines = engine.inputReader();
    var family = new ArrayList<ProcessHandle>();
    for (String number : List.of(lines.readLine(), lines.readLine())) {
      ProcessHandle.of(Long.parseLong(number)).ifPresent(family::add);
    }
    seen.addAll(family);
    assertThat(engine.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
    return family;
  }

  private ProcessBuilder java(String... what) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Engine.class.getName(),
                folder.toString()));
    command.addAll(List.of(what));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** What runs in the process that is killed. */
  static final class Engine {

    private Engine() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      if (arguments[1].equals("end")) {
        Children.endLeftOvers(RUN, folder, LONG);
        System.out.println("spared");
        return;
      }
      var owner = new Children.Owner(RUN, folder, "send", RUN + "/send");
      Process shell = new Children(owner, LONG).start(new ProcessBuilder("sh", "-c", arguments[2]));
      System.out.println(shell.pid());
      System.out.println(shell.inputReader().readLine());
      Thread.sleep(Duration.ofMinutes(10));
    }
  }
}
