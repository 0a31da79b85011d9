package dev.nightjar.bench.crash;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What killing has shown. */
public final class Report {

  private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
  private final List<Duration> restarts = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private Duration length = Duration.ZERO;
  private int tasks;
  private int committed;

  Report() {}

  void undisturbed(Duration took, int taskCount) {
    length = took;
    tasks = taskCount;
  }

  void killed(Phase phase) {
    phases.merge(phase, 1, Integer::sum);
  }

  void restarted(Duration untilDone) {
    restarts.add(untilDone);
  }

  void committed(int taskCount) {
    committed += taskCount;
  }

  void differs(String what) {
    differences.add(what);
  }

  /** How often a process was killed. */
  public int kills() {
    return phases.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What was not as without kills; empty when all is well. */
  public List<String> differences() {
    return Collections.unmodifiableList(differences);
  }

  /** The longest time from the start of a process to the first thing that it got done. */
  public Duration slowestRestart() {
    return restarts.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** Tasks of an undisturbed run. */
  public int tasks() {
    return tasks;
  }

  /** Prints it as Markdown. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%n### Crashes%n%nUndisturbed: %.2f s, %d tasks.%n%n| killed while | times |%n|---|--:|%n",
        seconds(length),
        tasks);
    for (Phase phase : Phase.values()) {
      out.printf("| %s | %d |%n", phase.text(), phases.getOrDefault(phase, 0));
    }
    out.printf("| **in all** | %d |%n", kills());
    List<Duration> sorted = restarts.stream().sorted().toList();
    Duration median = sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
    out.printf(
        Locale.ROOT,
        "%n%d restarts; from the start of the process to the first new commit: median %.2f s, longest %.2f s."
            + "%n%,d tasks committed. Differences: %d.%n",
        restarts.size(),
        seconds(median),
        seconds(slowestRestart()),
        committed,
        differences.size());
    differences.forEach(difference -> out.println("* " + difference));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
