package dev.nightjar.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which runs that have ended are kept: those that fit both.
 *
 * @param age of the end; null for any
 * @param runs how many of each workflow; 0 for any number
 */
public record Retention(@Nullable Duration age, int runs) {}
