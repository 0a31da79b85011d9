package dev.nightjar.daemon.api;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.model.schedule.Timetable;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings.Known;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What triggers mean for a stretch of time, with what was decided of it, and the runs that somebody
 * asked for in it; both in order.
 */
final class Agenda {

  private final Sources sources;
  private final Instant from;
  private final Instant to;
  private final int limit;
  private final Instant now;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, StoredRun> begun = new LinkedHashMap<>();
  private final Set<String> fired = new HashSet<>();
  private final PriorityQueue<Coming> coming =
      new PriorityQueue<>(Comparator.comparing(Coming::at));
  private boolean complete = true;

  /**
   * A stretch of time.
   *
   * @param to what comes before
   * @param limit how many entries at most, the earliest ones, and how many runs, the latest ones
   */
  Agenda(Sources sources, Instant from, Instant to, int limit) {
    this.sources = sources;
    this.from = from;
    this.to = to;
    this.limit = limit;
    this.now = sources.clock().instant();
    if (from.isBefore(now)) {
      var query = new RunQuery(null, null, Set.of(), Set.of(), from, to, limit, null);
      Store.Page<StoredRun> page = sources.store().runs(query);
      complete = page.next() == null;
      page.items().reversed().forEach(run -> begun.put(run.id(), run));
    }
  }

  /**
   * Something that is due.
   *
   * @param occurrence null for what is not due by time
   * @param decision null when there is none yet
   */
  record Entry(
      Instant at,
      Workflow workflow,
      String trigger,
      @Nullable Occurrence occurrence,
      Instant starts,
      @Nullable Firing decision) {}

  /** The next time of a trigger. */
  private record Coming(
      Workflow workflow,
      Trigger trigger,
      Timetable times,
      Occurrence next,
      TreeMap<Instant, Firing> decided,
      @Nullable Known known) {

    Instant at() {
      return next.instant();
    }
  }

  /** Those of all workflows that are in force. */
  List<Entry> entries() {
    for (ServedWorkflow served : sources.workflows().all()) {
      if (served.inForce() != null) {
        add(served.inForce().workflow());
      }
    }
    while (!coming.isEmpty() && entries.size() < limit) {
      Coming first = coming.remove();
      add(first);
      push(first, first.times().next(first.at()));
    }
    complete &= coming.isEmpty();
    entries.sort(Comparator.comparing(Entry::at));
    if (entries.size() > limit) {
      complete = false;
      entries.subList(limit, entries.size()).clear();
    }
    return List.copyOf(entries);
  }

  /**
   * Runs that began in the stretch because somebody asked for them; sooner told behind the entries,
   * which know most of the others.
   */
  List<StoredRun> asked() {
    return begun.values().stream()
        .filter(run -> !fired.contains(run.id()))
        .filter(run -> sources.store().firings().of(run.id()).map(Agenda::isAsked).orElse(true))
        .toList();
  }

  /** A run that began in the stretch; null when it is another one, or one of too many. */
  @Nullable StoredRun run(String id) {
    return begun.get(id);
  }

  /** What people and programs ask for is remembered likewise, under names no trigger has. */
  static boolean isAsked(Firing firing) {
    return firing.trigger().startsWith("@");
  }

  /** Whether nothing was left out. */
  boolean isComplete() {
    return complete;
  }

  private void add(Workflow workflow) {
    Map<String, TreeMap<Instant, Firing>> decided = new HashMap<>();
    if (from.isBefore(now)) {
      List<Firing> firings =
          sources.store().firings().between(workflow.name(), from, to, limit + 1);
      complete &= firings.size() <= limit;
      for (Firing firing : firings) {
        if (!isAsked(firing)) {
          decided
              .computeIfAbsent(firing.trigger(), id -> new TreeMap<>())
              .put(firing.due(), firing);
          addUntimed(workflow, firing);
        }
      }
    }
    ZoneId zone = sources.zone();
    for (Trigger trigger : workflow.triggers()) {
      Timetable times = trigger.timetable(zone);
      if (times != null && trigger.enabled()) {
        Known known = sources.store().firings().known(workflow.name(), trigger.id()).orElse(null);
        TreeMap<Instant, Firing> own =
            Objects.requireNonNullElseGet(decided.get(trigger.id()), TreeMap::new);
        Occurrence first = times.next(begin(trigger, known, own).minusNanos(1));
        if (first != null) {
          push(new Coming(workflow, trigger, times, first, own, known), first);
        }
      }
    }
  }

  /** Where there is something to tell: what nobody decided or will is passed over at once. */
  private Instant begin(
      Trigger trigger, @Nullable Known known, NavigableMap<Instant, Firing> decided) {
    Duration jitter = Objects.requireNonNullElse(trigger.jitter(), Duration.ZERO);
    Instant begin = now.minus(jitter);
    if (known != null && known.since().isBefore(begin)) {
      begin = known.since();
    }
    if (!decided.isEmpty() && decided.firstKey().isBefore(begin)) {
      begin = decided.firstKey();
    }
    return begin.isBefore(from) ? from : begin;
  }

  /** What began a run at no time of a trigger that is in force now. */
  private void addUntimed(Workflow workflow, Firing firing) {
    boolean timed =
        workflow.triggers().stream()
            .filter(trigger -> trigger.id().equals(firing.trigger()) && trigger.enabled())
            .map(trigger -> trigger.timetable(sources.zone()))
            .anyMatch(times -> times != null && isTime(times, firing.due()));
    if (firing.run() == null) {
      return;
    }
    fired.add(firing.run());
    if (!timed && !firing.due().isBefore(from)) {
      entries.add(
          new Entry(firing.due(), workflow, firing.trigger(), null, firing.decided(), firing));
    }
  }

  private static boolean isTime(Timetable times, Instant at) {
    Occurrence next = times.next(at.minusNanos(1));
    return next != null && next.instant().equals(at);
  }

  private void push(Coming of, @Nullable Occurrence next) {
    if (next != null && next.instant().isBefore(to)) {
      coming.add(
          new Coming(of.workflow(), of.trigger(), of.times(), next, of.decided(), of.known()));
    }
  }

  private void add(Coming one) {
    Instant at = one.at();
    Instant starts = at.plus(one.trigger().delay(one.workflow().name(), at));
    Map.Entry<Instant, Firing> nearest = one.decided().floorEntry(at);
    Firing decision =
        nearest == null || nearest.getValue().last().isBefore(at) ? null : nearest.getValue();
    boolean concerns = one.known() != null && !at.isBefore(one.known().since());
    if (decision != null || starts.isAfter(now) || concerns) {
      entries.add(new Entry(at, one.workflow(), one.trigger().id(), one.next(), starts, decision));
    }
  }
}
