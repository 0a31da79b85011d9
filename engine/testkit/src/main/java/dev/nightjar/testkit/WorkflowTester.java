package dev.nightjar.testkit;

import dev.nightjar.model.InputBinder;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.DiagnosticPrinter;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.EngineSettings;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.plan.WorkflowPlan;
import dev.nightjar.spi.Processor;
import dev.nightjar.stage.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs workflows as a user would, in a folder, by a {@link ManualClock}: retries wait no time.
 *
 * <pre>{@code
 * var tester = WorkflowTester.in(folder).with(new Fail());
 * var run = tester.run("""
 *     name: flaky
 *     steps: [{id: a, uses: test.fail, retry: {max_attempts: 3, delay: 1s}}]
 *     """);
 * assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
 * assertThat(tester.waits()).containsExactly(ofSeconds(1), ofSeconds(2));
 * }</pre>
 *
 * <p>A timeout and the grace of a step that is to stop pass in real time; keep them short.
 */
public final class WorkflowTester {

  private static final String FILE = "workflow.yaml";

  private final Path folder;
  private final List<Processor<?>> processors = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final ManualClock clock = new ManualClock();
  private final Instant start = clock.instant();
  private final SplittableRandom random = new SplittableRandom(1);
  private int parallelism = 2;
  private Duration grace = Duration.ofSeconds(5);
  private Duration quiet = Duration.ZERO;
  private ResultCache cache = ResultCache.NONE;

