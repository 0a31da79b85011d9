package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.schedule.CronExpression;
import dev.nightjar.model.schedule.CronTimetable;
import dev.nightjar.model.schedule.Dst;
import dev.nightjar.model.schedule.EveryTimetable;
import dev.nightjar.model.schedule.Jitter;
import dev.nightjar.model.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
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

  /**
   * When it fires; null when it waits for something else than time.
   *
   * @param machine the machine's time zone, for a trigger that names none
   */
  public @Nullable Timetable timetable(ZoneId machine) {
    return switch (cause) {
      case Cause.Cron cron ->
          new CronTimetable(
              cron.expression(), Objects.requireNonNullElse(cron.zone(), machine), cron.dst());
      case Cause.Every every -> new EveryTimetable(every.period(), machine);
      case Cause.Files files -> null;
      case Cause.Webhook webhook -> null;
      case Cause.After after -> null;
    };
  }

  /** Whether its times are others where the machine's time zone is another. */
  public boolean goesByMachineZone() {
    return cause instanceof Cause.Cron cron && cron.zone() == null;
  }

  /** How much later than its time a firing starts: the same whoever asks, at most the jitter. */
  public Duration delay(String workflow, Instant firing) {
    return jitter == null ? Duration.ZERO : Jitter.of(workflow, id, firing, jitter);
  }

  /** What it waits for. */
  public sealed interface Cause {

    /**
     * The clock on the wall.
     *
     * @param zone null for the machine's
     */
    record Cron(CronExpression expression, @Nullable ZoneId zone, Dst dst, Missed missed)
        implements Cause {}

    /** The same duration again and again. */
    record Every(Duration period, Missed missed) implements Cause {}

    /** Files that appear or change, and have been quiet for a while. */
    record Files(Interpolation path, Duration settle) implements Cause {}

    /** A request with a token. */
    record Webhook(String tokenSecret) implements Cause {}

    /** The end of another workflow's run. */
    record After(String workflow, String outcome) implements Cause {}
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
