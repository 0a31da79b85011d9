package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many times the wall of its reference each measurement took on a quiet machine.
 *
 * @param mebibytes size of the orders and of the log
 * @param files how many small files
 * @param ratios by name
 */
record Baseline(int mebibytes, int files, Map<String, Double> ratios) {

  /** Machines differ and are never quite quiet; what is worse than this has a cause. */
  private static final double TOLERANCE = 1.25;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Baseline {
    ratios = new TreeMap<>(ratios);
    ratios.replaceAll((name, ratio) -> Math.rint(ratio * 1_000) / 1_000);
  }

  static Baseline read(Path file) throws IOException {
    return JSON.readValue(Files.readAllBytes(file), Baseline.class);
  }

  void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  /**
   * Says whether figures for these sizes can be held against this.
   *
   * @throws IllegalArgumentException when they cannot
   */
  void check(Settings settings) {
    if (settings.mebibytes() != mebibytes || settings.files() != files) {
      throw new IllegalArgumentException(
          "%s is for --mebibytes %d --files %d".formatted(settings.baseline(), mebibytes, files));
    }
  }

  /** What got worse, and what is no longer measured: a line each; nothing when all is well. */
  List<String> worse(Map<String, Double> now) {
    var worse = new ArrayList<String>();
    ratios.forEach((name, before) -> {
      Double ratio = now.get(name);
      if (ratio == null) {
        worse.add(name + " is not measured any more");
      } else if (ratio > before * TOLERANCE) {
        worse.add(
            String.format(
                Locale.ROOT,
                "%s: %.2f, was %.2f (%+.0f %%)",
                name,
                ratio,
                before,
                100 * (ratio / before - 1)));
      }
    });
    return worse;
  }

  /** Prints what is worse, and whether anything was compared. */
  void print(List<String> worse, PrintStream out) {
    out.printf("%n### Check%n%n");
    worse.forEach(line -> out.printf("* %s%n", line));
    if (ratios.isEmpty()) {
      out.printf("The baseline holds no ratios yet: nothing was compared.%n");
    } else if (worse.isEmpty()) {
      out.printf("None of %d ratios is worse by more than a quarter.%n", ratios.size());
    }
  }
}
