package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.Step.Rejects;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.stage.Meter;
import dev.nightjar.stage.RejectPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the steps of one stage set aside, entered into the accounts that cover them. */
final class StageRejects {

  private final RunContext run;
  private final BlockState state;
  private final Map<String, Step> owners;
  private final List<Step> steps;

  /**
   * The rejects of a stage.
   *
   * @param owners for each step the one whose {@code rejects:} covers it
   * @param steps of the stage, those included that are skipped: what they cover is not
   */
  StageRejects(RunContext run, BlockState state, Map<String, Step> owners, List<Step> steps) {
    this.run = run;
    this.state = state;
    this.owners = owners;
    this.steps = steps;
  }

  /**
   * Opens the accounts whose owners are among the steps.
   *
   * @throws TaskPool.TaskFailed charged to the step whose file for rejects may not be written
   */
  void open(Collection<StepRun> running) {
    for (StepRun stepRun : running) {
      try {
        account(stepRun.step());
      } catch (RuntimeException e) {
        Step owner = owners.getOrDefault(stepRun.step().id(), stepRun.step());
        StepRun charged =
            running.stream()
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

  /** Charges what a task that is done has set aside. */
  void use(Step step, long rejected) {
    if (policy(step) instanceof RejectPolicy.Keep keep) {
      keep.budget().use(rejected);
    }
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
  void countEntered(Collection<StepRun> running) {
    for (StepRun stepRun : running) {
      Step step = stepRun.step();
      RejectAccount account = account(step);
      Step before = step.from() == null ? null : owners.get(step.from());
      if (before == null || !account.owns(before)) {
        Meter.Tally kept = stepRun.meter().kept();
        account.enter(step.from() == null ? kept.recordsOut() + kept.rejected() : kept.recordsIn());
      }
    }
  }

  /** What tasks set aside is written as they end, for the accounts that end with this stage. */
  void begin(Path folder) throws IOException {
    int number = 0;
    for (RejectAccount account : owned()) {
      account.begin(folder.resolve("rejects-" + number++));
    }
  }

  /** Adds what one task has set aside. */
  void add(Collection<StepRun> running, Path file, long lineBase) {
    var accounts = new LinkedHashMap<String, RejectAccount>();
    for (StepRun stepRun : running) {
      RejectAccount account = account(stepRun.step());
      accounts.put(account.owner().id(), account);
    }
    accounts.values().forEach(account -> account.add(file, lineBase));
  }

  /** The accounts that end with this stage. */
  private List<RejectAccount> owned() {
    return steps.stream()
        .map(step -> state.account(step.id()))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  /**
   * Too many rejects are found out before anything becomes visible.
   *
   * @throws TaskPool.TaskFailed charged to the step whose limit it is, or to the last one
   */
  void check(Collection<StepRun> running) {
    for (RejectAccount account : owned()) {
      String excess = account.excess();
      if (excess != null) {
        StepRun charged = null;
        for (StepRun stepRun : running) {
          charged = charged == null || !account.owns(charged.step()) ? stepRun : charged;
        }
        StepRun guilty = Objects.requireNonNull(charged, "a stage has a step that runs");
        throw new TaskPool.TaskFailed(guilty, guilty.failure(new PermanentFailure(excess), null));
      }
    }
  }

  /** Whether an account ends here, so that a file may have to be written. */
  boolean end() {
    return !owned().isEmpty();
  }

  /** Puts the files of the accounts that end here beside their places. */
  void prepare() throws IOException {
    for (RejectAccount account : owned()) {
      account.prepare(run);
    }
  }

  /** Puts those files in place, and tells which. */
  List<RejectFile> commit() throws IOException {
    var files = new ArrayList<RejectFile>();
    for (RejectAccount account : owned()) {
      RejectFile file = account.commit(run, state.path(account.owner().id()));
      if (file != null) {
        run.monitor().rejects(file);
        files.add(file);
      }
    }
    return files;
  }

  /** Removes the files that were begun and did not come into place. */
  void discard() {
    owned().forEach(RejectAccount::discard);
  }

  /** Whether a later stage will still read what this one has set aside. */
  boolean areAwaited() {
    return steps.stream()
        .map(step -> owners.get(step.id()))
        .anyMatch(owner ->
            owner != null && steps.stream().noneMatch(step -> step.id().equals(owner.id())));
  }
}
