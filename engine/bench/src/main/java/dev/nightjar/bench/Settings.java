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
 * @param suites which to run; empty for all
 */
record Settings(Path folder, Path distribution, int mebibytes, int rounds, List<String> suites) {

  static final String USAGE =
      "options: --folder DIR --distribution DIR --mebibytes N --rounds N [startup] [orders]"
          + " [foreach] [plugins] [store]";

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
    var suites = new ArrayList<String>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--folder" -> folder = Path.of(value(args, ++i));
        case "--distribution" -> distribution = Path.of(value(args, ++i));
        case "--mebibytes" -> mebibytes = Integer.parseInt(value(args, ++i));
        case "--rounds" -> rounds = Integer.parseInt(value(args, ++i));
        case "startup", "orders", "foreach", "plugins", "store" -> suites.add(args[i]);
        default -> throw new IllegalArgumentException("unknown: " + args[i] + "; " + USAGE);
      }
    }
    if (mebibytes < 1 || rounds < 1) {
      throw new IllegalArgumentException("--mebibytes and --rounds must be at least 1");
    }
    return new Settings(
        folder.toAbsolutePath(), distribution.toAbsolutePath(), mebibytes, rounds, suites);
  }

  private static String value(String[] args, int index) {
    if (index == args.length) {
      throw new IllegalArgumentException(args[index - 1] + " needs a value; " + USAGE);
    }
    return args[index];
  }

  boolean wants(String suite) {
    return suites.isEmpty() || suites.contains(suite);
  }
}
