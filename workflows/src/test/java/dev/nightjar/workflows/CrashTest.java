package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.bench.crash.CrashTrial;
import dev.nightjar.bench.crash.Nightjar;
import dev.nightjar.bench.crash.Remembered;
import dev.nightjar.runtime.journal.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills, stops and starts the process that a user has, and looks at what is left. */
@Timeout(600)
class CrashTest {

  private static final Path DISTRIBUTION = CommandLine.CLONE.resolve("cli/target/nightjar");

  /** Steps that take a while, one after the other. */
  private static final String SLOW =
      """
      name: slow
      steps:
        - {id: first, uses: flow.set, with: {values: {a: 1}}}
        - {id: second, uses: flow.sleep, with: {duration: 3s}}
        - {id: third, uses: flow.set, with: {values: {a: 2}}}
      """;

  /** One that may not run twice, of which nobody can tell whether it has. */
  private static final String ONCE =
      """
      name: pay
      steps:
        - {id: pay, uses: flow.sleep, with: {duration: 2s}, effect: once}
        - {id: receipt, uses: flow.log, with: {message: paid}}
      """;

  /** Short, so that nobody has to wait for long until it has run out. */
  private static final Map<String, String> LEASE = Map.of("NIGHTJAR_LEASE", "1s");

  @TempDir Path folder;

  private final List<Nightjar> started = new ArrayList<>();

  @AfterEach
  void nothingGoesOn() {
    started.forEach(Nightjar::close);
  }

  @Test
  void aRunThatIsKilledTwentyTimesLeavesWhatOneLeavesThatIsNot() throws Exception {
    var report = CrashTrial.run(folder, DISTRIBUTION, 20_261_122, 20);

    report.print(System.out);
    assertThat(report.differences()).isEmpty();
    assertThat(report.kills()).isGreaterThanOrEqualTo(20);
    assertThat(report.tasks()).isGreaterThan(400);
  }

  @Test
  void aProcessThatSleptThreeLeasesCommitsNothing() throws Exception {
    Nightjar sleeper = run(SLOW);
    String run = awaitStep(sleeper, "second");
    sleeper.signal("STOP");
    int known = events().size();
    LockSupport.parkNanos(3_500_000_000L);

    Nightjar successor = resume(run);
    assertThat(successor.exitCode()).as(successor.toString()).isZero();
    List<Event> all = events();
    sleeper.signal("CONT");

    assertThat(sleeper.exitCode()).as(sleeper.toString()).isEqualTo(6);
    assertThat(sleeper.complained()).contains(run + " is no longer this process's");
    assertThat(sleeper.printed()).doesNotContain("run_ended");
    assertThat(events()).isEqualTo(all).hasSizeGreaterThan(known);
    assertThat(all).filteredOn(Event.RunEnded.class::isInstance).hasSize(1);
  }

  @Test
  void oneOfTwoResumesARun() throws Exception {
    Nightjar first = run(SLOW);
    String run = awaitStep(first, "second");
    first.kill();

    List<Nightjar> both = List.of(resume(run), resume(run));
    int one = both.getFirst().exitCode();
    int other = both.getLast().exitCode();

    assertThat(List.of(one, other)).as(both.toString()).containsExactlyInAnyOrder(0, 6);
    Nightjar winner = both.get(one == 0 ? 0 : 1);
    Nightjar loser = both.get(one == 0 ? 1 : 0);
    assertThat(loser.complained()).contains("rocess " + winner.pid() + " on ").contains(run);
    assertThat(events()).filteredOn(Event.RunResumed.class::isInstance).hasSize(1);
    assertThat(events()).filteredOn(Event.RunEnded.class::isInstance).hasSize(1);
  }

  @Test
  void aStepThatMayHaveDoneItsWorkWaitsForAPerson() throws Exception {
    Nightjar first = run(ONCE);
    String run = awaitStep(first, "pay");
    awaitEvent(Event.AttemptStarted.class);
    first.kill();

    Nightjar asked = resume(run);
    assertThat(asked.exitCode()).as(asked.toString()).isEqualTo(8);
    assertThat(asked.complained()).contains("pay").contains("nightjar resolve " + run);

    assertThat(command("resolve", run, "pay", "--succeeded").exitCode()).isZero();
    Nightjar last = resume(run);
    assertThat(last.exitCode()).as(last.toString()).isZero();
    assertThat(last.printed()).contains("paid");
    assertThat(events()).filteredOn(Event.AttemptStarted.class::isInstance).hasSize(1);
  }

