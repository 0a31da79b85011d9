package dev.nightjar.runtime;

import dev.nightjar.model.InputDeclaration;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Monitor;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.runtime.plan.WorkflowPlan;
import dev.nightjar.stage.Children;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.Processors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Runs workflows. */
public final class Engine {

  /** The fence of a run's first owner. */
  private static final long FIRST = 1;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Processors plugins;
  private final Surroundings surroundings;
  private final EngineSettings settings;
  private final ResultCache cache;
  private final RunIds ids;

  /**
   * An engine.
   *
   * @param plugins where it takes its processors from
   * @param cache for the results of steps that have {@code cache:}
   */
  public Engine(
      Processors plugins, Surroundings surroundings, EngineSettings settings, ResultCache cache) {
    this.plugins = plugins;
    this.surroundings = surroundings;
    this.settings = settings;
    this.cache = cache;
    this.ids = new RunIds(surroundings);
  }

  /** An id for a run that begins now; who has several engines takes {@link RunIds} of his own. */
  public String newId() {
    return ids.next();
  }

  /** What {@code trigger.*} means in a run that a person starts. */
  public static ObjectNode startedByHand(Instant started, ZoneId zone) {
    return trigger(started.atZone(zone), started.atZone(zone).toLocalDate());
  }

  /**
   * What {@code trigger.*} means in a run.
   *
   * @param time when it was due
   * @param date the day it is for
   */
  public static ObjectNode trigger(ZonedDateTime time, LocalDate date) {
    ObjectNode trigger = JSON.objectNode();
    trigger.put("time", time.toInstant().toString());
    trigger.put("date", date.toString());
    trigger.putArray("files");
    trigger.putNull("body");
    return trigger;
  }

  /**
   * Starts a run and returns at once.
   *
   * @param journal gets every event, one at a time
   */
  public Run start(RunRequest request, Journal journal) {
    return start(request, new History(), FIRST, journal, started(request), run -> List.of());
  }

  /**
   * Goes on with a run that another process left unfinished, and returns at once. What was done is
   * not done again; child processes of the dead engine are ended first.
   *
   * @param request as it was; secrets as they are now
   * @param past all events of the run
   * @param owner this process, for people to read
   * @param fence larger than that of every owner before
   * @throws IllegalStateException when the run has ended, or steps are {@link History#inDoubt}
   */
  public Run resume(RunRequest request, History past, String owner, long fence, Journal journal) {
    if (past.ended() != null || !past.inDoubt().isEmpty()) {
      throw new IllegalStateException("the run cannot go on: " + request.id());
    }
    var first = new Event.RunResumed(surroundings.clock().instant(), owner, fence);
    RunExecution.EarlierEvents earlier =
        run -> {
          Children.endLeftOvers(run.run(), run.folder(), settings.grace());
          return List.of();
        };
    return start(request, past, fence, journal, first, earlier);
  }

  /**
   * Starts a run that takes over what {@link RunRequest#rerun} says, and returns at once.
   *
   * @param other all events of that run
   * @param otherFolder that run's folder, as {@link #runFolder} gives it; may be gone
   */
  public Run rerun(RunRequest request, History other, Path otherFolder, Journal journal) {
    Event.Rerun rerun = Objects.requireNonNull(request.rerun());
    String from = rerun.from();
    if (from == null) {
      return start(request, journal);
    }
    RunExecution.EarlierEvents earlier =
        run ->
            new Reuse(
                    rerun.run(),
                    other,
                    otherFolder.resolve(RunExecution.STEPS),
                    run.folder().resolve(RunExecution.STEPS),
                    run.now())
                .before(from, Plan.of(request.workflow().steps()));
    return start(request, new History(), FIRST, journal, started(request), earlier);
  }

