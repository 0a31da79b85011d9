package dev.nightjar.runtime.monitor;

import java.time.Duration;

/**
 * How far a running step is.
 *
 * @param step its path
 * @param records it has emitted, or read if it emits none
 * @param done of {@code total}, bytes for a source, or whatever the processor says
 * @param total -1 when unknown
 * @param elapsed since it began
 * @param waiting why it does nothing just now: {@code retry in 4 s}; empty when it works
 */
public record StepProgress(
    String step,
    String processor,
    long records,
    long rejected,
    long done,
    long total,
    Duration elapsed,
    String waiting) {}
