package dev.nightjar.daemon;

import dev.nightjar.daemon.api.Metrics;
import dev.nightjar.daemon.api.NewsBoard;
import dev.nightjar.daemon.api.Publishing;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.TestJar;
import dev.nightjar.store.Retention;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A folder, a plugin with the steps {@code test.greet}, which does nothing, and {@code test.wait},
 * which waits for {@link #open}; a store, and daemons that serve them.
 */
public final class DaemonSample implements AutoCloseable {

  public static final Instant START = Instant.parse("2026-11-20T11:59:30Z");

  /** Real time, for what other threads do. */
  private static final long PATIENCE_SECONDS = 30;

  public final Path folder;
  public final Path home;
  public final ManualClock clock = new ManualClock(START);
  public final Store store;
  public final Surroundings surroundings;

  /** The ids of runs that have ended. */
  public final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

  final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();

  /** Whether whatever draws chance fails; each time it did is in {@link #failures}. */
  volatile boolean chanceFails;

  final BlockingQueue<IllegalStateException> failures = new LinkedBlockingQueue<>();

  private final Path gate;
  private final Path plugins;
  private final Map<String, String> environment;

  /** Nothing is served yet. */
  public DaemonSample(Path temp, Map<String, String> environment) throws IOException {
    this.environment = environment;
    folder = Files.createDirectories(temp.resolve("workflows"));
    home = Files.createDirectories(temp.resolve("home"));
    plugins = Files.createDirectories(temp.resolve("plugins"));
    gate = temp.resolve("gate");
    TestJar.plugin("test", Map.of("test.greet", "test.Greet", "test.wait", "test.Wait"))
        .source("test.Greet", TestJar.taskSource("test.Greet", ""))
        .source("test.Wait", waiting(gate))
        .write(plugins.resolve("test.jar"));
    store = Store.open(new StoreSettings(home, null, clock, StoreSettings.LEASE));
    surroundings =
        new Surroundings(
            clock,
            () -> Duration.between(START, clock.instant()).toNanos(),
            new Chance(),
            clock::sleep,
            home);
  }

  private static String waiting(Path gate) {
    return """
    package test;
    public final class Wait implements dev.nightjar.spi.Task<Wait.Options> {
      public record Options() {}
      @Override public void run(Options options, dev.nightjar.spi.StepContext context)
          throws Exception {
        while (!java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
          Thread.sleep(10);
        }
      }
    }
    """
        .formatted(gate);
  }

  private final class Chance extends Random {
    private static final long serialVersionUID = 1L;

    Chance() {
      super(1);
    }

    @Override
    public int nextInt(int bound) {
      if (chanceFails) {
        var failure = new IllegalStateException("no chance");
        failures.add(failure);
        throw failure;
      }
      return super.nextInt(bound);
    }
  }

  public void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** Lets steps go on that wait. */
  public void open() throws IOException {
    Files.createFile(gate);
  }

  /** Begins to serve. */
  public Daemon start() {
    return Daemon.start(settings(), store, ResultCache.NONE, surroundings, watcher());
  }

  DaemonSettings settings() {
    return new DaemonSettings(
        folder,
        home,
        plugins,
        ZoneOffset.UTC,
        1,
        false,
        Duration.ofSeconds(5),
        Duration.ZERO,
        new Retention(null, 0),
        environment);
  }

  Watcher watcher() {
    return new Publishing(new NewsBoard(), new Metrics(), ended::add, notices::add);
  }

  /** The next one that comes. */
  public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return Objects.requireNonNull(queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing came");
  }

  @Override
  public void close() {
    store.close();
  }
}
