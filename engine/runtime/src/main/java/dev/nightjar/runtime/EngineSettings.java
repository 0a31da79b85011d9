package dev.nightjar.runtime;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How this engine runs workflows.
 *
 * @param parallelism how many tasks of a stage at once where the workflow says nothing
 * @param root the folder the run was started for: nothing is written outside
 * @param allowOutside lifts that
 * @param grace how long a step that was interrupted may take to answer
 * @param quiet how long the steps within a step may take for one item without events of their own;
 *     a crash repeats them
 * @param warmUp how long the first task of a run begins alone, in a process whose code is still to
 *     be compiled
 */
public record EngineSettings(
    int parallelism,
    Path root,
    boolean allowOutside,
    Duration grace,
    Duration quiet,
    Duration warmUp) {

  /** Nobody misses so little work; a loop that is faster has no thousands of events a second. */
  public static final Duration QUIET = Duration.ofMillis(100);

  /** Until then most of what a new process runs often is compiled to no longer count that. */
  public static final Duration WARM_UP = Duration.ofMillis(200);
}
