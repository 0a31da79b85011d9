package dev.nightjar.daemon.trigger;

import dev.nightjar.model.Trigger;
import dev.nightjar.model.Trigger.Missed;
import dev.nightjar.model.options.Durations;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.model.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is due of a timetable, and what becomes of times that passed while nobody looked.
 *
 * @param fires those that begin a run, in their order
 * @param passed those that begin none
 * @param next when to look again; null when nothing will come
 */
public record TimesDue(List<Fire> fires, List<Passed> passed, @Nullable Instant next) {

  /** A daemon that is started again this quickly was not away. */
  private static final Duration RESTART = Duration.ofMinutes(1);

  /** So many of one trigger begin at one look; the next look is at once. */
  private static final int AT_ONCE = 100;

  /** {@code missed: all} without a limit. */
  private static final int MOST_MISSED = 100;

  /**
   * A time that begins a run.
   *
   * @param late why it does not begin on time; empty when it does
   */
  public record Fire(Occurrence time, String late) {}

  /**
   * Times in a row that begin none.
   *
   * @param why a sentence
   */
  public record Passed(Instant first, Instant last, String why) {}

  /**
   * Decides.
   *
   * @param workflow whose trigger it is
   * @param decided times up to here are settled
   */
  public static TimesDue of(
      String workflow, Trigger trigger, Timetable times, Instant decided, Awake.Look look) {
    return new Deciding(workflow, trigger, times, look).decide(decided);
  }

  /** One decision in the making. */
  private static final class Deciding {

    private final String workflow;
    private final Trigger trigger;
    private final Timetable times;
    private final Awake.Look look;
    private final List<Fire> fires = new ArrayList<>();
    private final List<Passed> passed = new ArrayList<>();

    Deciding(String workflow, Trigger trigger, Timetable times, Awake.Look look) {
      this.workflow = workflow;
      this.trigger = trigger;
      this.times = times;
      this.look = look;
    }

    TimesDue decide(Instant decided) {
      Instant from = decided;
      Occurrence first = times.next(from);
      Occurrence last = first == null ? null : lastMissed(first);
      if (last != null) {
        missed(Objects.requireNonNull(first), last);
        from = last.instant();
      }
      return new TimesDue(fires, passed, onTime(from));
    }

    /**
     * The last time that was to begin a run between the last decision and the moment from which all
     * was seen; null for none. What jitter puts off beyond that moment is not missed.
     */
    private @Nullable Occurrence lastMissed(Occurrence first) {
      Instant until = look.since();
      while (first.instant().isBefore(until)) {
        Occurrence one = Objects.requireNonNull(times.latest(until.minusNanos(1)));
        if (start(one).isBefore(look.since())) {
          return one;
        }
        until = one.instant();
      }
      return null;
    }

    /** Adds what was seen to come; returns when to look again. */
    private @Nullable Instant onTime(Instant after) {
      Occurrence next = times.next(after);
      while (next != null && !start(next).isAfter(look.now()) && fires.size() < AT_ONCE) {
        fires.add(new Fire(next, ""));
        next = times.next(next.instant());
      }
      return next == null ? null : start(next);
    }

    private Instant start(Occurrence time) {
      return time.instant().plus(trigger.delay(workflow, time.instant()));
    }

    private void missed(Occurrence first, Occurrence last) {
      Missed missed = missed();
      boolean justNow = !start(last).plus(RESTART).isBefore(look.now());
      int most =
          switch (missed.policy()) {
            case NONE -> justNow ? 1 : 0;
            case LAST -> 1;
            case ALL -> Objects.requireNonNullElse(missed.limit(), MOST_MISSED);
          };
      Duration window = missed.window();
      Instant oldest = window == null || justNow ? Instant.MIN : look.now().minus(window);
      List<Fire> late = new ArrayList<>();
      @Nullable Occurrence one = last;
      while (one != null
          && !one.instant().isBefore(first.instant())
          && late.size() < most
          && !one.instant().isBefore(oldest)) {
        late.add(new Fire(one, look.before()));
        one = times.latest(one.instant().minusNanos(1));
      }
      if (one != null && !one.instant().isBefore(first.instant())) {
        boolean outside = one.instant().isBefore(oldest);
        passed.add(new Passed(first.instant(), one.instant(), why(missed, outside)));
      }
      Collections.reverse(late);
      fires.addAll(late);
    }

    private String why(Missed missed, boolean outside) {
      if (outside) {
        return "%s, and it is outside the window of %s"
            .formatted(look.before(), Durations.format(Objects.requireNonNull(missed.window())));
      }
      return switch (missed.policy()) {
        case NONE -> look.before() + ", and `missed: none` leaves such times out";
        case LAST -> look.before() + ", and of such times only the last one runs";
        case ALL -> look.before() + ", and more such times had come than the limit lets run";
      };
    }

    private Missed missed() {
      return switch (trigger.cause()) {
        case Trigger.Cause.Cron cron -> cron.missed();
        case Trigger.Cause.Every every -> every.missed();
        case Trigger.Cause.Files files -> throw new IllegalStateException("not by time");
        case Trigger.Cause.Webhook webhook -> throw new IllegalStateException("not by time");
        case Trigger.Cause.After after -> throw new IllegalStateException("not by time");
      };
    }
  }
}
