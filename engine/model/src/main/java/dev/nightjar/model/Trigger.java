package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.Interpolation;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What starts runs.
 *
 * @param jitter at most this much later
 */
public record Trigger(
    Place place,
    String id,
    Cause cause,
    @Nullable Duration jitter,
    Map<String, ValueTemplate> inputs,
    boolean enabled) {

  /** What it waits for. */
  public sealed interface Cause {

    /**
     * The clock on the wall.
     *
     * @param expression as written; its grammar is checked
     * @param zone null for the machine's
     */
    record Cron(String expression, @Nullable ZoneId zone, Dst dst, Missed missed)
        implements Cause {}

    /** A duration after the last one. */
    record Every(Duration period, Missed missed) implements Cause {}

    /** Files that appear or change, and have been quiet for a while. */
    record Files(Interpolation path, Duration settle) implements Cause {}

    /** A request with a token. */
    record Webhook(String tokenSecret) implements Cause {}

    /** The end of another workflow's run. */
    record After(String workflow, String outcome) implements Cause {}
  }

  /** What to do about times that the clock skips or repeats. */
  public record Dst(Gap gap, Overlap overlap) {

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

  /** What to do about times that passed while nobody ran. */
  public record Missed(Policy policy, @Nullable Integer limit, @Nullable Duration window) {

    /** How many of them run. */
    public enum Policy {
      NONE,
      LAST,
      ALL
    }
  }
}
