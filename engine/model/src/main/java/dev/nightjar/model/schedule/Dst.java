package dev.nightjar.model.schedule;

/** What to do about times that a change of the clock skips or repeats. */
public record Dst(Gap gap, Overlap overlap) {

  /** Vixie cron's rule: a skipped time comes right after the gap, a repeated one once. */
  public static final Dst FIXED_TIMES = new Dst(Gap.RUN_AFTER, Overlap.ONCE);

  /**
   * The clock on the wall: what it does not show does not come, what it shows twice comes twice.
   */
  static final Dst AS_SHOWN = new Dst(Gap.SKIP, Overlap.TWICE);

  /** Times that the clock skips. */
  public enum Gap {
    RUN_AFTER,
    SKIP
  }

  /** Times that the clock shows twice. */
  public enum Overlap {
    ONCE,
    TWICE
  }
}