  /**
   * The last event of a run that has got to none of its steps.
   *
   * @param failure null unless something other than a cancel kept it from them
   */
  public Event.RunEnded neverRan(String run, Outcome outcome, @Nullable Failure failure) {
    Summary nothing = new Monitor().summary(Duration.ZERO, null);
    var result = new RunResult(outcome, failure, JSON.objectNode(), nothing);
    return new Event.RunEnded(surroundings.clock().instant(), run, result);
  }

  /** Where a run keeps its parts, below the work folder. */
  public static Path runFolder(Path workFolder, String run) {
    return workFolder.resolve("runs").resolve(run);
  }

  private Run start(
      RunRequest request,
      History history,
      long fence,
      Journal journal,
      Event first,
      RunExecution.EarlierEvents earlier) {
    Workflow workflow = request.workflow();
    RunScope scope = scope(request);
    var run =
        new RunContext(
            request.id(),
            workflow.name(),
            runFolder(surroundings.workFolder(), request.id()),
            fence,
            history,
            new Folders(workflow.folder(), settings.root(), settings.allowOutside()),
            plugins,
            new OptionsBinder(plugins, workflow.folder()),
            surroundings,
            settings,
            cache,
            texts(scope.names().getOrDefault("env", JSON.objectNode())),
            new Masks(hidden(workflow, request.inputs(), request.secrets())),
            journal,
            new Monitor(),
            new Watchdog(),
            RunContext.series(history.series()),
            new Standing(),
            new WarmUp(settings.warmUp()));
    var execution = new RunExecution(request, WorkflowPlan.of(workflow), run, scope, earlier);
    execution.start(first);
    return execution;
  }

  /** The first event of a run, for one that is remembered before it gets its turn. */
  public static Event.RunStarted started(RunRequest request) {
    Workflow workflow = request.workflow();
    return new Event.RunStarted(
        request.started(),
        request.id(),
        workflow.name(),
        workflow.file().toString(),
        shown(request),
        request.digest(),
        request.plugins(),
        request.trigger(),
        request.rerun());
  }

  private static RunScope scope(RunRequest request) {
    var names = new HashMap<String, JsonNode>();
    names.put("inputs", object(request.inputs()));
    names.put("secrets", object(nodes(request.secrets())));
    ObjectNode run = JSON.objectNode();
    run.put("id", request.id());
    run.put("started", request.started().toString());
    names.put("run", run);
    names.put("trigger", request.trigger());
    names.put("steps", JSON.objectNode());
    var scope = new RunScope(names);
    ObjectNode env = JSON.objectNode();
    request.workflow().env().forEach((name, value) -> env.set(name, value.evaluate(scope, null)));
    names.put("env", env);
    return scope;
  }

  private static ObjectNode object(Map<String, JsonNode> values) {
    ObjectNode object = JSON.objectNode();
    values.forEach(object::set);
    return object;
  }

  private static Map<String, JsonNode> nodes(Map<String, String> values) {
    var nodes = new LinkedHashMap<String, JsonNode>();
    values.forEach((name, value) -> nodes.put(name, StringNode.valueOf(value)));
    return nodes;
  }

  private static Map<String, String> texts(JsonNode object) {
    var texts = new LinkedHashMap<String, String>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  private static List<String> hidden(
      Workflow workflow, Map<String, JsonNode> inputs, Map<String, String> secrets) {
    var hidden = new ArrayList<>(secrets.values());
    for (InputDeclaration input : workflow.inputs()) {
      JsonNode value = inputs.get(input.name());
      if (input.type() == InputDeclaration.Type.SECRET && value != null) {
        hidden.add(value.asString());
      }
    }
    return hidden;
  }

  /** A secret that was given is shown to be there, so that it is asked for again. */
  private static Map<String, JsonNode> shown(RunRequest request) {
    var shown = new LinkedHashMap<>(request.inputs());
    for (InputDeclaration input : request.workflow().inputs()) {
      boolean secret = input.type() == InputDeclaration.Type.SECRET;
      if (secret && request.secrets().containsKey(input.name())) {
        shown.put(input.name(), StringNode.valueOf(Masks.MASK));
      }
    }
    return shown;
  }
}
