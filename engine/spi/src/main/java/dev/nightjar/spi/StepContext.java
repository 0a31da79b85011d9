package dev.nightjar.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What one attempt of a step, or of one of its tasks, may ask of the engine. */
public interface StepContext {

  /** Counter of the lines a source has read; see {@link Origin#line()}. */
  String LINES = "lines";

  /** The step's id. */
  String step();

  /**
   * The same for every attempt of the same work and for no other: an idempotency key for systems
   * outside.
   */
  String stepKey();

  /** 1 for the first try. */
  int attempt();

  /** The time; ask nothing else for it. */
  InstantSource clock();

  /** Chance, seeded by the run: the same run draws the same numbers. */
  RandomGenerator random();

  /** Lines for the run's log, with the step's name on them. */
  Logger log();

  /** The workflow's {@code env}, for child processes. */
  Map<String, String> env();

  /**
   * Starts a process that belongs to the step. It finds the run's id in {@code NIGHTJAR_RUN}, the
   * step's path in {@code NIGHTJAR_STEP} and the {@link #stepKey()} in {@code NIGHTJAR_STEP_KEY}.
   * When the attempt ends, however it does, the process and all that it has started are told to end
   * (SIGTERM), and killed when they have not within the grace of a step that is cancelled; if the
   * engine dies, before the run goes on.
   *
   * @throws IOException when it cannot be started
   * @throws Cancelled when the step is to stop
   */
  Process start(ProcessBuilder builder) throws IOException;

  /** Adds to a counter that the summary shows. */
  void count(String name, long n);

  /** How far the attempt is, in a unit of its own; total -1 when unknown. */
  void progress(long done, long total);

  /**
   * Publishes a value as {@code steps.ID.outputs.NAME}: a string, number, boolean, list, map or
   * JSON tree. From a task step, a control step, a whole-stream step or {@link Sink#commit}; the
   * tasks of a stage use {@link #count}.
   */
  void output(String name, @Nullable Object value);

  /** A folder for scratch files of this attempt, empty at first, removed afterwards. */
  Path folder();

  /**
   * Where a sink's task writes: a folder, empty at first, handed to {@link Sink#commit}. The commit
   * itself has one of its own, for what it has to know when it is called again: it stays until the
   * commit has succeeded, whatever becomes of the process.
   */
  Path part();

  /** What this task of a source reads, in order. */
  List<Split> splits();

  /**
   * The file that a path means which was computed from a record, as a {@link Template} gives it:
   * relative to the workflow's folder. Options of type {@link Path} arrive like that already.
   *
   * @throws Rejected when the text is no path
   */
  Path resolve(String path);

  /**
   * The path itself when the run may write there.
   *
   * @throws PermanentFailure when it lies outside the folder the run was started for, links
   *     followed
   */
  Path writable(Path path);

  /** How messages name a file: relative to the workflow's folder where it lies below it. */
  String display(Path path);

  /** Adds a point to a series of this run. */
  void measure(String series, String label, Map<String, Long> values);

  /** The points of a series so far, oldest first. */
  List<Measurement> measurements(String series);

  /**
   * Calls until it succeeds or the policy ends, waiting in between; the last failure is thrown.
   *
   * @throws Cancelled when the step is to stop
   */
  <T> T retrying(RetryPolicy policy, Callable<T> call) throws Exception;

  /**
   * Works on many items at once and hands over the results in the items' order, with at most {@code
   * limit} items in work and a few times as many results waiting. The first failure of {@code work}
   * or {@code inOrder} cancels the rest and is thrown.
   */
  <T, R> void parallel(Iterable<T> items, int limit, Work<T, R> work, Consumer<R> inOrder)
      throws Exception;

  /** Waits; ends early with {@link Cancelled}. */
  void sleep(Duration duration);

  /**
   * Lets the engine in: gives way to others and stops when the step is to stop. Loops that neither
   * read nor emit call it now and then.
   *
   * @throws Cancelled when the step is to stop
   */
  void checkCancelled();

  /** What {@link #parallel} does with one item. */
  @FunctionalInterface
  interface Work<T, R> {
    /** Makes the result of one item, the first of which has index 0. */
    R apply(T item, long index) throws Exception;
  }
}
