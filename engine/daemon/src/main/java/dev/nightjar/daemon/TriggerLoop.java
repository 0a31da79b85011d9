package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.daemon.trigger.FilesDue;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.expression.EvaluationException;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.Firings.Known;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

  private static final String RESTED = "no version of its workflow could be used";

  private final Firings firings;
  private final ZoneId zone;
  private final LongSupplier nanos;
  private final Consumer<Firing> passed;
  private final Map<Key, Watched> watched = new HashMap<>();
  private final Set<Key> disabled = new HashSet<>();

  /** The files of those that were looked at since a version of them can be used. */
  private final Map<Key, Path> awake = new HashMap<>();

  /** Whether all was looked at once: what is looked at only now has seen nothing of what was. */
  private boolean began;

  private final Map<Key, String> problems = new ConcurrentHashMap<>();

  /** What was looked at last, as long as its triggers only wait for a time; null otherwise. */
  private @Nullable List<ServedWorkflow> waiting;

  private @Nullable Instant next;

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

  /**
   * A trigger between two looks.
   *
   * @param file it is written in, absolute
   * @param digest of the file
   */
  private record Watched(Path file, String digest, String definition, TriggerWatch watch) {}

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
    if (workflows.equals(waiting) && isEarly(look)) {
      return List.of();
    }
    waiting = null;
    List<Cause> due = lookAtAll(workflows, look, ended);
    next = firstTime();
    if (problems.isEmpty() && watched.values().stream().allMatch(one -> one.watch().waits())) {
      waiting = workflows;
    }
    return due;
  }

  private boolean isEarly(Awake.Look look) {
    return !look.putBack() && (next == null || look.now().isBefore(next));
  }

  private List<Cause> lookAtAll(List<ServedWorkflow> workflows, Awake.Look look, boolean ended) {
    List<Cause> due = new ArrayList<>();
    Set<Key> there = new HashSet<>();
    for (ServedWorkflow workflow : workflows) {
      ServedWorkflow.Version version = workflow.inForce();
      if (version == null) {
        rest(workflow.file());
      } else {
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
    began = true;
    return due;
  }

  /** What its triggers have decided stays in the store, and what comes meanwhile is missed. */
  private void rest(Path file) {
    watched.values().removeIf(one -> one.file().equals(file));
    awake.values().removeIf(file::equals);
  }

  private void forgetMissing(Set<Key> there) {
    disabled.removeAll(there);
    problems.keySet().retainAll(there);
    for (Key gone : watched.keySet().stream().filter(key -> !there.contains(key)).toList()) {
      watched.remove(gone);
      awake.remove(gone);
      firings.forget(gone.workflow(), gone.trigger());
    }
  }

  /** Forgets what the store may not have: it is asked again. */
  void reset() {
    watched.clear();
    waiting = null;
    next = null;
  }

  /** When times will be due next; null when none will, or it is not known yet. */
  @Nullable Instant next() {
    return next;
  }

  private @Nullable Instant firstTime() {
    return watched.values().stream()
        .map(one -> one.watch().next())
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
      Awake.Look seen = began && !awake.containsKey(key) ? look.after(RESTED) : look;
      List<Cause> due = watch(key, version, trigger, look.now()).look(version, seen, ended);
      problems.remove(key);
      awake.put(key, version.workflow().file());
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

  private TriggerWatch watch(
      Key key, ServedWorkflow.Version version, Trigger trigger, Instant now) {
    Watched before = watched.get(key);
    // Another version of the file has other triggers, which mostly say the same.
    if (before != null && before.digest().equals(version.digest())) {
      return before.watch();
    }
    String definition = definition(trigger);
    Known known =
        before != null && before.definition().equals(definition)
            ? before.watch().known()
            : firings.know(key.workflow(), key.trigger(), definition, now);
    TriggerWatch watch = watch(version, trigger, known);
    watched.put(key, new Watched(version.workflow().file(), version.digest(), definition, watch));
    return watch;
  }

  private TriggerWatch watch(ServedWorkflow.Version version, Trigger trigger, Known known) {
    return switch (trigger.cause()) {
      case Trigger.Cause.Cron _, Trigger.Cause.Every _ ->
          new TimeWatch(
              trigger, Objects.requireNonNull(trigger.timetable(zone)), known, firings, passed);
      case Trigger.Cause.Files files -> {
        var due = new FilesDue(version.workflow().folder(), pattern(files), files.settle());
        yield new FileWatch(trigger, due, known, firings, zone, nanos);
      }
      case Trigger.Cause.After after -> new EndWatch(trigger, after, known, firings, zone, nanos);
      case Trigger.Cause.Webhook _ -> new TriggerWatch.Requests(known);
    };
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
}
