package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.Daemon;
import dev.nightjar.daemon.DaemonSettings;
import dev.nightjar.daemon.Notice;
import dev.nightjar.daemon.api.Api;
import dev.nightjar.daemon.api.Metrics;
import dev.nightjar.daemon.api.NewsBoard;
import dev.nightjar.daemon.api.Publishing;
import dev.nightjar.daemon.api.Sources;
import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trace.Traces;
import dev.nightjar.daemon.web.Page;
import dev.nightjar.daemon.web.Tokens;
import dev.nightjar.daemon.web.WebServer;
import dev.nightjar.daemon.web.WebSettings;
import dev.nightjar.model.options.Durations;
import dev.nightjar.runtime.Run;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.store.StepCache;
import dev.nightjar.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs the daemon until it is told to stop. */
final class ServeCommand implements Command {

  /** Long enough for a commit, short enough for a deploy. */
  private static final Duration DRAIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Serve a folder of workflows: run what is due, show it.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(new Syntax.Operand("FOLDER", false, "Where the workflows are."));
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>(WebOptions.ALL);
    all.add(
        Syntax.Option.value(
            "--drain",
            "DURATION",
            "How long running steps may go on after a SIGTERM; default: 30s."));
    all.add(
        Syntax.Option.value(
            "--parallelism", "N", "How many tasks of a stage at once; default: the cores."));
    all.add(Plugins.OPTION);
    all.add(
        Syntax.Option.flag(
            "Let steps write outside of their workflow's folder.", "--allow-outside"));
    all.addAll(Home.IN_SERVED_FOLDER);
    return all;
  }

  @Override
  public int run(Arguments arguments, Console console) throws InterruptedException {
    Path folder = folder(arguments.operand(0));
    Home home = Home.in(folder, arguments, console);
    var settings = settings(folder, home, arguments, console);
    var stop = new Stop();
    if (console.ownsProcess()) {
      stop.listen();
    }
    WebSettings web = WebOptions.of(arguments);
    Surroundings surroundings = Machine.surroundings(home.folder());
    Consumer<Notice> log = notice -> print(notice, console);
    try (Store store = home.open();
        StepCache cache = home.cache(console);
        Traces traces = Traces.open(console.environment(), store, surroundings, log)) {
      var publishing = new Publishing(new NewsBoard(), new Metrics(), traces::ended, log);
      try (Daemon daemon = Daemon.start(settings, store, cache, surroundings, publishing);
          WebServer server = web(web, daemon, settings, store, home, publishing)) {
        welcome(daemon, server, web, settings, console);
        stop.await();
        say(console, "stops: running steps have " + Durations.format(settings.drain()));
        // What is still running can be watched meanwhile.
        daemon.stop();
      }
    }
    return stop.exitCode();
  }

  /** Where a link leads: what is below one would not be seen. */
  private static Path folder(String operand) {
    Path folder = Plugins.path("FOLDER", operand);
    if (!Files.isDirectory(folder)) {
      throw new WrongUsage("there is no folder " + operand);
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new WrongUsage("the folder " + operand + " cannot be reached: " + e.getMessage());
    }
  }

  private static WebServer web(
      WebSettings web,
      Daemon daemon,
      DaemonSettings settings,
      Store store,
      Home home,
      Publishing publishing) {
    Instant started = Machine.clock().instant();
    var sources =
        new Sources(
            store,
            daemon.operations(),
            daemon.workflows(),
            daemon.plugins(),
            publishing.news(),
            publishing.metrics(),
            run -> daemon.run(run).map(Run::progress).orElse(List.of()),
            () -> status(daemon, settings, home, started),
            Machine.clock(),
            ZoneId.systemDefault());
    try {
      return WebServer.start(
          web,
          Api.routes(sources),
          Page.assets(),
          Tokens.open(home.folder(), Machine.secure()),
          Machine.surroundings(home.folder()),
          Version.number());
    } catch (IOException e) {
      throw new WrongUsage(e.getMessage() + "; choose another one with `--port` or `--listen`");
    }
  }

  private static Sources.Status status(
      Daemon daemon, DaemonSettings settings, Home home, Instant started) {
    List<String> runs = daemon.runs();
    long running = runs.stream().filter(run -> daemon.run(run).isPresent()).count();
    return new Sources.Status(
        Version.number(),
        started,
        settings.folder(),
        home.folder(),
        home.storeName(),
        (int) running,
        (int) (runs.size() - running),
        !daemon.isStopping(),
        daemon.problems());
  }

  private static void welcome(
      Daemon daemon, WebServer server, WebSettings web, DaemonSettings settings, Console console) {
    String address = web.address().getHostAddress();
    String host = address.contains(":") ? "[" + address + "]" : address;
    say(
        console,
        "serves %s of %s on http://%s:%d/"
            .formatted(files(daemon.workflows().all()), settings.folder(), host, server.port()));
    say(console, "whoever signs in needs a token of " + settings.home().resolve("tokens.json"));
  }

  private static String files(List<ServedWorkflow> all) {
    long broken = all.stream().filter(ServedWorkflow::isBroken).count();
    String some = broken == 0 ? "" : " (%d of them broken)".formatted(broken);
    return all.size() + " workflow files" + some;
  }

  private static DaemonSettings settings(
      Path folder, Home home, Arguments arguments, Console console) {
    Duration drain = arguments.age("--drain");
    return new DaemonSettings(
        folder,
        home.folder(),
        Plugins.folder(arguments, console),
        ZoneId.systemDefault(),
        arguments.positive("--parallelism", Runtime.getRuntime().availableProcessors()),
        arguments.flag("--allow-outside"),
        RunOptions.GRACE,
        drain == null ? DRAIN : drain,
        Housekeeping.retention(console),
        console.environment());
  }

  private static void print(Notice notice, Console console) {
    console.out().print(text(notice));
    console.out().flush();
  }

  /**
   * The lines of a log: time, level, what. Only the first has them: what a step says in a second
   * line cannot look like a line of ours.
   */
  static String text(Notice notice) {
    var text = new StringBuilder();
    for (String line : notice.text().lines().toList()) {
      text.append(
          text.isEmpty()
              ? "%s %-7s ".formatted(notice.at().truncatedTo(ChronoUnit.MILLIS), notice.level())
              : "    ");
      text.append(Visible.line(line)).append('\n');
    }
    return text.toString();
  }

  private static void say(Console console, String text) {
    print(new Notice(Machine.clock().instant(), Notice.Level.INFO, text), console);
  }

  /** The first signal stops the daemon, the second one ends the process at once. */
  private static final class Stop {

    private final CountDownLatch told = new CountDownLatch(1);
    private final AtomicInteger signal = new AtomicInteger();

    void listen() {
      Signals.on("INT", () -> received(2));
      Signals.on("TERM", () -> received(15));
      Signals.on("HUP", () -> received(1));
    }

    private void received(int number) {
      if (!signal.compareAndSet(0, number)) {
        Runtime.getRuntime().halt(128 + number);
      }
      told.countDown();
    }

    void await() throws InterruptedException {
      told.await();
    }

    int exitCode() {
      return 128 + signal.get();
    }
  }
}
