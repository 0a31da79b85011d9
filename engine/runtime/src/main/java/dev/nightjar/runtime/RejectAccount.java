package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.Step.Rejects;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.stage.RejectLog;
import dev.nightjar.stage.RejectPolicy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

  /** Adds what a task that succeeded has set aside. */
  void add(Path file, long lineBase) {
    if (path != null) {
      parts.add(new Part(file, lineBase));
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
    long rejected = keep.budget().used();
    if (!max.percent()) {
      long allowed = keep.budget().max();
      return rejected <= allowed
          ? null
          : rejected + " records were rejected, more than the " + allowed + ALLOWED;
    }
    double share = entered == 0 ? 0 : 100.0 * rejected / entered;
    return share <= max.value()
        ? null
        : rejected
            + " of "
            + entered
            + " records were rejected, which is "
            + Math.round(share * 10) / 10.0
            + " % and more than the "
            + max.value()
            + " %"
            + ALLOWED;
  }

  /** Puts the file in place, empty when nothing was rejected; null when there is to be none. */
  @Nullable RejectFile commit(RunContext run, String step) throws IOException {
    if (path == null) {
      return null;
    }
    Path target = run.writable(path);
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path beside = target.resolveSibling("." + target.getFileName() + ".nightjar-" + run.run());
    long count = 0;
    try {
      try (var file =
              FileChannel.open(
                  beside,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING);
          var out = new BufferedOutputStream(Channels.newOutputStream(file))) {
        for (Part part : parts) {
          count += RejectLog.copyAsJson(part.file(), part.lineBase(), out);
        }
        out.flush();
        file.force(true);
      }
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    return new RejectFile(step, run.display(target), count);
  }
}
