package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.Step.Rejects;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.RejectPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of one stage set aside, entered into the accounts that cover them. */
final class StageRejects {

  private final RunContext run;
  private final BlockState state;
  private final Map<String, Step> owners;

  /**
   * The rejects of a stage; {@code owners} tells for each step whose {@code rejects:} covers it.
   */
  StageRejects(RunContext run, BlockState state, Map<String, Step> owners) {
    this.run = run;
    this.state = state;
    this.owners = owners;
  }

  /**
   * Opens the accounts whose owners are among the steps.
   *
   * @throws TaskPool.TaskFailed charged to the step whose file for rejects may not be written
   */
  void open(Collection<StepRun> steps) {
    for (StepRun stepRun : steps) {
      try {
        account(stepRun.step());
      } catch (RuntimeException e) {
        Step owner = owners.getOrDefault(stepRun.step().id(), stepRun.step());
        StepRun charged =
            steps.stream()
                .filter(one -> one.step().id().equals(owner.id()))
                .findFirst()
                .orElse(stepRun);
        charged.neverBegan();
        throw new TaskPool.TaskFailed(charged, charged.failure(e, null));
      }
    }
  }

  RejectPolicy policy(Step step) {
    return account(step).policy();
  }

  private RejectAccount account(Step step) {
    Step owner = owners.getOrDefault(step.id(), step);
    return state.account(owner.id(), () -> new RejectAccount(owner, path(owner)));
  }

  private @Nullable Path path(Step owner) {
    return owner.rejects() instanceof Rejects.Collect(var path, var max) && path != null
        ? run.writable(run.resolve(path.evaluate(state, null).asString()))
        : null;
  }

  /** The share of rejects is counted of what came in at the first step an account covers. */
  void countEntered(Collection<StepRun> steps) {
    for (StepRun stepRun : steps) {
      Step step = stepRun.step();
      RejectAccount account = account(step);
      Step before = step.from() == null ? null : owners.get(step.from());
      if (before == null || !account.owns(before)) {
        Meter.Tally kept = stepRun.meter().kept();
        account.enter(step.from() == null ? kept.recordsOut() + kept.rejected() : kept.recordsIn());
      }
    }
  }

  /** Adds what one task has set aside. */
  void add(Collection<StepRun> steps, Path file, long lineBase) {
    var accounts = new LinkedHashMap<String, RejectAccount>();
    for (StepRun stepRun : steps) {
      RejectAccount account = account(stepRun.step());
      accounts.put(account.owner().id(), account);
    }
    accounts.values().forEach(account -> account.add(file, lineBase));
  }

  /**
   * Too many rejects are found out before anything becomes visible.
   *
   * @throws TaskPool.TaskFailed charged to the step whose limit it is
   */
  void check(Collection<StepRun> steps) {
    for (StepRun stepRun : steps) {
      RejectAccount account = account(stepRun.step());
      String excess = account.owns(stepRun.step()) ? account.excess() : null;
      if (excess != null) {
        throw new TaskPool.TaskFailed(stepRun, stepRun.failure(new PermanentFailure(excess), null));
      }
    }
  }

  /** Writes the files of the accounts whose owners are among the steps, beside their places. */
  void prepare(Collection<StepRun> steps) throws IOException {
    for (StepRun stepRun : steps) {
      if (account(stepRun.step()).owns(stepRun.step())) {
        account(stepRun.step()).prepare(run);
      }
    }
  }

  /** Puts those files in place. */
  void commit(Collection<StepRun> steps) throws IOException {
    for (StepRun stepRun : steps) {
      RejectFile file =
          account(stepRun.step()).owns(stepRun.step())
              ? account(stepRun.step()).commit(run, stepRun.path())
              : null;
      if (file != null) {
        run.monitor().rejects(file);
      }
    }
  }

  /** Removes the files that did not come into place. */
  void discard(Collection<StepRun> steps) {
    for (StepRun stepRun : steps) {
      RejectAccount account = state.account(stepRun.step().id());
      if (account != null) {
        account.discard();
      }
    }
  }

  /** Whether a later stage will still read what these steps have set aside. */
  boolean areAwaited(Collection<StepRun> steps) {
    return steps.stream()
        .map(stepRun -> owners.get(stepRun.step().id()))
        .anyMatch(owner ->
            owner != null && steps.stream().noneMatch(one -> one.step().id().equals(owner.id())));
  }
}
