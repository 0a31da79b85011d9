package dev.nightjar.stage;

import dev.nightjar.model.options.Durations;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.RetryPolicy;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;

/** The context of one step in one attempt; closed at its end. */
public final class AttemptContext implements StepContext, AutoCloseable {

  /** Nanoseconds between two times of giving way: each wakes another thread, which costs some. */
  private static final long TURN = 5_000_000;

  private final StepServices services;
  private final String step;
  private final String key;
  private final int attemptNumber;
  private final Attempt attempt;
  private final Meter.Tally tally;
  private final Supplier<Path> folder;
  private final List<Split> splits;
  private final Map<String, JsonNode> outputs = new LinkedHashMap<>();
  private volatile boolean hasFolder;
  private final List<Attempt.Registration> endings = new ArrayList<>();
  private @Nullable Children children;

  /** Of whichever thread of the step gave way last; one that another overwrites is no loss. */
  private long turnBegan;

  private @Nullable Logger log;
  private @Nullable RandomGenerator random;

  /**
   * A context.
   *
   * @param key what {@link #stepKey()} gives
   * @param folder the attempt's; made when first needed
   * @param splits what a source's task reads; empty for others
   */
  public AttemptContext(
      StepServices services,
      String step,
      String key,
      int attemptNumber,
      Attempt attempt,
      Meter.Tally tally,
      Path folder,
      List<Split> splits) {
    this(services, step, key, attemptNumber, attempt, tally, () -> folder, splits);
  }

  /** A context whose folder is not even named before it is needed. */
  public AttemptContext(
      StepServices services,
      String step,
      String key,
      int attemptNumber,
      Attempt attempt,
      Meter.Tally tally,
      Supplier<Path> folder,
      List<Split> splits) {
    this.services = services;
    this.step = step;
    this.key = key;
    this.attemptNumber = attemptNumber;
    this.attempt = attempt;
    this.tally = tally;
    this.folder = folder;
    this.splits = splits;
  }

  @Override
  public String step() {
    return step;
  }

  @Override
  public String stepKey() {
    return key;
  }

  @Override
  public int attempt() {
    return attemptNumber;
  }

  @Override
  public InstantSource clock() {
    return services.surroundings().clock();
  }

  @Override
  public synchronized RandomGenerator random() {
    if (random == null) {
      random = new SplittableRandom(key.hashCode() * 0x9E3779B97F4A7C15L);
    }
    return random;
  }

  @Override
  public synchronized Logger log() {
    if (log == null) {
      log = new StepLogger(step, services);
    }
    return log;
  }

  @Override
  public Map<String, String> env() {
    return services.env();
  }

  @Override
  public Process start(ProcessBuilder builder) throws IOException {
    attempt.check();
    return children().start(builder);
  }

  private synchronized Children children() {
    if (children == null) {
      var owner = new Children.Owner(services.run(), services.folder(), step, key);
      // Half of it: a step that waits for its children has to answer within the whole.
      var made = new Children(owner, services.grace().dividedBy(2));
      endings.add(attempt.onStop(made::terminate));
      endings.add(attempt.onAbandoned(made::kill));
      children = made;
    }
    return children;
  }

  /** Ends the processes that the step has started, and waits until they are gone. */
  @Override
  public void close() {
    Children started;
    synchronized (this) {
      started = children;
    }
    if (started != null) {
      started.close();
      endings.forEach(Attempt.Registration::close);
    }
  }

  @Override
  public void count(String name, long n) {
    tally.count(name, n);
  }

  @Override
  public void progress(long done, long total) {
    tally.progress(done, total);
  }

  @Override
  public void output(String name, @Nullable Object value) {
    JsonNode tree = Trees.of(value);
    synchronized (outputs) {
      outputs.put(name, tree);
    }
  }

  /** What the step has published so far. */
  public Map<String, JsonNode> outputs() {
    synchronized (outputs) {
      return outputs.isEmpty() ? Map.of() : new LinkedHashMap<>(outputs);
    }
  }

  @Override
  public Path folder() {
    return made(folder.get().resolve("scratch").resolve(step));
  }

  @Override
  public Path part() {
    return made(StageTask.sinkPart(folder.get()));
  }

  /** Whether the step has asked for a folder, so that there may be something to remove. */
  public boolean hasFolder() {
    return hasFolder;
  }

  private Path made(Path folder) {
    hasFolder = true;
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Split> splits() {
    return splits;
  }

  @Override
  public Path resolve(String path) {
    return services.resolve(path);
  }

  @Override
  public Path writable(Path path) {
    return services.writable(path);
  }

  @Override
  public String display(Path path) {
    return services.display(path);
  }

  @Override
  public void measure(String series, String label, Map<String, Long> values) {
    services.measure(
        step, series, new Measurement(clock().instant(), label, new LinkedHashMap<>(values)));
  }

  @Override
  public List<Measurement> measurements(String series) {
    return services.measurements(series);
  }

  @Override
  public <T> T retrying(RetryPolicy policy, Callable<T> call) throws Exception {
    long start = services.surroundings().nanos().getAsLong();
    for (int failures = 1; ; failures++) {
      checkCancelled();
      try {
        return call.call();
      } catch (Exception e) {
        attempt.check();
        Optional<Duration> wait = nextWait(policy, e, failures, start);
        if (wait.isEmpty()) {
          throw e;
        }
        log()
            .atWarn()
            .log(
                "attempt {} of {} failed, the next one is in {}: {}",
                failures,
                policy.maxAttempts(),
                Durations.format(wait.get()),
                e.getMessage());
        sleep(wait.get());
      }
    }
  }

  private Optional<Duration> nextWait(RetryPolicy policy, Exception e, int failures, long start) {
    if (!Failures.mayBeTriedAgain(e)
        || !policy.covers(Failures.code(e), String.valueOf(e.getMessage()))) {
      return Optional.empty();
    }
    var elapsed = Duration.ofNanos(services.surroundings().nanos().getAsLong() - start);
    return policy.wait(failures, elapsed, random().nextDouble());
  }

  @Override
  public <T, R> void parallel(Iterable<T> items, int limit, Work<T, R> work, Consumer<R> inOrder)
      throws Exception {
    OrderedWork.run(attempt, items, limit, work, inOrder);
  }

  @Override
  public void sleep(Duration duration) {
    attempt.check();
    try {
      services.surroundings().sleeper().sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled();
    }
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: it only lets others in sooner.
  public void checkCancelled() {
    attempt.check();
    long now = services.surroundings().nanos().getAsLong();
    if (now - turnBegan >= TURN) {
      turnBegan = now;
      Thread.yield();
    }
  }
}
