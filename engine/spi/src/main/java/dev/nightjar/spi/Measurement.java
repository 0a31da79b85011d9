package dev.nightjar.spi;

import java.time.Instant;
import java.util.Map;

/**
 * One point of a series that steps of a run keep together, such as memory snapshots.
 *
 * @param label what the workflow calls this point
 * @param values by name, in the order given
 */
public record Measurement(Instant at, String label, Map<String, Long> values) {}