  private WorkflowTester(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** A tester whose workflows lie in this folder; paths in them start there. */
  public static WorkflowTester in(Path folder) {
    return new WorkflowTester(folder);
  }

  /** Makes processors known by the names of their declarations. */
  public WorkflowTester with(Processor<?>... more) {
    processors.addAll(List.of(more));
    return this;
  }

  /** Gives an input its value, as {@code --input name=value} does. */
  public WorkflowTester input(String name, String value) {
    inputs.add(name + "=" + value);
    return this;
  }

  /** What a name under {@code secrets:} stands for. */
  public WorkflowTester secret(String name, String value) {
    secrets.put(name, value);
    return this;
  }

  /** Another number of tasks at once than 2. */
  public WorkflowTester parallelism(int tasks) {
    this.parallelism = tasks;
    return this;
  }

  /** Another time than five seconds for a step that was interrupted to answer. */
  public WorkflowTester grace(Duration grace) {
    this.grace = grace;
    return this;
  }

  /** As the command line does: items that are done sooner have no events of their own. */
  public WorkflowTester quiet(Duration quiet) {
    this.quiet = quiet;
    return this;
  }

  /** Where steps with {@code cache:} keep their results; nowhere if nothing is said. */
  public WorkflowTester cache(ResultCache cache) {
    this.cache = cache;
    return this;
  }

  public ManualClock clock() {
    return clock;
  }

  /** How long retries and sleepers waited, in the order they began to. */
  public List<Duration> waits() {
    return clock.waits();
  }

  /** What is wrong with a workflow, as {@code nightjar validate} prints it; empty for nothing. */
  public List<String> diagnostics(String yaml) {
    var found = new Diagnostics();
    read(yaml, found);
    return printed(found);
  }

  /**
   * How a workflow would be run.
   *
   * @throws IllegalArgumentException when something is wrong with it, telling what
   */
  public WorkflowPlan plan(String yaml) {
    return WorkflowPlan.of(valid(yaml));
  }

  /**
   * Runs a workflow to its end.
   *
   * @throws IllegalArgumentException when something is wrong with it, telling what
   */
  public Ended run(String yaml) throws InterruptedException {
    return start(yaml).await();
  }

  /** Starts a workflow, as {@link #run} does, and returns at once. */
  public Started start(String yaml) {
    List<Event> events = Collections.synchronizedList(new ArrayList<>());
    Engine engine = engine();
    return new Started(engine.start(request(engine, yaml, null), events::add), events);
  }

  /**
   * Runs a workflow until so many events are remembered; then all of it stops where it stands, as
   * when its process is killed.
   *
   * @return the events that outlive it; fewer than asked for when the run has ended before
   */
  public List<Event> kill(String yaml, int events) throws InterruptedException {
    var journal = new MortalJournal(events);
    return journal.outlive(start(yaml, journal));
  }

  /** Starts a run that is remembered by another journal. */
  Run start(String yaml, Journal journal) {
    Engine engine = engine();
    return engine.start(request(engine, yaml, null), journal);
  }

  /**
   * Goes on with a run that was killed, and kills it again.
   *
   * @param past the events that outlived it
   * @return those of both
   */
  public List<Event> kill(String yaml, List<Event> past, int events) throws InterruptedException {
    var journal = new MortalJournal(events);
    List<Event> all = new ArrayList<>(past);
    all.addAll(journal.outlive(resume(yaml, past, journal)));
    return all;
  }

  /**
   * Goes on with a run that was killed, to its end.
   *
   * @param past the events that outlived it
   */
  public Ended resume(String yaml, List<Event> past) throws InterruptedException {
    List<Event> events = Collections.synchronizedList(new ArrayList<>(past));
    return new Started(resume(yaml, past, events::add), events).await();
  }

  private Run resume(String yaml, List<Event> past, Journal journal) {
    Engine engine = engine();
    var history = History.of(past.stream());
    long fence = 2 + past.stream().filter(Event.RunResumed.class::isInstance).count();
    return engine.resume(
        request(engine, yaml, history.started()), history, "another process", fence, journal);
  }

  /**
   * Runs a workflow that takes over what another run has done before a step.
   *
   * @param other the events of that run
   * @param from the step from which on everything is done anew; null for all
   */
  public Ended rerun(String yaml, List<Event> other, @Nullable String from)
      throws InterruptedException {
    List<Event> events = Collections.synchronizedList(new ArrayList<>());
    Engine engine = engine();
    var history = History.of(other.stream());
    String id = history.started().run();
    RunRequest fresh = request(engine, yaml, null);
    var request =
        new RunRequest(
            fresh.id(),
            fresh.workflow(),
            fresh.digest(),
            fresh.plugins(),
            fresh.inputs(),
            fresh.secrets(),
            fresh.started(),
            fresh.trigger(),
            new Event.Rerun(id, from));
    Run run =
        engine.rerun(
            request, history, Engine.runFolder(folder.resolve(".nightjar"), id), events::add);
    return new Started(run, events).await();
  }

  private RunRequest request(Engine engine, String yaml, Event.@Nullable RunStarted before) {
    Workflow workflow = valid(yaml);
    var found = new Diagnostics();
    InputBinder.Bound bound = InputBinder.bind(workflow, null, inputs, folder, found);
    if (bound == null) {
      throw new IllegalArgumentException(String.join("\n", printed(found)));
    }
    var values = new LinkedHashMap<String, JsonNode>();
    bound.values().properties().forEach(one -> values.put(one.getKey(), one.getValue()));
    var hidden = new LinkedHashMap<>(secrets);
    hidden.putAll(bound.secrets());
    Instant started = before == null ? clock.instant() : before.at();
    return new RunRequest(
        before == null ? engine.newId() : before.run(),
        workflow,
        "",
        List.of(),
        values,
        hidden,
        started,
        Engine.startedByHand(started, ZoneOffset.UTC),
        null);
  }

  private Engine engine() {
    var surroundings =
        new Surroundings(clock, this::nanos, random, clock::sleep, folder.resolve(".nightjar"));
    var settings = new EngineSettings(parallelism, folder, false, grace, quiet, Duration.ZERO);
    return new Engine(Instances.of(processors), surroundings, settings, cache);
  }

  private long nanos() {
    return Duration.between(start, clock.instant()).toNanos();
  }

  private Workflow valid(String yaml) {
    var found = new Diagnostics();
    Workflow workflow = read(yaml, found);
    if (workflow == null) {
      throw new IllegalArgumentException(String.join("\n", printed(found)));
    }
    return workflow;
  }

  private @Nullable Workflow read(String yaml, Diagnostics found) {
    return WorkflowReader.read(
        new SourceText(FILE, yaml),
        folder.resolve(FILE),
        Instances.of(processors).catalog(),
        found);
  }

  private static List<String> printed(Diagnostics found) {
    var printer = new DiagnosticPrinter(false);
    return found.sorted().stream().map(printer::print).toList();
  }

  /** A run that goes on. */
  public static final class Started {
    private final Run run;
    private final List<Event> events;

    private Started(Run run, List<Event> events) {
      this.run = run;
      this.events = events;
    }

    /** As one who presses Ctrl-C does. */
    public void cancel() {
      run.cancel("interrupted");
    }

    /** Waits for its end. */
    public Ended await() throws InterruptedException {
      RunResult result = run.await();
      return new Ended(
          run.id(),
          result.outcome(),
          result.failure(),
          result.outputs(),
          result.summary(),
          List.copyOf(events));
    }
  }

  /**
   * A run that has ended.
   *
   * @param failure null unless it failed
   * @param outputs the workflow's {@code outputs:}
   * @param events all of the journal, in order
   */
  public record Ended(
      String id,
      Outcome outcome,
      @Nullable Failure failure,
      JsonNode outputs,
      Summary summary,
      List<Event> events) {

    /** How a step ended the last time, by its path: {@code each[3].write}. */
    public Outcome outcome(String step) {
      return end(step).outcome();
    }

    /**
     * All that is told of a step's last end.
     *
     * @throws IllegalArgumentException when no step of this path has ended, telling which have
     */
    public Event.StepEnded end(String step) {
      List<Event.StepEnded> ends = events(Event.StepEnded.class);
      return ends.reversed().stream()
          .filter(end -> end.step().equals(step))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "no step `%s` has ended, but %s"
                      .formatted(step, ends.stream().map(Event.StepEnded::step).toList())));
    }

    /** What steps logged, each line as {@code INFO step: text}. */
    public List<String> log() {
      return events.stream()
          .filter(Event.Logged.class::isInstance)
          .map(Event.Logged.class::cast)
          .map(line -> line.level() + " " + line.step() + ": " + line.message())
          .toList();
    }

    /** The events of one type, in order. */
    public <E extends Event> List<E> events(Class<E> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }
}
