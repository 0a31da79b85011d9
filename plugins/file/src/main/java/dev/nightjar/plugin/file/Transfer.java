package dev.nightjar.plugin.file;

import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which files go where, for copying and moving.
 *
 * @param to the new path of the one file, if that was given
 * @param folder the folder the files go into, if that was given
 */
record Transfer(
    List<Path> from, @Nullable Path to, @Nullable Path folder, Occupied exists, Missing missing) {

  private static final long CHUNK = 16L << 20;

  Transfer {
    from = List.copyOf(from);
    if (from.isEmpty()) {
      throw new IllegalArgumentException("from must name at least one file");
    }
    if ((to == null) == (folder == null)) {
      throw new IllegalArgumentException("give either to or folder");
    }
  }

  /**
   * The new path of each file, in the order of the old ones; without those to be left alone.
   *
   * @throws PermanentFailure when one must not be written, or two would be the same
   */
  Map<Path, Path> plan(StepContext context) throws Exception {
    var sources = missing.files(from, context);
    if (to != null && sources.size() > 1) {
      throw new PermanentFailure(
          "from means %d files and to one: say folder instead".formatted(sources.size()));
    }
    var plan = new LinkedHashMap<Path, Path>();
    var taken = new LinkedHashMap<Path, Path>();
    for (Found found : sources) {
      Path source = found.path();
      inspect(source, context);
      Path target = context.writable(target(source));
      Path other = taken.putIfAbsent(target, source);
      if (other != null) {
        throw new PermanentFailure(
            "both %s and %s would become %s"
                .formatted(
                    context.display(other), context.display(source), context.display(target)));
      }
      if (wanted(source, target, context)) {
        plan.put(source, target);
      }
    }
    return plan;
  }

  private static void inspect(Path source, StepContext context) {
    try {
      Piece.inspect(context.display(source), source);
    } catch (Unreadable problem) {
      throw new PermanentFailure(problem.reason());
    }
  }

  private Path target(Path source) {
    return to != null
        ? to
        : Objects.requireNonNull(folder).resolve(Objects.requireNonNull(source.getFileName()));
  }

  private boolean wanted(Path source, Path target, StepContext context) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    String name = context.display(target);
    if (Files.isDirectory(target)) {
      throw new PermanentFailure(name + " is a folder: say `folder` instead of `to`");
    }
    if (Files.exists(target) && Files.isSameFile(source, target)) {
      throw new PermanentFailure(context.display(source) + " and " + name + " are the same file");
    }
    if (exists == Occupied.FAIL) {
      throw Targets.exists(name);
    }
    return exists == Occupied.OVERWRITE;
  }

  /** Copies one file, so that the target is there complete or not at all. */
  static long copy(Path source, Path target, StepContext context) throws IOException {
    try (var from = FileChannel.open(source, StandardOpenOption.READ);
        var replacement =
            Replacement.of(target, context.stepKey(), file -> copy(from, file, context))) {
      replacement.keepMode(source);
      replacement.publish();
      Replacement.settle(Replacement.folder(target));
      return from.size();
    } catch (IOException failure) {
      throw Reason.writing(context.display(target), failure);
    }
  }

  private static void copy(FileChannel from, FileChannel to, StepContext context)
      throws IOException {
    long done = 0;
    for (long n = 1; n > 0; done += n) {
      context.checkCancelled();
      n = from.transferTo(done, CHUNK, to);
    }
  }
}
