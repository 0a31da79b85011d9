package dev.nightjar.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time, chance and the place for files of a run's own; nothing else in the engine asks the machine
 * for them.
 *
 * @param nanos for durations: a clock without a date that only goes forward
 * @param random draws what names a run and seeds its steps
 * @param workFolder for what a run keeps while it goes on; made when first needed
 */
public record Surroundings(
    InstantSource clock,
    LongSupplier nanos,
    RandomGenerator random,
    Sleeper sleeper,
    Path workFolder) {

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {
    /** Returns after the duration, or throws when interrupted. */
    void sleep(Duration duration) throws InterruptedException;
  }
}
