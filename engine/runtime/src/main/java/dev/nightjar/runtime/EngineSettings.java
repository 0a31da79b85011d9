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
 */
public record EngineSettings(int parallelism, Path root, boolean allowOutside, Duration grace) {}
