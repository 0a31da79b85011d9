package dev.nightjar.daemon.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Since when this process has seen every moment pass: from its start, or since the clock was set,
 * or since it last got to run after a long stop or to decide after looks that failed. Used by one
 * thread.
 */
public final class Awake {

  /** Two looks that lie further apart did not see what was between. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** A clock that is put back by less is being steered, not set. */
  private static final Duration STEERED = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private Instant seen;
  private long seenNanos;
  private Instant since;
  private String before = "the daemon was down";

  /** What keeps looks from deciding; empty when the last one did decide. */
  private String failure = "";

  /** The first look that failed, of those in a row. */
  private long failingNanos;

  /** Wakes now. */
  public Awake(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.seen = clock.instant();
    this.seenNanos = nanos.getAsLong();
    this.since = seen;
  }

  /**
   * What a look at the clock has found.
   *
   * @param since every moment from here to now was seen
   * @param before why those before were not; a sentence's end
   * @param putBack whether the clock shows less than at the last look
   */
  public record Look(Instant now, Instant since, String before, boolean putBack) {

    /** For somebody who has seen no moment before this one. */
    public Look after(String why) {
      return new Look(now, now, why, putBack);
    }
  }

  /** Looks at the clock. */
  public Look look() {
    Instant now = clock.instant();
    long nanosNow = nanos.getAsLong();
    Duration shown = Duration.between(seen, now);
    Duration passed = Duration.ofNanos(nanosNow - seenNanos);
    boolean putBack = shown.compareTo(STEERED.negated()) < 0;
    if (putBack) {
      since = now;
      before = "the clock was put back by " + whole(passed.minus(shown));
    } else if (!failure.isEmpty() && nanosNow - failingNanos > LONGEST.toNanos()) {
      since = now;
      before = failure + " for " + whole(Duration.ofNanos(nanosNow - failingNanos));
    } else if (shown.compareTo(LONGEST) > 0) {
      boolean stopped = passed.compareTo(LONGEST) > 0;
      since = now;
      before =
          stopped
              ? "the daemon did not get to run for " + whole(passed)
              : "the clock was put forward by " + whole(shown.minus(passed));
    }
    seen = now;
    seenNanos = nanosNow;
    return new Look(now, since, before, putBack);
  }

  /** All that was due at the last look is decided. */
  public void decided() {
    failure = "";
  }

  /**
   * Nothing may have come of the last look. When this goes on for over a minute, its moments count
   * as not seen.
   *
   * @param why a sentence's beginning, which how long it took ends
   */
  public void failed(String why) {
    if (failure.isEmpty()) {
      failingNanos = seenNanos;
    }
    failure = why;
  }

  private static String whole(Duration duration) {
    return Duration.ofSeconds(Math.max(1, duration.abs().toSeconds()))
        .toString()
        .substring(2)
        .replaceAll("(?<=[HM])(?=[0-9])", " ")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
