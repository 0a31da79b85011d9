package dev.nightjar.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param folder for data and output; nothing is written elsewhere
 * @param distribution what is measured: the folder with {@code bin}, {@code lib} and {@code
 *     plugins}
 * @param baseline the ratios that `check` compares with
 * @param mebibytes size of the orders and of the log
 * @param files how many small files
 * @param rounds how often each candidate runs
 * @param kills how often a process is killed
 * @param seed of the moments when it is
 * @param suites which to run; empty for all that measure
 */
record Settings(
    Path folder,
    Path distribution,
    Path baseline,
    int mebibytes,
    int files,
    int rounds,
    int kills,
    long seed,
    List<String> suites) {

  /** Those that measure, in their order. */
  static final List<String> SUITES =
      List.of(
          "startup", "plugins", "foreach", "store", "journal", "daemon", "orders", "text", "files",
          "steps", "memory", "growth");

  /** Those that run only when they are named. */
  private static final List<String> BY_NAME = List.of("crash", "check");

  static final String USAGE =
      "options: --folder DIR --distribution DIR --mebibytes N --files N --rounds N --kills N"
          + " --seed N --baseline FILE ["
          + String.join("] [", SUITES)
          + "] ["
          + String.join("] [", BY_NAME)
          + "]";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static Settings read(String[] args) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "nightjar-bench");
    Path distribution = Path.of("cli", "target", "nightjar");
    Path baseline = Path.of("engine", "bench", "baseline.json");
    int mebibytes = 512;
    int files = 20_000;
    int rounds = 5;
    int kills = 200;
    long seed = 1;
    var suites = new ArrayList<String>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--folder" -> folder = Path.of(value(args, ++i));
        case "--distribution" -> distribution = Path.of(value(args, ++i));
        case "--baseline" -> baseline = Path.of(value(args, ++i));
        case "--mebibytes" -> mebibytes = Integer.parseInt(value(args, ++i));
        case "--files" -> files = Integer.parseInt(value(args, ++i));
        case "--rounds" -> rounds = Integer.parseInt(value(args, ++i));
        case "--kills" -> kills = Integer.parseInt(value(args, ++i));
        case "--seed" -> seed = Long.parseLong(value(args, ++i));
        default -> suites.add(suite(args[i]));
      }
    }
    if (mebibytes < 1 || files < 1 || rounds < 1 || kills < 1) {
      throw new IllegalArgumentException(
          "--mebibytes, --files, --rounds and --kills must be at least 1");
    }
    return new Settings(
        folder.toAbsolutePath(),
        distribution.toAbsolutePath(),
        baseline.toAbsolutePath(),
        mebibytes,
        files,
        rounds,
        kills,
        seed,
        suites);
  }

  private static String suite(String word) {
    if (SUITES.contains(word) || BY_NAME.contains(word)) {
      return word;
    }
    throw new IllegalArgumentException("unknown: " + word + "; " + USAGE);
  }

  private static String value(String[] args, int index) {
    if (index == args.length) {
      throw new IllegalArgumentException(args[index - 1] + " needs a value; " + USAGE);
    }
    return args[index];
  }

  boolean wants(String suite) {
    return suites.isEmpty() || names(suite);
  }

  /** For what is no measurement. */
  boolean names(String suite) {
    return suites.contains(suite);
  }
}
