package dev.nightjar.runtime.plan;

import dev.nightjar.model.Step;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins the steps of one block into units, in the order written. */
final class Planner {

  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<String> controls = new HashSet<>();
  private final List<Plan.Unit> units = new ArrayList<>();
  private @Nullable OpenStage open;

  /** The stage that the next record step may join. */
  private static final class OpenStage {
    final List<Step> steps = new ArrayList<>();
    final @Nullable String reads;
    final @Nullable String cut;
    boolean single;

    OpenStage(@Nullable String reads, @Nullable String cut, boolean single) {
      this.reads = reads;
      this.cut = cut;
      this.single = single;
    }

    boolean has(String id) {
      return steps.stream().anyMatch(step -> step.id().equals(id));
    }
  }

  static Plan plan(List<Step> steps) {
    var planner = new Planner();
    steps.forEach(planner::noteReads);
    steps.forEach(planner::add);
    planner.close();
    return new Plan(List.copyOf(planner.units), rejectOwners(steps));
  }

  /**
   * For each step the one whose {@code rejects:} covers it: its own, else that of a later reader.
   */
  private static Map<String, Step> rejectOwners(List<Step> steps) {
    var owners = new HashMap<String, Step>();
    for (Step step : steps.reversed()) {
      if (step.rejects() != null) {
        owners.put(step.id(), step);
      }
      Step owner = owners.get(step.id());
      if (owner != null && step.from() != null && !hasOwn(steps, step.from())) {
        owners.put(step.from(), owner);
      }
    }
    return Map.copyOf(owners);
  }

  private static boolean hasOwn(List<Step> steps, String id) {
    return steps.stream().anyMatch(step -> step.id().equals(id) && step.rejects() != null);
  }

  private void noteReads(Step step) {
    if (step.from() != null) {
      readers.merge(step.from(), 1, Integer::sum);
    }
    step.options().sides().forEach(side -> readers.merge(side, 1, Integer::sum));
  }

  private void add(Step step) {
    Shape shape = step.processor().shape();
    if (shape == Shape.TASK || shape == Shape.CONTROL) {
      close();
      units.add(single(step));
      if (shape == Shape.CONTROL) {
        controls.add(step.id());
      }
      return;
    }
    String from = step.from();
    boolean whole = step.processor().scope() == Scope.STREAM;
    if (from == null) {
      close();
      open = new OpenStage(null, null, whole);
    } else {
      String cut = reasonToCut(step, from, whole);
      if (cut != null) {
        close();
        open = new OpenStage(from, cut, whole || controls.contains(from));
      }
    }
    OpenStage stage = Objects.requireNonNull(open);
    stage.steps.add(step);
    if (isSink(step)) {
      close();
      keepInput(step);
    }
  }

  private static boolean isSink(Step step) {
    return step.options().emits() == Emitted.NONE;
  }

  /** A sink always writes; what its {@code cache:} keeps is what it reads. */
  private void keepInput(Step sink) {
    String from = sink.from();
    Step.Cache cache = sink.cache();
    if (from != null && cache != null) {
      units.replaceAll(unit -> unit instanceof Plan.Stage one ? one.keptFor(from, cache) : unit);
    }
  }

  /** Why the step cannot run together with the one it reads; null when it can. */
  private @Nullable String reasonToCut(Step step, String from, boolean whole) {
    if (controls.contains(from)) {
      return "`" + from + "` ends before its records are read";
    }
    if (readers.getOrDefault(from, 0) > 1) {
      return "several steps read `" + from + "`";
    }
    OpenStage stage = open;
    if (stage == null || !stage.steps.getLast().id().equals(from)) {
      return "`" + last() + "` stands between `" + from + "` and `" + step.id() + "`";
    }
    if (whole) {
      return "`" + step.processor().name() + "` needs the whole stream";
    }
    if (endsCached(stage.steps.getLast(), step)) {
      return "the cache keeps what `" + from + "` emits";
    }
    String used = usedOutputs(step, stage);
    if (used != null) {
      return "`" + step.id() + "` uses what came of `" + used + "`";
    }
    return null;
  }

  /** What is kept is what the last of some cached steps emits, and never what a sink writes. */
  private static boolean endsCached(Step before, Step step) {
    return isSink(step)
        ? before.cache() != null || step.cache() != null
        : before.cache() != null && step.cache() == null;
  }

  private static @Nullable String usedOutputs(Step step, OpenStage stage) {
    for (List<String> path : references(step)) {
      if (path.getFirst().equals("status")) {
        return stage.steps.getLast().id();
      }
      if (path.size() > 1 && path.getFirst().equals("steps") && stage.has(path.get(1))) {
        return path.get(1);
      }
    }
    for (String id : step.options().sides()) {
      if (stage.has(id)) {
        return id;
      }
    }
    return null;
  }

  private static Set<List<String>> references(Step step) {
    var all = new LinkedHashSet<>(step.options().references());
    if (step.condition() != null) {
      all.addAll(step.condition().references());
    }
    return all;
  }

  private String last() {
    return open != null ? open.steps.getLast().id() : units.getLast().steps().getLast().id();
  }

  private void close() {
    OpenStage stage = open;
    if (stage == null) {
      return;
    }
    open = null;
    units.add(
        new Plan.Stage(
            List.copyOf(stage.steps),
            needs(stage.steps, stage.reads),
            stage.reads,
            stage.cut,
            stage.single,
            readers.containsKey(stage.steps.getLast().id()),
            isSink(stage.steps.getLast()) ? null : stage.steps.getLast().cache()));
  }

  private Plan.Single single(Step step) {
    var blocks = new LinkedHashMap<String, Plan>();
    step.blocks().forEach(block -> blocks.put(block.name(), plan(block.steps())));
    return new Plan.Single(
        step,
        needs(List.of(step), step.from()),
        step.from(),
        readers.containsKey(step.id()),
        blocks);
  }

  private static List<String> needs(List<Step> steps, @Nullable String reads) {
    var needs = new LinkedHashSet<String>();
    if (reads != null) {
      needs.add(reads);
    }
    for (Step step : steps) {
      needs.addAll(step.needs());
      needs.addAll(step.options().sides());
    }
    steps.forEach(step -> needs.remove(step.id()));
    return List.copyOf(needs);
  }
}
