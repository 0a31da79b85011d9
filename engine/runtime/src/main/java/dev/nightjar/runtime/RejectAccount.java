package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.Step.Rejects;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.stage.RejectPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code rejects:} of one step covers: that step and the ones before it in the stream that
 * say nothing themselves, over all their stages.
 */
final class RejectAccount {

  private static final String ALLOWED = " that `rejects.max` allows";

  private final Step owner;
  private final @Nullable Path path;
  private final RejectPolicy policy;
  private final List<Part> parts = new ArrayList<>();
  private long entered;

  /** While this is the last stage. */
  private @Nullable RejectFileDraft draft;

  /** Prepared, and not yet in place. */
  private @Nullable Path beside;

  private long rejected;

  /** What one task set aside. */
  private record Part(Path file, long lineBase) {}

  /**
   * An account.
   *
   * @param owner the step that says where rejects go
   * @param path the file for them; null when they are only counted
   */
  RejectAccount(Step owner, @Nullable Path path) {
    this.owner = owner;
    this.path = path;
    this.policy = policy(owner.rejects(), path != null);
  }

  private static RejectPolicy policy(@Nullable Rejects rejects, boolean store) {
    return switch (rejects) {
      case null -> new RejectPolicy.Fail();
      case Rejects.Fail fail -> new RejectPolicy.Fail();
      case Rejects.Skip skip ->
          new RejectPolicy.Keep(false, new RejectPolicy.Budget(Long.MAX_VALUE));
      case Rejects.Collect collect ->
          new RejectPolicy.Keep(store, new RejectPolicy.Budget(count(collect.max())));
    };
  }

  private static long count(Rejects.@Nullable Limit max) {
    return max == null || max.percent() ? Long.MAX_VALUE : (long) max.value();
  }

  Step owner() {
    return owner;
  }

  boolean owns(Step step) {
    return owner.id().equals(step.id());
  }

  RejectPolicy policy() {
    return policy;
  }

  /**
   * What is added is written from now on, what was added before as well: this stage is the last of
   * those that are covered.
   *
   * @param file among those of the run
   */
  synchronized void begin(Path file) throws IOException {
    if (path != null) {
      draft = new RejectFileDraft(file);
      List<Part> before = List.copyOf(parts);
      parts.clear();
      before.forEach(part -> add(part.file(), part.lineBase()));
    }
  }

  /** Adds what a task that succeeded has set aside. */
  synchronized void add(Path file, long lineBase) {
    try {
      if (draft != null) {
        draft.add(file, lineBase);
      } else if (path != null) {
        parts.add(new Part(file, lineBase));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many records came in at the first of the steps. */
  void enter(long records) {
    entered += records;
  }

  /**
   * Why so many rejects are too many; null when they are not. Tasks that run at the same time know
   * of each other's only when they are done: together they may be over the limit, each below it.
   */
  @Nullable String excess() {
    if (!(owner.rejects() instanceof Rejects.Collect(var file, var max))
        || max == null
        || !(policy instanceof RejectPolicy.Keep keep)) {
      return null;
    }
    long used = keep.budget().used();
    if (!max.percent()) {
      long allowed = keep.budget().max();
      return used <= allowed
          ? null
          : used + " records were rejected, more than the " + allowed + ALLOWED;
    }
    double share = entered == 0 ? 0 : 100.0 * used / entered;
    return share <= max.value()
        ? null
        : used
            + " of "
            + entered
            + " records were rejected, which is "
            + Math.round(share * 10) / 10.0
            + " % and more than the "
            + max.value()
            + " %"
            + ALLOWED;
  }

  /**
   * Puts the file beside its place, empty when nothing was rejected: what can fail fails before the
   * step's output becomes visible.
   */
  synchronized void prepare(RunContext run) throws IOException {
    if (path == null || draft == null) {
      return;
    }
    Path target = run.writable(path);
    Path file = target.resolveSibling("." + target.getFileName() + ".nightjar-" + run.run());
    beside = file;
    draft.finish(file);
    rejected = draft.rejected();
  }

  /** Puts the file in place; null when there is none. */
  synchronized @Nullable RejectFile commit(RunContext run, String step) throws IOException {
    if (path == null || beside == null) {
      return null;
    }
    Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    beside = null;
    return new RejectFile(step, run.display(path), rejected);
  }

  /** Removes what was begun and not put in place. */
  synchronized void discard() {
    if (draft != null) {
      close(draft);
      draft = null;
    }
    if (beside != null) {
      FolderTree.remove(beside);
      beside = null;
    }
  }

  private static void close(RejectFileDraft draft) {
    try {
      draft.close();
    } catch (IOException left) {
      // Its folder goes with the run.
    }
  }
}
