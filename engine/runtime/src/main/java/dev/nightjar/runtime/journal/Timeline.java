package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/**
 * What happened in a run and when, as views need it: a fold over its events, finished or not. Takes
 * one event after the other, in their order; for one thread.
 *
 * <p>Steps at the top level are all there. Of what a run may have millions the first ones are kept
 * and the others counted: see {@link Limits}.
 */
public final class Timeline {

  private final Limits limits;
  private final Map<String, StepAccount> steps = new LinkedHashMap<>();
  private final Map<String, NestedAccount> nested = new LinkedHashMap<>();
  private final Map<String, StageAccount> stages = new LinkedHashMap<>();
  private final List<Queue> queues = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final List<Event.CancelRequested> cancels = new ArrayList<>();
  private final List<Event.Logged> logs = new ArrayList<>();
  private final Map<Level, Long> logCounts = new EnumMap<>(Level.class);
  private final List<Event.Measured> points = new ArrayList<>();
  private final List<Event.Warned> warnings = new ArrayList<>();
  private final Map<String, RejectFile> rejects = new LinkedHashMap<>();
  private Event.@Nullable RunStarted started;
  private Event.@Nullable RunEnded ended;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private int nestedKept;
  private int failuresKept;
  private long nestedLeft;
  private long logsLeft;
  private long pointsLeft;

  public Timeline(Limits limits) {
    this.limits = limits;
  }

  /**
   * How much is kept of what a run may have millions of.
   *
   * @param nested steps within steps; of those that failed a tenth more
   * @param tasks of each stage
   * @param attempts that failed, of each step
   * @param logs lines; of warnings and errors behind them a tenth more
   * @param points of all series
   */
  public record Limits(int nested, int tasks, int attempts, int logs, int points) {}

  /**
   * A step.
   *
   * @param processor empty for one that never began, until the run has ended
   * @param because what its condition says
   * @param spans when it was at work: several when it was interrupted, or ran more than once
   * @param outcome of the last time; null while it has none
   * @param failure null unless it failed
   * @param metrics of all that it did; of one that goes on, what its tasks have told
   * @param tries the attempts that failed, the first ones
   * @param waited between attempts
   * @param misses why the cache could not help, the first few
   * @param reusedFrom the run that did the work, or {@code cache}; null when this one did
   * @param resolved what a person said of an attempt that a crash interrupted; null for nothing
   * @param bodies how often its nested steps ran
   * @param failedBodies how many of them failed
   */
  public record Step(
      String path,
      String processor,
      JsonNode because,
      List<Span> spans,
      @Nullable Outcome outcome,
      @Nullable String reason,
      @Nullable Failure failure,
      StepMetrics metrics,
      JsonNode outputs,
      List<Try> tries,
      long failedAttempts,
      Duration waited,
      long cacheHits,
      long cacheMisses,
      List<Event.CacheMiss> misses,
      @Nullable String reusedFrom,
      @Nullable Boolean resolved,
      long bodies,
      long failedBodies) {

    public boolean isTop() {
      return new StepPath(path).isTop();
    }

    /** Whether it is at work, or was when the run was last heard of. */
    public boolean isOpen() {
      return !spans.isEmpty() && spans.getLast().to() == null;
    }

    /** From its first start to its last end, pauses included; null when it never began. */
    public @Nullable Span whole() {
      return spans.isEmpty()
          ? null
          : new Span(spans.getFirst().from(), spans.getLast().to(), spans.getLast().interrupted());
    }
  }

  /**
   * A stretch of time.
   *
   * @param to null while it goes on
   * @param interrupted whether its process ended with it
   */
  public record Span(Instant from, @Nullable Instant to, boolean interrupted) {}

  /**
   * An attempt that failed.
   *
   * @param task its number, or -1 for a step without tasks
   * @param at when it had failed
   * @param nextIn the wait that followed; null when no attempt did
   */
  public record Try(
      int task,
      int attempt,
      Instant at,
      Duration took,
      Failure failure,
      @Nullable Duration nextIn) {}

  /**
   * Steps that run together.
   *
   * @param tasks how many there are
   * @param bytes to read, or -1 when unknown
   * @param committed null while it is not
   * @param done how many tasks are
   * @param cached how many of those an earlier run has done
   * @param first the tasks that were done first
   */
  public record Stage(
      List<String> steps,
      int tasks,
      long bytes,
      Instant started,
      @Nullable Instant committed,
      long done,
      long cached,
      List<TaskSpan> first) {}

  /** A task that is done. */
  public record TaskSpan(int task, Instant from, Instant to, long records, boolean cached) {}

