package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.spi.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The state of a run: what its events add up to, and nothing else. A run that goes on asks here
 * what is done already.
 */
public final class History {

  /** {@link Event.AttemptStarted#task} of a step without tasks. */
  static final int STEP = -1;

  /** {@link Event.AttemptStarted#task} of a sink's commit. */
  static final int COMMIT = -2;

  private final ConcurrentNavigableMap<String, StepPast> steps = new ConcurrentSkipListMap<>();
  private final Map<String, List<String>> stages = new HashMap<>();
  private final Map<String, List<Measured>> series = new LinkedHashMap<>();
  private Event.@Nullable RunStarted started;
  private Event.@Nullable RunEnded ended;
  private Event.@Nullable CancelRequested cancelled;

  private record Measured(String step, Measurement point) {}

  /**
   * An attempt that a crash interrupted and that may not be repeated: a person has to say what
   * became of it.
   *
   * @param task -1 for a step without tasks, -2 for a sink's commit
   */
  public record Doubt(String step, int task) {

    /** Whether the records that the attempt would have emitted are unknown. */
    public boolean ofTask() {
      return task >= 0;
    }
  }

  /** Of a run that has not begun. */
  public History() {}

  /** Of a run with these events, in order. */
  public static History of(Stream<Event> events) {
    var history = new History();
    events.forEachOrdered(history::apply);
    return history;
  }

  /** Whether anything is known of the run; else its process ended as it began. */
  public boolean hasBegun() {
    return started != null;
  }

  /**
   * The first event of all.
   *
   * @throws IllegalStateException when there is none
   */
  public Event.RunStarted started() {
    Event.RunStarted known = started;
    if (known == null) {
      throw new IllegalStateException("the run has no beginning");
    }
    return known;
  }

  /** The last event; null when the run has not ended. */
  public Event.@Nullable RunEnded ended() {
    return ended;
  }

  public boolean cancelRequested() {
    return cancelled != null;
  }

  /** Why a cancel was asked for; null when it was not. */
  @Nullable String cancelReason() {
    return cancelled == null ? null : cancelled.reason();
  }

  /** The attempts of which only a person can say what became of them, by step. */
  public List<Doubt> inDoubt() {
    var doubts = new ArrayList<Doubt>();
    steps.forEach((step, past) ->
        past.begun().stream().sorted().map(task -> new Doubt(step, task)).forEach(doubts::add));
    return doubts;
  }

  /** What is known of a step. */
  StepPast step(String path) {
    return steps.getOrDefault(path, StepPast.NONE);
  }

  /** The points of all series, of those steps alone that will not measure them again. */
  Map<String, List<Measurement>> series() {
    var known = new LinkedHashMap<String, List<Measurement>>();
    series.forEach((name, points) ->
        known.put(
            name,
            points.stream()
                .filter(point -> step(point.step()).ended() != null)
                .map(Measured::point)
                .toList()));
    return known;
  }

  /** Adds an event. */
  public void apply(Event event) {
    switch (event) {
      case Event.RunStarted e -> started = e;
      case Event.RunEnded e -> ended = e;
      case Event.CancelRequested e -> cancelled = e;
      case Event.StageStarted e -> e.steps().forEach(step -> stages.put(step, e.steps()));
      case Event.SplitsListed e -> past(e.stage()).share(e);
      case Event.TaskCommitted e -> committed(e);
      case Event.StageCommitted e -> stageCommitted(e);
      case Event.StepStarted e -> past(e.step()).start();
      case Event.AttemptStarted e -> past(e.step()).begin(e.task());
      case Event.AttemptFailed e -> failed(e);
      case Event.StepEnded e -> past(e.step()).end(e);
      case Event.StepReused e -> past(e.step()).reuse(e);
      case Event.StepResolved e -> resolved(e);
      case Event.BodyEnded e -> {
        past(e.step()).body(e);
        e.steps().forEach(this::forget);
      }
      case Event.ItemsEnded e -> past(e.step()).items(e);
      case Event.Measured e ->
          series
              .computeIfAbsent(e.series(), name -> new ArrayList<>())
              .add(new Measured(e.step(), e.measurement()));
      case Event.RunResumed e -> {}
      case Event.RunQueued e -> {}
      case Event.RunAdmitted e -> {}
      case Event.CacheAsked e -> {}
      case Event.Logged e -> {}
      case Event.Warned e -> {}
    }
  }

  private StepPast past(String path) {
    return steps.computeIfAbsent(path, key -> new StepPast());
  }

  private void committed(Event.TaskCommitted event) {
    past(event.stage()).commit(event);
    event.counts().keySet().forEach(step -> step(step).settled(event.task()));
  }

  private void stageCommitted(Event.StageCommitted event) {
    past(event.stage()).commit(event);
    stages.getOrDefault(event.stage(), List.of()).forEach(step -> step(step).settled(COMMIT));
  }

  private void failed(Event.AttemptFailed event) {
    past(event.step()).fail(event);
    stages
        .getOrDefault(event.step(), List.of(event.step()))
        .forEach(step -> step(step).settled(event.task()));
    if (event.task() == STEP) {
      forgetNested(event.step());
    }
  }

  private void resolved(Event.StepResolved event) {
    StepPast past = past(event.step());
    if (!event.succeeded()) {
      past.begun().clear();
    } else if (past.begun().contains(COMMIT)) {
      List<String> stage = stages.getOrDefault(event.step(), List.of(event.step()));
      stageCommitted(
          new Event.StageCommitted(event.at(), stage.getFirst(), outputs(event), List.of()));
    } else {
      past.end(
          new Event.StepEnded(
              event.at(),
              event.step(),
              Outcome.SUCCEEDED,
              null,
              null,
              false,
              StepMetrics.NONE,
              event.outputs()));
    }
  }

  private static Map<String, JsonNode> outputs(Event.StepResolved event) {
    var outputs = new LinkedHashMap<String, JsonNode>();
    event.outputs().properties().forEach(one -> outputs.put(one.getKey(), one.getValue()));
    return outputs;
  }

  /** Whether more is known of what the steps within a step have done than was taken over. */
  boolean hasNested(String path) {
    return !steps.isEmpty() && hasKnownNested(path);
  }

  private boolean hasKnownNested(String path) {
    return step(path).hasBodies()
        || !steps.subMap(path + '.', path + (char) ('.' + 1)).isEmpty()
        || !steps.subMap(path + '[', path + (char) ('[' + 1)).isEmpty();
  }

  /** The steps within a step, in its attempt that has ended, are no more. */
  void forgetNested(String path) {
    steps.subMap(path + '.', path + (char) ('.' + 1)).clear();
    steps.subMap(path + '[', path + (char) ('[' + 1)).clear();
    step(path).forgetBodies();
  }

  /** A nested step will run again, for the first time. */
  void forget(String path) {
    forgetNested(path);
    steps.remove(path);
  }
}
