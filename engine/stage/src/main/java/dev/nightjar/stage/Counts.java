package dev.nightjar.stage;

import java.util.Map;

/**
 * What one step of one task has counted.
 *
 * @param busyNanos time spent in the step's own work
 * @param done how far it got, in a unit of its own
 * @param counters what the processor counted itself
 */
public record Counts(
    long recordsIn,
    long recordsOut,
    long rejected,
    long bytesIn,
    long bytesOut,
    long busyNanos,
    long done,
    Map<String, Long> counters) {}