  /**
   * What one entry within a step did, all its items together.
   *
   * @param path without items: {@code each.write}
   * @param started how often it began
   * @param outcomes how often it ended how
   * @param to when it last ended; null before
   * @param took all its times together
   * @param slowest the path of the one that took longest; null before one has ended
   */
  public record Nested(
      String path,
      String processor,
      long started,
      Map<Outcome, Long> outcomes,
      Instant from,
      @Nullable Instant to,
      Duration took,
      @Nullable String slowest,
      Duration longest,
      long records,
      long rejected,
      long failedAttempts) {}

  /**
   * The run waited for its turn.
   *
   * @param to null while it does
   */
  public record Queue(
      Instant from, @Nullable Instant to, String pool, int limit, List<String> behind) {}

  /** Nobody had the run: its process was gone, until another one took it over. */
  public record Pause(Instant from, Instant to, String owner) {}

  /** Takes the next event. */
  public void apply(Event event) {
    switch (event) {
      case Event.RunStarted e -> started = e;
      case Event.RunEnded e -> end(e);
      case Event.RunResumed e -> resume(e);
      case Event.RunQueued e ->
          queues.add(new Queue(e.at(), null, e.pool(), e.limit(), List.copyOf(e.behind())));
      case Event.RunAdmitted e -> admit(e);
      case Event.CancelRequested e -> keep(cancels, e, limits.attempts());
      case Event.StageStarted e -> stageStarted(e);
      case Event.SplitsListed e -> {}
      case Event.TaskCommitted e -> taskCommitted(e);
      case Event.StageCommitted e -> stageCommitted(e);
      case Event.CacheAsked e -> tell(steps.get(e.step()), step -> step.asked(e));
      case Event.StepStarted e -> stepStarted(e);
      case Event.AttemptStarted e -> {}
      case Event.AttemptFailed e -> attemptFailed(e);
      case Event.StepEnded e -> stepEnded(e);
      case Event.StepReused e -> tell(opened(e.step(), false), step -> step.reused(e));
      case Event.BodyEnded e -> tell(steps.get(e.step()), step -> step.body(e));
      case Event.ItemsEnded e -> tell(steps.get(e.step()), step -> step.items(e));
      case Event.StepResolved e -> tell(steps.get(e.step()), step -> step.resolved(e));
      case Event.Logged e -> logged(e);
      case Event.Measured e -> pointsLeft += keep(points, e, limits.points()) ? 0 : 1;
      case Event.Warned e -> keep(warnings, e, limits.attempts());
    }
    first = first == null ? event.at() : first;
    last = event.at();
  }

  private static <T> boolean keep(List<T> kept, T one, int limit) {
    return kept.size() < limit && kept.add(one);
  }

  private void end(Event.RunEnded event) {
    ended = event;
    Summary summary = event.result().summary();
    summary.rejects().forEach(this::addRejects);
    for (Summary.StepLine line : summary.steps()) {
      tell(steps.get(line.step()), step -> step.processor(line.processor()));
    }
    steps.values().forEach(step -> step.stop(event.at(), false));
  }

  private void resume(Event.RunResumed event) {
    Instant from = last == null ? event.at() : last;
    pauses.add(new Pause(from, event.at(), event.owner()));
    steps.values().forEach(step -> step.resume(from, event.at()));
  }

  private void admit(Event.RunAdmitted event) {
    if (!queues.isEmpty() && queues.getLast().to() == null) {
      Queue queue = queues.removeLast();
      queues.add(new Queue(queue.from(), event.at(), queue.pool(), queue.limit(), queue.behind()));
    }
  }

  private void stageStarted(Event.StageStarted event) {
    String first = event.steps().isEmpty() ? "" : event.steps().getFirst();
    if (steps.containsKey(first)) {
      stages.computeIfAbsent(first, path -> new StageAccount(event, limits.tasks())).again(event);
    }
  }

  private void taskCommitted(Event.TaskCommitted event) {
    StageAccount stage = stages.get(event.stage());
    if (stage != null) {
      stage.committed(event);
    }
    event.counts().forEach((path, counts) -> tell(steps.get(path), step -> step.counted(counts)));
  }

  private void stageCommitted(Event.StageCommitted event) {
    StageAccount stage = stages.get(event.stage());
    if (stage != null) {
      stage.committed(event);
    }
    event.rejects().forEach(this::addRejects);
  }

  /** One file a step and place; a later word about it replaces the earlier one. */
  private void addRejects(RejectFile file) {
    String key = file.step() + "\n" + file.path();
    if (rejects.containsKey(key) || rejects.size() < limits.nested() + limits.attempts()) {
      rejects.put(key, file);
    }
  }

