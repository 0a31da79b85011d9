package dev.nightjar.bench;

import dev.nightjar.bench.crash.CrashTrial;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures whole processes, and prints a table for each question; see the README. */
public final class Bench {

  private static final int ITEMS = 1_000_000;

  /** The suites whose ratios are held against the baseline. */
  private static final List<String> CHECKED =
      List.of("startup", "orders", "text", "files", "steps", "memory");

  private final Settings settings;
  private final Programs programs;
  private final Rounds rounds;
  private final PrintStream out;

  private Bench(Settings settings, PrintStream out) {
    this.settings = settings;
    this.programs = new Programs(settings.distribution(), settings.folder().resolve("runs"));
    this.rounds = new Rounds(settings.rounds());
    this.out = out;
  }

  /** Options as {@link Settings#USAGE} says. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean well;
    try {
      well = new Bench(Settings.read(args), System.out).run();
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    if (!well) {
      System.exit(1);
    }
  }

  /** Whether nothing has become worse, where that was asked. */
  private boolean run() throws IOException, InterruptedException {
    out.printf(
        "Java %s, %d processors, %d rounds%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), settings.rounds());
    for (String suite : Settings.SUITES) {
      if (settings.wants(suite)) {
        measure(suite);
      }
    }
    if (settings.names("crash")) {
      crash();
    }
    return !settings.names("check") || check();
  }

  /** Gives the ratios that {@code check} looks at, by name; there are none for many. */
  private Map<String, Double> measure(String suite) throws IOException, InterruptedException {
    switch (suite) {
      case "startup" -> {
        return startup();
      }
      case "plugins" -> plugins();
      case "foreach" -> foreach();
      case "store" -> new StoreSpeed(settings, out).run();
      case "journal" -> journal();
      case "daemon" -> new DaemonSpeed(settings, out).run();
      case "orders" -> {
        return new OrdersJob(settings, programs, rounds, out).run();
      }
      case "text" -> {
        return new TextJob(settings, programs, rounds, out).run();
      }
      case "files" -> {
        return new FilesJob(settings, programs, rounds, out).run();
      }
      case "steps" -> {
        return new StepsJob(programs, rounds, out).run();
      }
      case "memory" -> {
        return new MemoryJob(settings, programs, rounds, out).run();
      }
      case "growth" -> new Growth(settings, programs, rounds, out).run();
      default -> throw new IllegalArgumentException("no suite is called " + suite);
    }
    return Map.of();
  }

  /** Measures what is held against the baseline, and leaves it in a file for the next one. */
  private boolean check() throws IOException, InterruptedException {
    Baseline baseline = Baseline.read(settings.baseline());
    baseline.check(settings);
    var now = new LinkedHashMap<String, Double>();
    for (String suite : CHECKED) {
      now.putAll(measure(suite));
    }
    Path measured = settings.folder().resolve("baseline.json");
    new Baseline(settings.mebibytes(), settings.files(), now).write(measured);
    List<String> worse = baseline.worse(now);
    baseline.print(worse, out);
    out.printf("%nThe ratios of this run are in %s.%n", measured);
    return worse.isEmpty() && !baseline.ratios().isEmpty();
  }

  private Map<String, Double> startup() throws IOException, InterruptedException {
    Path workflow = programs.resource("hello.yaml");
    var candidates =
        List.of(
            programs.java("JVM that prints hello", Hello.class),
            programs.nightjar("nightjar --help", "--help"),
            programs.nightjar("nightjar validate", "validate", workflow),
            programs.nightjar("nightjar run, one step", "run", workflow));
    Map<String, Usage> figures = rounds.of(candidates);
    var table = new Table("Start", "JVM that prints hello", 0, 0);
    table.print(figures, out);
    for (Command candidate : candidates.subList(1, candidates.size())) {
      out.printf("%n%s loads %d classes of plugins.%n", candidate.name(), pluginClasses(candidate));
    }
    return table.ratios(figures);
  }

  private long pluginClasses(Command command) throws IOException, InterruptedException {
    Path log = programs.folder().resolve("classes.log");
    command.with("NIGHTJAR_OPTS", "-Xlog:class+load:file=" + log).run();
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("] dev.nightjar.plugin.")).count();
    }
  }

  private void plugins() throws IOException, InterruptedException {
    Path jars = settings.distribution().resolve("plugins");
    Path copies = programs.folder().resolve("copies");
    Path indexes = programs.folder().resolve("indexes");
    var command =
        programs.javaWithCache("load three plugins", PluginLoading.class, jars, copies, indexes);
    double[][] figures = new double[4][settings.rounds()];
    for (int round = -1; round < settings.rounds(); round++) {
      command.run();
      String[] millis = command.printed().strip().split(" ", -1);
      for (int i = 0; i < figures.length && round >= 0; i++) {
        figures[i][round] = Double.parseDouble(millis[i]);
      }
    }
    for (double[] figure : figures) {
      Arrays.sort(figure);
    }
    int middle = settings.rounds() / 2;
    out.printf(
        Locale.ROOT,
        "%n### Plugins%n%nFolder opened in %.0f ms (CPU %.0f), three plugins loaded in %.0f ms"
            + " (CPU %.0f) more.%n",
        figures[0][middle],
        figures[1][middle],
        figures[2][middle],
        figures[3][middle]);
  }

  private void crash() throws IOException, InterruptedException {
    Path folder = settings.folder().resolve("crash");
    var report = CrashTrial.run(folder, settings.distribution(), settings.seed(), settings.kills());
    report.print(out);
    if (!report.differences().isEmpty()) {
      throw new IllegalStateException("a run that was killed left something else; see above");
    }
  }

  private void journal() throws IOException, InterruptedException {
    Path plugins = settings.distribution().resolve("plugins");
    Path workflow = programs.resource("foreach.yaml");
    Path items = items();
    String counted = "a million items, events counted";
    Path home = programs.folder().resolve("journal");
    Map<String, Usage> figures =
        rounds.of(
            List.of(
                programs.java(counted, JournalJob.class, "counted", plugins, workflow, home, items),
                programs.java(
                    "a million items, events stored",
                    JournalJob.class,
                    "stored",
                    plugins,
                    workflow,
                    home,
                    items)));
    new Table("Journal", counted, ITEMS, 0).print(figures, out);
  }

  private Path items() throws IOException {
    Path items = settings.folder().resolve("items.txt");
    if (!Files.exists(items)) {
      Files.createDirectories(settings.folder());
      try (BufferedWriter lines = Files.newBufferedWriter(items)) {
        for (int i = 0; i < ITEMS; i++) {
          lines.write(i + "\n");
        }
      }
    }
    return items;
  }

  private void foreach() throws IOException, InterruptedException {
    Path workflow = programs.resource("foreach.yaml");
    String source = "source=" + items();
    Map<String, Usage> figures =
        rounds.of(
            List.of(
                programs.java("a virtual thread each, 2 at once", BareThreads.class, ITEMS, 2),
                foreach("flow.foreach, 1 at once", workflow, source, 1),
                foreach("flow.foreach, 2 at once", workflow, source, 2)));
    new Table("A million items", "a virtual thread each, 2 at once", ITEMS, 0).print(figures, out);
  }

  private Command foreach(String name, Path workflow, String source, int atOnce) {
    return programs.nightjar(
        name, "run", workflow, "-q", "--input", source, "--input", "at_once=" + atOnce);
  }
}
