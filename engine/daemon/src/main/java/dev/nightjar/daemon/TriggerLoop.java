package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.daemon.trigger.FilesDue;
import dev.nightjar.daemon.trigger.TimesDue;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.expression.EvaluationException;
import dev.nightjar.model.schedule.Timetable;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.Firings.Known;
import dev.nightjar.store.StoredRun;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Looks what is due of all triggers in force. Used by one thread. */
final class TriggerLoop {

  /** A decided time that lies further ahead was decided by a clock that was wrong. */
  private static final Duration AHEAD = Duration.ofSeconds(60);

  /** Runs of other processes may have ended, too; nobody tells of those. */
  private static final Duration BETWEEN_ENDS = Duration.ofSeconds(5);

  /** Ends that begin runs at one look. */
  private static final int ENDS = 100;

  private final Firings firings;
  private final ZoneId zone;
  private final LongSupplier nanos;
  private final Consumer<Firing> passed;
  private final Map<Key, State> states = new HashMap<>();
  private final Set<Key> disabled = new HashSet<>();
  private final Map<Key, String> problems = new ConcurrentHashMap<>();

  /**
   * Nothing was looked at yet.
   *
   * @param passed is told of times that have passed without a run
   */
  TriggerLoop(Firings firings, ZoneId zone, LongSupplier nanos, Consumer<Firing> passed) {
    this.passed = passed;
    this.firings = firings;
    this.zone = zone;
    this.nanos = nanos;
  }

  private record Key(String workflow, String trigger) {}

  /** A trigger between two looks. */
  private static final class State {
    private final Trigger trigger;
    private final String digest;
    private final String definition;
    private final @Nullable Timetable times;
    private final @Nullable FilesDue files;
    private Known known;
    private @Nullable Instant next;
    private boolean decided;
    private long ends = Long.MIN_VALUE;
    private @Nullable Map<String, String> seen;

    State(
        Trigger trigger,
        String digest,
        String definition,
        @Nullable Timetable times,
        @Nullable FilesDue files,
        Known known) {
      this.trigger = trigger;
      this.digest = digest;
      this.definition = definition;
      this.times = times;
      this.files = files;
      this.known = known;
    }
  }

  /**
   * Something that is due.
   *
   * @param seen files that are settled with it
   */
  record Cause(
      ServedWorkflow.Version version,
      Trigger trigger,
      Firing firing,
      ObjectNode facts,
      Map<String, String> seen) {}

  /**
   * Looks.
   *
   * @param workflows those in force
   * @param ended whether a run of this process has ended since the last look
   */
  List<Cause> look(List<ServedWorkflow> workflows, Awake.Look look, boolean ended) {
    List<Cause> due = new ArrayList<>();
    Set<Key> there = new HashSet<>();
    for (ServedWorkflow workflow : workflows) {
      ServedWorkflow.Version version = workflow.inForce();
      if (version != null) {
        for (Trigger trigger : version.workflow().triggers()) {
          var key = new Key(version.name(), trigger.id());
          if (trigger.enabled()) {
            there.add(key);
            due.addAll(lookOrRefuse(key, version, trigger, look, ended));
          } else if (disabled.add(key)) {
            firings.forget(key.workflow(), key.trigger());
          }
        }
      }
    }
    forgetMissing(there);
    return due;
  }

  private void forgetMissing(Set<Key> there) {
    disabled.removeAll(there);
    problems.keySet().retainAll(there);
    for (Key gone : states.keySet().stream().filter(key -> !there.contains(key)).toList()) {
      states.remove(gone);
      firings.forget(gone.workflow(), gone.trigger());
    }
  }

  /** Forgets what the store may not have: it is asked again. */
  void reset() {
    states.clear();
  }

