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
 * @param mebibytes size of the orders
 * @param rounds how often each candidate runs
 * @param kills how often a process is killed
 * @param seed of the moments when it is
 * @param suites which to run; empty for all that measure
 */
record Settings(
    Path folder,
    Path distribution,
    int mebibytes,
    int rounds,
    int kills,
    long seed,
    List<String> suites) {

  static final String USAGE =
      "options: --folder DIR --distribution DIR --mebibytes N --rounds N --kills N --seed N"
          + " [startup] [orders] [foreach] [plugins] [store] [journal] [daemon] [crash]";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static Settings read(String[] args) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "nightjar-bench");
    Path distribution = Path.of("cli", "target", "nightjar");
    int mebibytes = 512;
    int rounds = 5;
    int kills = 200;
    long seed = 1;
    var suites = new ArrayList<String>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--folder" -> folder = Path.of(value(args, ++i));
        case "--distribution" -> distribution = Path.of(value(args, ++i));
        case "--mebibytes" -> mebibytes = Integer.parseInt(value(args, ++i));
        case "--rounds" -> rounds = Integer.parseInt(value(args, ++i));
        case "--kills" -> kills = Integer.parseInt(value(args, ++i));
        case "--seed" -> seed = Long.parseLong(value(args, ++i));
        case "startup",
            "text",
            "orders",
            "foreach",
            "plugins",
            "store",
            "journal",
            "daemon",
            "crash" ->
            suites.add(args[i]);
        default -> throw new IllegalArgumentException("unknown: " + args[i] + "; " + USAGE);
      }
    }
    if (mebibytes < 1 || rounds < 1 || kills < 1) {
      throw new IllegalArgumentException("--mebibytes, --rounds and --kills must be at least 1");
    }
    return new Settings(
        folder.toAbsolutePath(),
        distribution.toAbsolutePath(),
        mebibytes,
        rounds,
        kills,
        seed,
        suites);
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
