package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.model.Trigger;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.Firings.Known;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** A trigger that waits for the ends of another workflow's runs. */
final class EndWatch implements TriggerWatch {

  /** Runs of other processes may have ended, too; nobody tells of those. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** Ends that begin runs at one look. */
  private static final int ENDS = 100;

  private final Trigger trigger;
  private final Trigger.Cause.After after;
  private final Known known;
  private final Firings firings;
  private final ZoneId zone;
  private final LongSupplier nanos;
  private long looked = Long.MIN_VALUE;

  /** Not looked at yet. */
  EndWatch(
      Trigger trigger,
      Trigger.Cause.After after,
      Known known,
      Firings firings,
      ZoneId zone,
      LongSupplier nanos) {
    this.trigger = trigger;
    this.after = after;
    this.known = known;
    this.firings = firings;
    this.zone = zone;
    this.nanos = nanos;
  }

  @Override
  public List<TriggerLoop.Cause> look(
      ServedWorkflow.Version version, Awake.Look look, boolean ended) {
    long passed = nanos.getAsLong();
    boolean early = looked != Long.MIN_VALUE && passed - looked < BETWEEN_LOOKS.toNanos();
    if (early && !ended) {
      return List.of();
    }
    looked = passed;
    List<TriggerLoop.Cause> causes = new ArrayList<>();
    String outcome = after.outcome().toUpperCase(Locale.ROOT);
    for (StoredRun run : firings.undecided(known, after.workflow(), outcome, ENDS)) {
      causes.add(cause(version, run, look.now()));
    }
    return causes;
  }

  private TriggerLoop.Cause cause(ServedWorkflow.Version version, StoredRun run, Instant now) {
    Instant due = Objects.requireNonNullElse(run.ended(), now);
    return new TriggerLoop.Cause(
        version,
        trigger,
        Firing.of(known.workflow(), trigger.id(), run.id(), due, now, ""),
        Facts.ofEnd(trigger, after.workflow(), run.id(), after.outcome(), now, zone),
        Map.of());
  }

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public Known known() {
    return known;
  }
}
