package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.stage.StepFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps of one stage that run, in the order of the records; at least one. */
final class StageSteps {

  private final Map<String, StepRun> byPath = new LinkedHashMap<>();
  private final StepRun first;
  private final StepRun last;

  /** Steps that begin now. */
  StageSteps(RunContext run, BlockState state, List<Step> steps) {
    steps.forEach(step -> byPath.put(state.path(step.id()), new StepRun(run, state, step)));
    List<StepRun> all = new ArrayList<>(byPath.values());
    first = all.getFirst();
    last = all.getLast();
  }

  StepRun first() {
    return first;
  }

  StepRun last() {
    return last;
  }

  Collection<StepRun> all() {
    return Collections.unmodifiableCollection(byPath.values());
  }

  List<String> paths() {
    return List.copyOf(byPath.keySet());
  }

  /** The step of a path. */
  StepRun at(String path) {
    return Objects.requireNonNull(byPath.get(path));
  }

  /** The step that a failure of a task is charged to. */
  StepRun guilty(Throwable e) {
    StepRun charged =
        switch (e) {
          case StepFailure failure -> byPath.get(failure.step());
          case Attempts.TimedOut timedOut -> tightest();
          case Attempts.Stuck stuck -> standing(stuck);
          default -> null;
        };
    return charged == null ? first : charged;
  }

  /** The step whose processor the calls of a stuck attempt are inside of. */
  private @Nullable StepRun standing(Attempts.Stuck stuck) {
    for (String name : stuck.classes()) {
      String outer = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
      for (StepRun stepRun : byPath.values()) {
        if (outer.equals(stepRun.step().processor().className())) {
          return stepRun;
        }
      }
    }
    return null;
  }

  /** The step whose timeout ends first; null when none has one. */
  private @Nullable StepRun tightest() {
    StepRun tightest = null;
    for (StepRun stepRun : byPath.values()) {
      Duration timeout = stepRun.step().timeout();
      if (timeout != null
          && (tightest == null
              || timeout.compareTo(Objects.requireNonNull(tightest.step().timeout())) < 0)) {
        tightest = stepRun;
      }
    }
    return tightest;
  }

  /** How long one attempt of a task may take; null for any time. */
  @Nullable Duration timeout() {
    StepRun tightest = tightest();
    return tightest == null ? null : tightest.step().timeout();
  }

  /** How many tasks at once: what the last step that says something says. */
  int parallelism(int otherwise) {
    int tasks = otherwise;
    for (StepRun stepRun : byPath.values()) {
      Integer wanted = stepRun.step().parallelism();
      tasks = wanted == null ? tasks : wanted;
    }
    return tasks;
  }

  /** A task's last failure in a process that is gone, whichever step it was charged to. */
  Event.@Nullable AttemptFailed lastFailure(int task) {
    Event.AttemptFailed last = null;
    for (StepRun stepRun : byPath.values()) {
      Event.AttemptFailed failure = stepRun.past().failure(task);
      if (failure != null && (last == null || failure.attempt() > last.attempt())) {
        last = failure;
      }
    }
    return last;
  }

  /** Those whose work on a task may not be done twice; what a sink does before its commit may. */
  List<StepRun> once() {
    return byPath.values().stream()
        .filter(stepRun -> stepRun.step().effect() == Effect.ONCE)
        .filter(stepRun -> stepRun.step().options().emits() != Emitted.NONE)
        .toList();
  }

  void beginAttempt() {
    byPath.values().forEach(StepRun::beginAttempt);
  }

  void cancelled(String reason) {
    byPath.values().forEach(stepRun -> stepRun.cancelled(reason));
  }

  /** One of them has failed: the others cannot go on. */
  void failed(StepRun guilty, Failure failure) {
    guilty.failed(failure);
    byPath.values().stream()
        .filter(stepRun -> !stepRun.path().equals(guilty.path()))
        .forEach(stepRun -> stepRun.cancelled("`" + guilty.step().id() + "` failed"));
  }
}
