package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Time against size, from one to a thousand times: straight lines, or what is none. */
record Growth(Settings settings, Programs programs, Rounds rounds, PrintStream out) {

  private static final int[] TIMES = {1, 10, 100, 1_000};

  /** How many times its place on a straight line the last may take before that is none. */
  private static final double STEEPER = 1.25;

  /** Characters of the longest bar: bars of one length are a straight line. */
  private static final int BAR = 30;

  /** The index of plugins believes no jar that was changed less than two seconds before it. */
  private static final Duration UNSURE = Duration.ofSeconds(3);

  /** What is measured at a size. */
  private interface Work {
    Command of(int size) throws IOException, InterruptedException;
  }

  void run() throws IOException, InterruptedException {
    measured("MiB of orders", upTo(settings.mebibytes(), 1), this::orders);
    measured("MiB of log", upTo(settings.mebibytes(), 1), this::text);
    measured("files", upTo(settings.files(), 20), this::files);
    for (StepData shape : StepData.values()) {
      measured("steps, " + shape, upTo(10_000, 10), steps -> steps(shape, steps));
    }
    measured("plugins, listed", upTo(1_000, 10), this::plugins);
    measured("stored runs, listed", TIMES, this::list);
    measured("stored runs, one more run", TIMES, this::oneMore);
  }

  private static int[] upTo(int most, int unit) {
    return IntStream.of(TIMES).map(times -> times * unit).filter(size -> size <= most).toArray();
  }

  private Command orders(int mebibytes) throws IOException {
    Path orders = OrderData.file(settings.folder(), mebibytes);
    return run("orders.yaml", "source=" + orders);
  }

  private Command text(int mebibytes) throws IOException {
    return run("text.yaml", "source=" + LogData.file(settings.folder(), mebibytes));
  }

  private Command files(int count) throws IOException {
    return run("files.yaml", "folder=" + OrderData.files(settings.folder(), count));
  }

  private Command run(String workflow, String input) throws IOException {
    return programs.nightjar(input, "run", programs.resource(workflow), "-q", "--input", input);
  }

  private Command steps(StepData shape, int steps) throws IOException {
    return programs.nightjar("steps", "run", shape.workflow(programs.folder(), steps), "-q");
  }

  /** Listed from the index that the round leaves which is not counted. */
  private Command plugins(int count) throws IOException, InterruptedException {
    Path root = programs.folder().resolve("plugins-" + count);
    var folder = ServedFolder.empty(root);
    folder.plugins(settings.distribution(), count);
    Thread.sleep(UNSURE);
    return programs.nightjar("plugins", "plugins", "list", "--plugins", folder.plugins());
  }

  private Command list(int runs) throws IOException, InterruptedException {
    return programs.nightjar("runs", "runs", "list", "--home", home(runs));
  }

  private Command oneMore(int runs) throws IOException, InterruptedException {
    Path hello = programs.resource("hello.yaml");
    return programs.nightjar("run", "run", hello, "-q", "--home", home(runs));
  }

  /** A home with a store of so many runs, and a few more once it was measured. */
  private Path home(int runs) throws IOException, InterruptedException {
    Path home = programs.folder().resolve("stored-" + runs);
    if (!Files.exists(home)) {
      Path plugins = settings.distribution().resolve("plugins");
      Path hello = programs.resource("hello.yaml");
      Path unfinished = Files.createTempDirectory(programs.folder(), "stored-");
      programs.java("runs to store", StoredRuns.class, plugins, hello, unfinished, runs).run();
      Files.move(unfinished, home);
    }
    return home;
  }

  private void measured(String title, int[] sizes, Work work)
      throws IOException, InterruptedException {
    var candidates = Candidates.of();
    for (int size : sizes) {
      Command command = work.of(size);
      candidates.ifThere(
          new Command(
              Integer.toString(size), command.words(), command.environment(), command.folder()));
    }
    print(title, rounds.of(candidates));
    candidates.printAbsent(out);
  }

  /** A size, and what each unit more than the size before has cost, in seconds of wall. */
  private record Point(int size, Usage usage, double each) {}

  private static List<Point> points(Map<String, Usage> figures) {
    var points = new ArrayList<Point>();
    for (var figure : figures.entrySet()) {
      int size = Integer.parseInt(figure.getKey());
      Usage usage = figure.getValue();
      Point before = points.isEmpty() ? null : points.getLast();
      double each =
          before == null
              ? 0
              : Math.max(0, usage.wall() - before.usage.wall()) / (size - before.size);
      points.add(new Point(size, usage, each));
    }
    return points;
  }

  private void print(String title, Map<String, Usage> figures) {
    List<Point> points = points(figures);
    double most = points.stream().mapToDouble(Point::each).max().orElse(0);
    out.printf(
        "%n### Growth: %s%n%n| size | wall s | CPU s | resident MB | ms each more | |%n"
            + "|--:|--:|--:|--:|--:|:--|%n",
        title);
    for (Point point : points) {
      row(point, most);
    }
    if (points.size() > 2) {
      judge(points.subList(points.size() - 3, points.size()));
    }
  }

  private void row(Point point, double most) {
    boolean first = point.each == 0;
    out.printf(
        Locale.ROOT,
        "| %,d | %.3f | %.3f | %.0f | %s | %s |%n",
        point.size,
        point.usage.wall(),
        point.usage.cpu(),
        point.usage.resident() / 1e6,
        first ? "" : String.format(Locale.ROOT, "%.4f", point.each * 1_000),
        first ? "" : "#".repeat((int) Math.max(1, Math.round(BAR * point.each / most))));
  }

  /** Three points: whether the last lies on the line through the two before. */
  private void judge(List<Point> points) {
    Point middle = points.get(1);
    Point last = points.get(2);
    double line = middle.usage.wall() + middle.each * (last.size - middle.size);
    out.printf(
        Locale.ROOT,
        "%nA straight line through the two before ends at %.3f s, the last is at %.3f: %s.%n",
        line,
        last.usage.wall(),
        last.usage.wall() <= line * STEEPER ? "straight" : "STEEPER");
  }
}