  private void stepStarted(Event.StepStarted event) {
    var path = new StepPath(event.step());
    if (!path.isTop()) {
      nested.computeIfAbsent(path.shape(), shape -> new NestedAccount(shape, event)).started(event);
    }
    StepAccount step = opened(event.step(), false);
    nestedLeft += step == null ? 1 : 0;
    tell(step, kept -> kept.started(event));
  }

  private void attemptFailed(Event.AttemptFailed event) {
    tell(steps.get(event.step()), step -> step.failed(event));
    NestedAccount group = nested.get(new StepPath(event.step()).shape());
    if (group != null) {
      group.attemptFailed();
    }
  }

  private void stepEnded(Event.StepEnded event) {
    var path = new StepPath(event.step());
    if (!path.isTop()) {
      nested.computeIfAbsent(path.shape(), shape -> new NestedAccount(shape, event)).ended(event);
    }
    boolean began = event.metrics().attempts() > 0;
    boolean known = steps.containsKey(event.step());
    StepAccount step = opened(event.step(), event.failure() != null);
    if (step == null) {
      nestedLeft += began ? 0 : 1;
    } else if (!known && began) {
      // It was counted when it began, and is kept because it failed.
      nestedLeft = Math.max(0, nestedLeft - 1);
    }
    tell(step, kept -> kept.ended(event));
  }

  private static void tell(@Nullable StepAccount step, Consumer<StepAccount> what) {
    if (step != null) {
      what.accept(step);
    }
  }

  /** The account of a step, a new one if there is room. */
  private @Nullable StepAccount opened(String path, boolean failed) {
    StepAccount known = steps.get(path);
    if (known != null) {
      return known;
    }
    if (!new StepPath(path).isTop() && !hasRoom(failed)) {
      return null;
    }
    var fresh = new StepAccount(path, limits.attempts());
    steps.put(path, fresh);
    return fresh;
  }

  private boolean hasRoom(boolean failed) {
    if (nestedKept < limits.nested()) {
      nestedKept++;
      return true;
    }
    // Those that failed are asked for first, however late they come.
    if (failed && failuresKept < limits.nested() / 10) {
      failuresKept++;
      return true;
    }
    return false;
  }

  private void logged(Event.Logged event) {
    logCounts.merge(event.level(), 1L, Long::sum);
    boolean matters = event.level().toInt() >= Level.WARN.toInt();
    int limit = limits.logs() + (matters ? limits.logs() / 10 : 0);
    logsLeft += keep(logs, event, limit) ? 0 : 1;
  }

  /** How the run began; null before. */
  public Event.@Nullable RunStarted started() {
    return started;
  }

  /** How it ended; null before. */
  public Event.@Nullable RunEnded ended() {
    return ended;
  }

  /** When it was first heard of: it may have had to wait for its turn; null before. */
  public @Nullable Instant first() {
    return first;
  }

  /** When it was last heard of; null before its first event. */
  public @Nullable Instant last() {
    return last;
  }

  /** The steps that are kept, in the order in which they first began. */
  public List<Step> steps() {
    return steps.values().stream().map(StepAccount::view).toList();
  }

  /** Steps within steps, by where they stand in the workflow: all of them, kept or not. */
  public List<Nested> nested() {
    return nested.values().stream().map(NestedAccount::view).toList();
  }

  /** The stages that began with a step that is kept. */
  public List<Stage> stages() {
    return stages.values().stream().map(StageAccount::view).toList();
  }

  public List<Queue> queues() {
    return List.copyOf(queues);
  }

  public List<Pause> pauses() {
    return List.copyOf(pauses);
  }

  public List<Event.CancelRequested> cancels() {
    return List.copyOf(cancels);
  }

  /** The lines that are kept. */
  public List<Event.Logged> logs() {
    return List.copyOf(logs);
  }

  /** How many lines there are, kept or not, by level. */
  public Map<Level, Long> logCounts() {
    return Map.copyOf(logCounts);
  }

  public long logsLeft() {
    return logsLeft;
  }

  /** The points that are kept. */
  public List<Event.Measured> measured() {
    return List.copyOf(points);
  }

  public long measuredLeft() {
    return pointsLeft;
  }

  public List<Event.Warned> warnings() {
    return List.copyOf(warnings);
  }

  /** The files of rejects that came into place. */
  public Collection<RejectFile> rejects() {
    return List.copyOf(rejects.values());
  }

  /** How many nested steps are counted and not kept. */
  public long nestedLeft() {
    return nestedLeft;
  }
}
