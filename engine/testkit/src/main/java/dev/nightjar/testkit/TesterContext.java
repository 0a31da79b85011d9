package dev.nightjar.testkit;

import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.RetryPolicy;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import dev.nightjar.stage.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A step context that keeps everything in memory. */
final class TesterContext implements StepContext, AutoCloseable {

  /** How long a child may take to end; nobody waits for one that does. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ManualClock clock;
  private final RandomGenerator random;
  private final Map<String, String> env;
  private final @Nullable Path root;
  private final LineLogger log = new LineLogger();

  private final Map<String, JsonNode> outputs = new LinkedHashMap<>();
  private final Map<String, Long> counters = new LinkedHashMap<>();
  private final Map<String, List<Measurement>> measurements = new LinkedHashMap<>();
  private List<Split> splits = List.of();
  private boolean committing;
  private @Nullable Children children;

  TesterContext(ManualClock clock, long seed, Map<String, String> env, @Nullable Path root) {
    this.clock = clock;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.env = env;
    this.root = root;
  }

  void giveSplits(List<Split> all) {
    splits = List.copyOf(all);
  }

  synchronized Map<String, JsonNode> outputs() {
    return new LinkedHashMap<>(outputs);
  }

  synchronized Map<String, Long> counters() {
    return new LinkedHashMap<>(counters);
  }

  synchronized Map<String, List<Measurement>> measurements() {
    var copy = new LinkedHashMap<String, List<Measurement>>();
    measurements.forEach((series, points) -> copy.put(series, List.copyOf(points)));
    return copy;
  }

  List<String> lines() {
    return log.lines();
  }

  @Override
  public String step() {
    return "test";
  }

  @Override
  public String stepKey() {
    return "test-1";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Logger log() {
    return log;
  }

  @Override
  public Map<String, String> env() {
    return env;
  }

  @Override
  public Process start(ProcessBuilder builder) throws IOException {
    checkCancelled();
    return children().start(builder);
  }

  private synchronized Children children() {
    if (children == null) {
      var owner = new Children.Owner("test", made("run"), step(), stepKey());
      children = new Children(owner, GRACE);
    }
    return children;
  }

  /** Ends the processes that were started. */
  @Override
  public synchronized void close() {
    if (children != null) {
      children.close();
    }
  }

  @Override
  public synchronized void count(String name, long n) {
    counters.merge(name, n, Long::sum);
  }

  @Override
  public void progress(long done, long total) {
    if (done < 0 || total < -1) {
      throw new IllegalArgumentException("progress %d of %d".formatted(done, total));
    }
  }

  @Override
  public synchronized void output(String name, @Nullable Object value) {
    outputs.put(name, JsonMapper.shared().valueToTree(value));
  }

  @Override
  public Path folder() {
    return made("scratch");
  }

  @Override
  public Path part() {
    return made(committing ? "commit" : "part");
  }

  /** The part that was written is put in place from now on. */
  Path commit() {
    Path written = part();
    committing = true;
    return written;
  }

  private Path made(String name) {
    if (root == null) {
      throw new IllegalStateException("give the tester a folder: .folder(tempDir)");
    }
    try {
      return Files.createDirectories(root.resolve(".test").resolve(name));
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
    try {
      return root == null ? Path.of(path) : root.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new Rejected("`" + path + "` is no path: " + e.getReason());
    }
  }

  @Override
  public Path writable(Path path) {
    if (root != null && !real(path).startsWith(real(root))) {
      throw new PermanentFailure(path + " lies outside " + root);
    }
    return path;
  }

  /** With the links followed in as much of the path as is there. */
  private static Path real(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    Path there = whole;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return there.toRealPath().resolve(there.relativize(whole));
    } catch (IOException e) {
      throw new PermanentFailure(path + " cannot be followed", e);
    }
  }

  @Override
  public String display(Path path) {
    return root != null && path.startsWith(root)
        ? root.relativize(path).toString()
        : path.toString();
  }

  @Override
  public synchronized void measure(String series, String label, Map<String, Long> values) {
    measurements
        .computeIfAbsent(series, name -> new ArrayList<>())
        .add(new Measurement(clock.instant(), label, new LinkedHashMap<>(values)));
  }

  @Override
  public synchronized List<Measurement> measurements(String series) {
    return List.copyOf(measurements.getOrDefault(series, List.of()));
  }

  @Override
  public <T> T retrying(RetryPolicy policy, Callable<T> call) throws Exception {
    Instant start = clock.instant();
    for (int failures = 1; ; failures++) {
      checkCancelled();
      try {
        return call.call();
      } catch (Cancelled | PermanentFailure | Rejected e) {
        throw e;
      } catch (Exception e) {
        var elapsed = Duration.between(start, clock.instant());
        sleep(nextWait(policy, e, failures, elapsed).orElseThrow(() -> e));
      }
    }
  }

  private Optional<Duration> nextWait(
      RetryPolicy policy, Exception e, int failures, Duration elapsed) {
    boolean again = !(e instanceof BodyFailure body && body.permanent());
    return again && policy.covers(code(e), String.valueOf(e.getMessage()))
        ? policy.wait(failures, elapsed, random.nextDouble())
        : Optional.empty();
  }

  /** The word that the engine has for the kind of failure. */
  private static String code(Exception e) {
    return switch (e) {
      case BodyFailure body -> body.error().path("code").asString("failed");
      case IOException io -> "io";
      case UncheckedIOException io -> "io";
      default -> "failed";
    };
  }

  @Override
  public <T, R> void parallel(Iterable<T> items, int limit, Work<T, R> work, Consumer<R> inOrder)
      throws Exception {
    ParallelWork.run(items, limit, work, inOrder);
  }

  @Override
  public void sleep(Duration duration) {
    checkCancelled();
    clock.sleep(duration);
  }

  @Override
  public void checkCancelled() {
    if (Thread.currentThread().isInterrupted()) {
      throw new Cancelled();
    }
  }
}
