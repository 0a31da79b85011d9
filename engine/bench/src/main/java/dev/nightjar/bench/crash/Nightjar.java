package dev.nightjar.bench.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of the distribution, started by its launcher: the shell becomes the JVM, so that a
 * signal to the process reaches that.
 */
public final class Nightjar implements AutoCloseable {

  private static final Pattern RUN =
      Pattern.compile("\\{\"event\":\"run_started\".*?\"run\":\"([^\"]+)\".*");

  private static final long LOOK_NANOS = 2_000_000;

  private final Process process;
  private final Instant began;
  private final Path out;
  private final Path err;

  private Nightjar(Process process, Instant began, Path out, Path err) {
    this.process = process;
    this.began = began;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts one in a folder, with the JDK that runs this.
   *
   * @param name of the files that get what it prints
   * @param environment for the process, besides what this one has
   */
  public static Nightjar start(
      Path distribution,
      Path folder,
      String name,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(distribution.resolve("bin/nightjar").toString());
    command.addAll(arguments);
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Path out = logs.resolve(name + ".out");
    Path err = logs.resolve(name + ".err");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Instant began = Instant.now();
    return new Nightjar(builder.start(), began, out, err);
  }

  public Instant began() {
    return began;
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL; false when it had ended before. Returns when it is gone. */
  public boolean kill() throws InterruptedException {
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    // 128 + 9: another code means that it was quicker.
    return alive && process.exitValue() == 137;
  }

  /** Sends a signal by its name, as {@code kill} does. */
  public void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -" + name + " failed with " + code);
    }
  }

  /** Waits for its end; false when it has not come. */
  public boolean ends(Duration within) throws InterruptedException {
    return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until it has printed something, or has ended. */
  public void awaitFirstWord() {
    while (process.isAlive() && printed().isEmpty()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Waits for its end, a few minutes at most. */
  public int exitCode() throws InterruptedException {
    if (!ends(Duration.ofMinutes(5))) {
      throw new IllegalStateException("nightjar does not end: " + this);
    }
    return process.exitValue();
  }

  /** What it has printed so far. */
  public String printed() {
    return read(out);
  }

  /** What it has complained about so far. */
  public String complained() {
    return read(err);
  }

  /** The id of its run, once it has told that. */
  public Optional<String> run() {
    return printed()
        .lines()
        .map(RUN::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(found -> found.group(1));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "process " + process.pid() + ", which said\n" + complained();
  }

  /** Kills it if it is still there. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
