package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.daemon.trigger.TimesDue;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.schedule.Timetable;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.Firings.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A trigger that goes by time. */
final class TimeWatch implements TriggerWatch {

  /** A decided time that lies further ahead was decided by a clock that was wrong. */
  private static final Duration AHEAD = Duration.ofSeconds(60);

  private final Trigger trigger;
  private final Timetable times;
  private final Firings firings;
  private final Consumer<Firing> passed;
  private Known known;
  private @Nullable Instant next;
  private boolean decided;

  /**
   * Not looked at yet.
   *
   * @param passed is told of times that have passed without a run
   */
  TimeWatch(
      Trigger trigger, Timetable times, Known known, Firings firings, Consumer<Firing> passed) {
    this.trigger = trigger;
    this.times = times;
    this.known = known;
    this.firings = firings;
    this.passed = passed;
  }

  @Override
  public List<TriggerLoop.Cause> look(
      ServedWorkflow.Version version, Awake.Look look, boolean ended) {
    boolean fromTheFuture = known.decided().isAfter(look.now().plus(AHEAD));
    if (look.putBack() || (!decided && fromTheFuture)) {
      putBack(look.now());
    }
    boolean mayWait = decided && (next == null || look.now().isBefore(next));
    if (mayWait && !look.putBack()) {
      return List.of();
    }
    TimesDue due = TimesDue.of(known.workflow(), trigger, times, known.decided(), look);
    next = due.next();
    decided = true;
    pass(due.passed(), look.now());
    List<TriggerLoop.Cause> causes = new ArrayList<>();
    for (TimesDue.Fire fire : due.fires()) {
      causes.add(cause(version, fire, look.now()));
      settle(fire.time().instant());
    }
    return causes;
  }

  private TriggerLoop.Cause cause(ServedWorkflow.Version version, TimesDue.Fire fire, Instant now) {
    Instant at = fire.time().instant();
    return new TriggerLoop.Cause(
        version,
        trigger,
        Firing.of(known.workflow(), trigger.id(), at.toString(), at, now, fire.late()),
        Facts.ofTime(trigger, fire.time(), fire.late()),
        Map.of());
  }

  private void pass(List<TimesDue.Passed> stretches, Instant now) {
    if (stretches.isEmpty()) {
      return;
    }
    List<Firing> without = new ArrayList<>();
    for (TimesDue.Passed one : stretches) {
      without.add(
          Firing.passed(known.workflow(), trigger.id(), one.first(), one.last(), now, one.why()));
    }
    firings.pass(without);
    without.forEach(passed);
    stretches.forEach(one -> settle(one.last()));
  }

  private void putBack(Instant now) {
    if (known.decided().isAfter(now)) {
      firings.putBack(known.workflow(), known.trigger(), now);
      known = decided(now);
    }
  }

  private void settle(Instant upTo) {
    if (known.decided().isBefore(upTo)) {
      known = decided(upTo);
    }
  }

  private Known decided(Instant upTo) {
    return new Known(known.workflow(), known.trigger(), known.definition(), known.since(), upTo);
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public Known known() {
    return known;
  }

  @Override
  public @Nullable Instant next() {
    return next;
  }
}