  @Test
  void aStepThatMayHaveDoneItsWorkRunsAgainWhenAPersonSaysSo() throws Exception {
    Nightjar first = run(ONCE);
    String run = awaitStep(first, "pay");
    awaitEvent(Event.AttemptStarted.class);
    first.kill();

    assertThat(command("resolve", run, "pay", "--again").exitCode()).isZero();
    assertThat(resume(run).exitCode()).isZero();
    assertThat(events()).filteredOn(Event.AttemptStarted.class::isInstance).hasSize(2);
  }

  /** What may become of a file on a disk that is not what it was. */
  enum Harm {
    CUT {
      @Override
      byte[] of(byte[] store) {
        return Arrays.copyOf(store, store.length / 2 + 1);
      }
    },
    ZEROS {
      @Override
      byte[] of(byte[] store) {
        return new byte[store.length];
      }
    },
    BIT {
      @Override
      byte[] of(byte[] store) {
        byte[] harmed = store.clone();
        // In the first table's page: what is in it is read whatever is asked.
        harmed[103] ^= 0x40;
        return harmed;
      }
    };

    abstract byte[] of(byte[] store);
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void aDamagedStoreIsNamedAndLeftAlone(Harm harm) throws Exception {
    assertThat(run(ONCE).exitCode()).isZero();
    Path store = folder.resolve(".nightjar/store.db");
    byte[] damaged = harm.of(Files.readAllBytes(store));
    Files.write(store, damaged);

    for (Nightjar nightjar : List.of(run(ONCE), command("resume", "last"))) {
      assertThat(nightjar.exitCode()).as(nightjar.toString()).isEqualTo(5);
      assertThat(nightjar.complained()).contains("store.db");
      assertThat(Files.readAllBytes(store)).isEqualTo(damaged);
    }
  }

  /** Kills as soon as something was said, and looks whether the store knows it. */
  @Test
  void whatIsSaidIsOnDisk() throws Exception {
    for (int lines = 1; lines <= 5; lines++) {
      Path place = Files.createDirectories(folder.resolve("said-" + lines));
      int wanted = lines;
      Nightjar nightjar =
          start(place, List.of("run", write(place, SLOW).toString(), "--output", "json"));
      await(() -> nightjar.printed().lines().count() >= wanted || ended(nightjar));
      nightjar.kill();

      // What is read before the kill may grow until it comes.
      List<String> said = complete(nightjar.printed());
      List<Event> known = Remembered.in(place.resolve(".nightjar")).events();
      assertThat(said).hasSizeGreaterThanOrEqualTo(wanted);
      assertThat(known.size()).as(said.toString()).isGreaterThanOrEqualTo(said.size());
    }
  }

  /** The lines that end. */
  private static List<String> complete(String printed) {
    return printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
  }

  private Nightjar run(String yaml) throws IOException {
    return start(folder, List.of("run", write(folder, yaml).toString(), "--output", "json"));
  }

  private Nightjar resume(String run) throws IOException {
    return command("resume", run, "--output", "json");
  }

  private Nightjar command(String... words) throws IOException {
    return start(folder, List.of(words));
  }

  private Nightjar start(Path place, List<String> arguments) throws IOException {
    var nightjar =
        Nightjar.start(DISTRIBUTION, place, "process-" + started.size(), LEASE, arguments);
    started.add(nightjar);
    return nightjar;
  }

  private static Path write(Path place, String yaml) throws IOException {
    Path file = place.resolve("workflow.yaml");
    Path beside = place.resolve("workflow.new");
    Files.writeString(beside, yaml);
    return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Event> events() {
    return Remembered.in(folder.resolve(".nightjar")).events();
  }

  /** Waits until a step has begun; the run's id. */
  private static String awaitStep(Nightjar nightjar, String step) {
    await(() ->
        ended(nightjar)
            || nightjar
                .printed()
                .lines()
                .anyMatch(line ->
                    line.contains("\"step_started\"") && line.contains("\"" + step + "\"")));
    return nightjar.run().orElseThrow(() -> new AssertionError(nightjar.toString()));
  }

  private void awaitEvent(Class<? extends Event> type) {
    await(() -> events().stream().anyMatch(type::isInstance));
  }

  private static boolean ended(Nightjar nightjar) {
    return !ProcessHandle.of(nightjar.pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }
}
