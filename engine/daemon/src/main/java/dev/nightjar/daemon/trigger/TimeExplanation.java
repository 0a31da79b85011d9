package dev.nightjar.daemon.trigger;

import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.options.Durations;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.model.schedule.Timetable;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings.Known;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a trigger fired at a time, did not, or will.
 *
 * @param run that it began; null for none
 * @param text one or two sentences
 */
public record TimeExplanation(String trigger, Kind kind, @Nullable String run, String text) {

  /** What became of the time. */
  public enum Kind {
    /** It began a run. */
    FIRED,
    /** It began a run that its pool did not let run. */
    SKIPPED,
    /** It was decided that it begins none. */
    PASSED,
    /** It came before a daemon knew the trigger as it is. */
    UNKNOWN_THEN,
    /** It is still to come, or to wait for its jitter. */
    COMING,
    /** It has come, and nothing is known of a decision. */
    UNDECIDED,
    /** The trigger does not fire at all. */
    DISABLED,
    /** The trigger does not mean this time. */
    NO_TIME
  }

  /** As many firings of all triggers are due at one moment as a workflow has triggers. */
  private static final int AT_ONE_MOMENT = 1_000;

  /**
   * Explains a time.
   *
   * @param machine the time zone of a trigger that names none
   */
  public static TimeExplanation of(
      Workflow workflow, Trigger trigger, Instant at, Store store, Instant now, ZoneId machine) {
    return new Explaining(workflow, trigger, at, store, now, machine).explain();
  }

  /** One question. */
  private static final class Explaining {

    private final Workflow workflow;
    private final Trigger trigger;
    private final Instant at;
    private final Store store;
    private final Instant now;
    private final ZoneId zone;
    private final @Nullable Timetable times;

    Explaining(
        Workflow workflow, Trigger trigger, Instant at, Store store, Instant now, ZoneId machine) {
      this.workflow = workflow;
      this.trigger = trigger;
      this.at = at;
      this.store = store;
      this.now = now;
      this.zone =
          trigger.cause() instanceof Trigger.Cause.Cron cron && cron.zone() != null
              ? cron.zone()
              : machine;
      this.times = trigger.timetable(machine);
    }

    TimeExplanation explain() {
      Optional<Firing> decision =
          store.firings().between(workflow.name(), at, at.plusNanos(1), AT_ONE_MOMENT).stream()
              .filter(firing -> firing.trigger().equals(trigger.id()))
              .findFirst();
      Occurrence occurrence = times == null ? null : times.next(at.minusNanos(1));
      boolean means = occurrence != null && occurrence.instant().equals(at);
      if (decision.isPresent() && (means || times == null || decision.get().due().equals(at))) {
        return decided(decision.get(), means ? occurrence : null);
      }
      if (times == null) {
        return answer(Kind.NO_TIME, notByTime());
      }
      return means && occurrence != null ? undecided(occurrence) : answer(Kind.NO_TIME, nearest());
    }

    private TimeExplanation answer(Kind kind, String text) {
      return new TimeExplanation(trigger.id(), kind, null, text);
    }

    private TimeExplanation decided(Firing firing, @Nullable Occurrence occurrence) {
      String run = firing.run();
      String when = name() + " at " + shown(at) + moved(occurrence);
      if (run == null) {
        return answer(Kind.PASSED, when + " began no run: " + firing.reason() + ".");
      }
      StoredRun stored = store.run(run).orElse(null);
      boolean skipped = stored != null && stored.outcome() == Outcome.SKIPPED;
      String late =
          firing.reason().isEmpty()
              ? delayed(firing)
              : ", late, at " + shown(firing.decided()) + ": " + firing.reason();
      String text =
          skipped
              ? when + " began run " + run + late + ", which was skipped" + because(stored) + "."
              : when + " fired as run " + run + late + ended(stored) + ".";
      return new TimeExplanation(trigger.id(), skipped ? Kind.SKIPPED : Kind.FIRED, run, text);
    }

    private static String because(@Nullable StoredRun run) {
      return run == null || run.failure() == null ? "" : ": " + run.failure();
    }

    private String delayed(Firing firing) {
      Duration delay = trigger.delay(workflow.name(), firing.due());
      return delay.isZero() ? "" : ", " + Durations.format(delay) + " later by its jitter";
    }

    private static String ended(@Nullable StoredRun run) {
      if (run == null) {
        return ", which is not remembered any more";
      }
      Outcome outcome = run.outcome();
      return outcome == null
          ? ", which has not ended"
          : switch (outcome) {
            case SUCCEEDED -> ", which succeeded";
            case FAILED -> ", which failed";
            case CANCELLED -> ", which was cancelled";
            case SKIPPED -> ", which was skipped";
          };
    }

    private TimeExplanation undecided(Occurrence occurrence) {
      String when = name() + " at " + shown(at) + moved(occurrence);
      if (!trigger.enabled()) {
        return answer(Kind.DISABLED, when + " begins no run: the trigger is not enabled.");
      }
      Duration delay = trigger.delay(workflow.name(), at);
      Instant start = at.plus(delay);
      String jitter = delay.isZero() ? "" : ", " + Durations.format(delay) + " later by its jitter";
      Known known = store.firings().known(workflow.name(), trigger.id()).orElse(null);
      if (start.isAfter(now)) {
        String served = known == null ? " once a daemon serves it" : "";
        return answer(
            Kind.COMING,
            when + " is to begin a run" + served + " at " + shown(start) + jitter + ".");
      }
      if (known == null) {
        return answer(
            Kind.UNKNOWN_THEN, when + " began no run: no daemon has served this trigger.");
      }
      if (at.isBefore(known.since())) {
        return answer(
            Kind.UNKNOWN_THEN,
            when
                + " began no run: daemons know this trigger as it is since "
                + shown(known.since())
                + ".");
      }
      return answer(
          Kind.UNDECIDED,
          known.decided().isBefore(at)
              ? when + " has come and is not decided yet; a daemon that serves it will do so."
              : when + " was decided, and what became of it is not remembered any more.");
    }

    private String notByTime() {
      String latest =
          store.firings().list(workflow.name(), trigger.id(), at, 1).stream()
              .findFirst()
              .map(firing -> " Before that it last fired at " + shown(firing.due()) + ".")
              .orElse(" It had not fired before.");
      return name() + " does not wait for times, and did not fire at " + shown(at) + "." + latest;
    }

    private String nearest() {
      Occurrence before = times == null ? null : times.latest(at);
      Occurrence after = times == null ? null : times.next(at);
      String first = before == null ? "" : shown(before.time()) + " before";
      String then = after == null ? "" : shown(after.time()) + " after";
      String both = first + (first.isEmpty() || then.isEmpty() ? "" : " and ") + then;
      String nearest = both.isEmpty() ? "it has none" : "the nearest are " + both;
      return shown(at) + " is no time of " + name() + "; " + nearest + ".";
    }

    private String name() {
      return "`" + trigger.id() + "`";
    }

    private static String moved(@Nullable Occurrence occurrence) {
      String why = occurrence == null ? "" : occurrence.explanation();
      return why.isEmpty() ? "" : " (" + why + ")";
    }

    private String shown(Instant moment) {
      return shown(moment.atZone(zone));
    }

    private static String shown(ZonedDateTime time) {
      return DateTimeFormatter.ISO_ZONED_DATE_TIME.format(time);
    }
  }
}
