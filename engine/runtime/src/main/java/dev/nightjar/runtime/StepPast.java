package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.StepMetrics;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the journal tells of one step; of a stage's first step, also of the stage's tasks. */
final class StepPast {

  /** A step of which the journal says nothing. */
  static final StepPast NONE = new StepPast();

  private boolean started;
  private Event.@Nullable StepEnded ended;
  private Event.@Nullable SplitsListed splits;
  private Event.@Nullable StageCommitted committed;
  private final SortedMap<Integer, Event.TaskCommitted> tasks = new TreeMap<>();
  private final Map<Integer, Event.AttemptFailed> failures = new HashMap<>();
  private final Set<Integer> begun = new HashSet<>();
  private final Map<String, Queue<Event.BodyEnded>> bodies = new HashMap<>();
  private final Map<String, ItemsPast> items = new HashMap<>();

  boolean started() {
    return started;
  }

  /** How it ended; null when it has not. */
  Event.@Nullable StepEnded ended() {
    return ended;
  }

  /** How its stage's input was shared out; null when it was not. */
  Event.@Nullable SplitsListed splits() {
    return splits;
  }

  /** Null when its stage's parts were not put together. */
  Event.@Nullable StageCommitted committed() {
    return committed;
  }

  /** The tasks of its stage that are done, by number. */
  SortedMap<Integer, Event.TaskCommitted> tasks() {
    return tasks;
  }

  /** The last failure of a task, or of the step itself when that is -1. */
  Event.@Nullable AttemptFailed failure(int task) {
    return failures.get(task);
  }

  /** How many attempts of it, or of its stage's tasks, have failed. */
  int failedAttempts() {
    int attempts = 0;
    for (Event.AttemptFailed failure : failures.values()) {
      attempts += failure.attempt();
    }
    return attempts;
  }

  /** The tasks that were begun, may not be repeated, and of which nobody knows the end. */
  Set<Integer> begun() {
    return begun;
  }

  /** Whether nested steps have ended that a new attempt would run again. */
  synchronized boolean hasBodies() {
    return bodies.values().stream().anyMatch(ends -> !ends.isEmpty());
  }

  /** How nested steps ended the next time; null when they did no more. */
  synchronized Event.@Nullable BodyEnded nextBody(String body) {
    Queue<Event.BodyEnded> ends = bodies.get(body);
    return ends == null ? null : ends.poll();
  }

  /** What nested steps have published for an item; null when they have not ended for it. */
  synchronized @Nullable JsonNode item(String block, long index) {
    ItemsPast ends = items.get(block);
    return ends == null ? null : ends.outputs(index);
  }

  void start() {
    started = true;
  }

  void end(Event.StepEnded event) {
    started = true;
    ended = event;
    begun.clear();
    forgetBodies();
  }

  void reuse(Event.StepReused event) {
    end(
        new Event.StepEnded(
            event.at(),
            event.step(),
            event.outcome(),
            null,
            null,
            false,
            StepMetrics.NONE,
            event.outputs()));
  }

  void share(Event.SplitsListed event) {
    splits = event;
  }

  void begin(int task) {
    begun.add(task);
  }

  void settled(int task) {
    begun.remove(task);
  }

  void commit(Event.TaskCommitted event) {
    tasks.put(event.task(), event);
  }

  void commit(Event.StageCommitted event) {
    committed = event;
  }

  void fail(Event.AttemptFailed event) {
    failures.put(event.task(), event);
  }

  synchronized void body(Event.BodyEnded event) {
    bodies.computeIfAbsent(event.body(), key -> new ArrayDeque<>()).add(event);
  }

  synchronized void items(Event.ItemsEnded event) {
    items.computeIfAbsent(event.block(), key -> new ItemsPast()).add(event);
  }

  /** A new attempt runs its nested steps anew, and emits anew. */
  synchronized void forgetBodies() {
    bodies.clear();
    items.clear();
  }
}
