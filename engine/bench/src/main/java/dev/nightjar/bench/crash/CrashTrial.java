package dev.nightjar.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Kills a run's process again and again, at moments drawn by chance from its whole length, also
 * while it takes over what its predecessor has left; lets it go on until it ends, and compares what
 * it leaves with what a run leaves that nobody kills.
 */
public final class CrashTrial {

  /** So many of ten processes are killed at any moment from their start, others once they speak. */
  private static final int EARLY = 2;

  /** So much of the run's length, at most, goes on until a process is killed that resumes it. */
  private static final int SHARE = 3;

  private final CrashWorkflow workflow;
  private final Path distribution;
  private final SplittableRandom random;
  private final Report report = new Report();
  private int processes;

  private CrashTrial(CrashWorkflow workflow, Path distribution, SplittableRandom random) {
    this.workflow = workflow;
    this.distribution = distribution;
    this.random = random;
  }

  /**
   * Kills so many times.
   *
   * @param folder for the workflow, its data and what is printed
   * @param distribution with {@code bin}, {@code lib} and {@code plugins}
   * @param seed of the data and the moments
   */
  public static Report run(Path folder, Path distribution, long seed, int kills)
      throws IOException, InterruptedException {
    var workflow = new CrashWorkflow(Files.createDirectories(folder).toRealPath());
    workflow.make(seed);
    var trial = new CrashTrial(workflow, distribution, new SplittableRandom(seed));
    Undisturbed undisturbed = trial.undisturbed();
    while (trial.report.kills() < kills) {
      trial.round(undisturbed, kills);
    }
    return trial.report;
  }

  /**
   * What a run leaves that nobody kills.
   *
   * @param length of its process
   * @param opening how long that took until the run began
   */
  private record Undisturbed(
      Duration length, Duration opening, Outputs outputs, Remembered remembered) {}

  private Undisturbed undisturbed() throws IOException, InterruptedException {
    Duration length = Duration.ZERO;
    Instant began = Instant.EPOCH;
    // The first one reads its files from the disk.
    for (int time = 0; time < 2; time++) {
      workflow.reset();
      try (Nightjar nightjar = start(Optional.empty())) {
        if (nightjar.exitCode() != 0) {
          throw new IllegalStateException("the workflow fails undisturbed: " + nightjar);
        }
        began = nightjar.began();
        length = Duration.between(began, Instant.now());
      }
    }
    var remembered = Remembered.in(workflow.home());
    report.undisturbed(length, remembered.commits().size());
    Duration opening = Duration.between(began, remembered.events().getFirst().at());
    return new Undisturbed(length, opening, Outputs.of(workflow.output()), remembered);
  }

  private Nightjar start(Optional<String> run) throws IOException {
    var arguments = new ArrayList<String>();
    if (run.isPresent()) {
      arguments.addAll(List.of("resume", run.get(), "--home", workflow.home().toString()));
    } else {
      arguments.addAll(List.of("run", workflow.file().toString(), "--resume"));
    }
    arguments.addAll(List.of("--output", "json", "--parallelism", "2"));
    String name = "%04d".formatted(processes++);
    return Nightjar.start(distribution, workflow.folder(), name, Map.of(), arguments);
  }

  /** The life of one process. */
  private record Life(Instant began, Instant ended, boolean killed) {}

  private void round(Undisturbed undisturbed, int most) throws IOException, InterruptedException {
    workflow.reset();
    int first = processes;
    Optional<String> run = Optional.empty();
    var lives = new ArrayList<Life>();
    int kills = report.kills();
    String complaint = null;
    for (boolean ended = false; !ended; ) {
      try (Nightjar nightjar = start(run)) {
        boolean killed = kills < most && kill(nightjar, undisturbed, lives.isEmpty());
        lives.add(new Life(nightjar.began(), Instant.now(), killed));
        kills += killed ? 1 : 0;
        ended = !killed;
        complaint = killed ? null : complaint(nightjar, lives);
        run = run.or(nightjar::run);
      }
    }
    var remembered = Remembered.in(workflow.home());
    count(lives, remembered);
    String where = "processes %04d to %04d: ".formatted(first, processes - 1);
    if (complaint != null) {
      report.differs(where + complaint);
    }
    boolean late =
        lives.stream()
            .anyMatch(life -> remembered.phase(life.began, life.ended) == Phase.END && life.killed);
    compare(where, undisturbed, remembered, late);
  }

  /** Kills a process at some moment, unless it ends before. */
  private boolean kill(Nightjar nightjar, Undisturbed undisturbed, boolean first)
      throws InterruptedException {
    long length = undisturbed.length.minus(undisturbed.opening).toNanos();
    long most = undisturbed.opening.toNanos();
    if (random.nextInt(10) >= EARLY) {
      nightjar.awaitFirstWord();
      most = first ? length : length / SHARE;
    }
    return !nightjar.ends(Duration.ofNanos(random.nextLong(most))) && nightjar.kill();
  }

  /** What is wrong with the end of a process that nobody killed. */
  private static @Nullable String complaint(Nightjar nightjar, List<Life> lives)
      throws InterruptedException {
    int code = nightjar.exitCode();
    // The one before was killed when all was said and done, and only the process was left.
    boolean late = lives.size() > 1 && code == 2 && nightjar.complained().contains("has ended");
    return code == 0 || late ? null : "exit code " + code + ", " + nightjar;
  }

  private void count(List<Life> lives, Remembered remembered) {
    for (int i = 0; i < lives.size(); i++) {
      Life life = lives.get(i);
      if (life.killed) {
        report.killed(remembered.phase(life.began, life.ended));
      }
      Instant done = remembered.firstDone(life.began, life.ended);
      if (i > 0 && done != null) {
        report.restarted(Duration.between(life.began, done));
      }
    }
  }

  /**
   * Notes what is not as it should be.
   *
   * @param late whether the run had ended when the last process was killed: what it keeps on disk
   *     goes with the run when that is forgotten
   */
  private void compare(String where, Undisturbed undisturbed, Remembered remembered, boolean late)
      throws IOException {
    var commits = new TreeMap<>(remembered.commits());
    report.committed(commits.size());
    commits.values().removeIf(times -> times == 1);
    differs(where + "committed more than once", "{}", commits.toString());
    var right = undisturbed.remembered.tasks();
    differs(where + "tasks committed", right.toString(), remembered.tasks().toString());
    differs(where + "result", undisturbed.remembered.result(), remembered.result());
    differs(where + "runs", "1", String.valueOf(remembered.runs()));
    Outputs now = Outputs.of(workflow.output());
    differs(where + "output", "{}", undisturbed.outputs.differences(now));
    if (!late) {
      try (var runs = Files.list(workflow.home().resolve("runs"))) {
        differs(where + "folders left", "[]", runs.toList().toString());
      }
    }
  }

  private void differs(String what, String right, String now) {
    if (!right.equals(now)) {
      report.differs("%s%n  undisturbed %s%n  now         %s".formatted(what, right, now));
    }
  }
}