  /** When times will be due next; null when none will, or it is not known yet. */
  @Nullable Instant next() {
    return states.values().stream()
        .map(state -> state.next)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /**
   * A trigger that cannot be looked at harms no other; what is wrong with it is in {@link
   * #problems}.
   */
  private List<Cause> lookOrRefuse(
      Key key, ServedWorkflow.Version version, Trigger trigger, Awake.Look look, boolean ended) {
    try {
      List<Cause> due = look(key, version, trigger, look, ended);
      problems.remove(key);
      return due;
    } catch (RefusedException e) {
      problems.put(
          key, trigger.place() + ": the trigger `" + trigger.id() + "`: " + e.getMessage());
      return List.of();
    }
  }

  /** What keeps triggers from being looked at, a line each. */
  List<String> problems() {
    return List.copyOf(problems.values());
  }

  private List<Cause> look(
      Key key, ServedWorkflow.Version version, Trigger trigger, Awake.Look look, boolean ended) {
    State state = state(key, version, trigger, look.now());
    if (state.times != null) {
      return times(version, state, state.times, look);
    }
    if (state.files != null) {
      return files(version, state, state.files, look.now());
    }
    return trigger.cause() instanceof Trigger.Cause.After after
        ? ends(version, state, after, look.now(), ended)
        : List.of();
  }

  private State state(Key key, ServedWorkflow.Version version, Trigger trigger, Instant now) {
    State state = states.get(key);
    // Another version of the file has other triggers, which mostly say the same.
    if (state != null && state.digest.equals(version.digest())) {
      return state;
    }
    String definition = definition(trigger);
    Known known =
        state != null && state.definition.equals(definition)
            ? state.known
            : firings.know(key.workflow(), key.trigger(), definition, now);
    FilesDue files =
        trigger.cause() instanceof Trigger.Cause.Files of
            ? new FilesDue(version.workflow().folder(), pattern(of), of.settle())
            : null;
    state = new State(trigger, version.digest(), definition, trigger.timetable(zone), files, known);
    states.put(key, state);
    return state;
  }

  /** What has to stay the same for a trigger to be the same one. */
  private String definition(Trigger trigger) {
    return switch (trigger.cause()) {
      case Trigger.Cause.Cron cron ->
          "cron %s %s %s"
              .formatted(
                  cron.expression().text(),
                  Objects.requireNonNullElse(cron.zone(), zone),
                  cron.dst());
      case Trigger.Cause.Every every -> "every " + every.period();
      case Trigger.Cause.Files files -> "files " + pattern(files);
      case Trigger.Cause.Webhook webhook -> "webhook";
      case Trigger.Cause.After after -> "after " + after.workflow() + " " + after.outcome();
    };
  }

  private static String pattern(Trigger.Cause.Files files) {
    try {
      return files.path().evaluate(name -> null, null).asString();
    } catch (EvaluationException e) {
      throw new RefusedException("the path `" + files.path().text() + "`: " + e.getMessage());
    }
  }

  private List<Cause> times(
      ServedWorkflow.Version version, State state, Timetable times, Awake.Look look) {
    boolean fromTheFuture = state.known.decided().isAfter(look.now().plus(AHEAD));
    if (look.putBack() || (!state.decided && fromTheFuture)) {
      putBack(state, look.now());
    }
    Instant next = state.next;
    boolean mayWait = state.decided && (next == null || look.now().isBefore(next));
    if (mayWait && !look.putBack()) {
      return List.of();
    }
    String workflow = state.known.workflow();
    TimesDue due = TimesDue.of(workflow, state.trigger, times, state.known.decided(), look);
    state.next = due.next();
    state.decided = true;
    pass(state, due, look.now());
    List<Cause> causes = new ArrayList<>();
    for (TimesDue.Fire fire : due.fires()) {
      Instant at = fire.time().instant();
      Firing firing =
          Firing.of(workflow, state.trigger.id(), at.toString(), at, look.now(), fire.late());
      ObjectNode facts = Facts.ofTime(state.trigger, fire.time(), fire.late());
      causes.add(new Cause(version, state.trigger, firing, facts, Map.of()));
      settle(state, at);
    }
    return causes;
  }

  private void pass(State state, TimesDue due, Instant now) {
    if (due.passed().isEmpty()) {
      return;
    }
    List<Firing> without =
        due.passed().stream()
            .map(one ->
                Firing.passed(
                    state.known.workflow(),
                    state.trigger.id(),
                    one.first(),
                    one.last(),
                    now,
                    one.why()))
            .toList();
    firings.pass(without);
    without.forEach(passed);
    due.passed().forEach(one -> settle(state, one.last()));
  }

  private void putBack(State state, Instant now) {
    if (state.known.decided().isAfter(now)) {
      firings.putBack(state.known.workflow(), state.trigger.id(), now);
      state.known =
          new Known(
              state.known.workflow(),
              state.known.trigger(),
              state.known.definition(),
              state.known.since(),
              now);
    }
  }

  private static void settle(State state, Instant decided) {
    Known known = state.known;
    if (known.decided().isBefore(decided)) {
      state.known =
          new Known(known.workflow(), known.trigger(), known.definition(), known.since(), decided);
    }
  }

  private List<Cause> files(
      ServedWorkflow.Version version, State state, FilesDue files, Instant now) {
    String workflow = state.known.workflow();
    String id = state.trigger.id();
    if (state.seen == null) {
      state.seen = new HashMap<>(firings.seenFiles(workflow, id));
    }
    FilesDue.Look look = files.look(state.seen, nanos.getAsLong());
    if (!look.gone().isEmpty()) {
      firings.see(workflow, id, Map.of(), look.gone());
      state.seen.keySet().removeAll(look.gone());
    }
    if (look.settled().isEmpty()) {
      return List.of();
    }
    state.seen.putAll(look.settled());
    Firing firing = Firing.of(workflow, id, digest(look.settled().toString()), now, now, "");
    ObjectNode facts = Facts.ofFiles(state.trigger, look.settled().keySet(), now, zone);
    return List.of(new Cause(version, state.trigger, firing, facts, look.settled()));
  }

  private List<Cause> ends(
      ServedWorkflow.Version version,
      State state,
      Trigger.Cause.After after,
      Instant now,
      boolean ended) {
    long passed = nanos.getAsLong();
    if (!ended && state.ends != Long.MIN_VALUE && passed - state.ends < BETWEEN_ENDS.toNanos()) {
      return List.of();
    }
    state.ends = passed;
    List<Cause> causes = new ArrayList<>();
    String outcome = after.outcome().toUpperCase(Locale.ROOT);
    for (StoredRun run : firings.undecided(state.known, after.workflow(), outcome, ENDS)) {
      Instant due = Objects.requireNonNullElse(run.ended(), now);
      Firing firing = Firing.of(state.known.workflow(), state.trigger.id(), run.id(), due, now, "");
      ObjectNode facts =
          Facts.ofEnd(state.trigger, after.workflow(), run.id(), after.outcome(), now, zone);
      causes.add(new Cause(version, state.trigger, firing, facts, Map.of()));
    }
    return causes;
  }

  private static String digest(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
