package dev.nightjar.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves when told to; who sleeps by it moves it and returns at once. */
public final class ManualClock implements InstantSource {

  private final List<Duration> waits = new ArrayList<>();
  private Instant now;

  /** Starts at 2026-01-01T00:00:00Z. */
  public ManualClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  public ManualClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Lets time pass; not listed in {@link #waits()}. */
  public synchronized void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back by " + duration);
    }
    now = now.plus(duration);
  }

  /** Lets time pass and remembers for how long. */
  public synchronized void sleep(Duration duration) {
    advance(duration);
    waits.add(duration);
  }

  /** How long each sleeper slept, in the order they went to sleep. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }
}
