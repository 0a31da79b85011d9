package dev.nightjar.plugin.file;

import dev.nightjar.plugin.file.Glob.Matches;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What to do when a path or pattern means no file. */
public enum Missing {
  @Doc("The step fails.")
  FAIL,
  @Doc("It counts as no files.")
  IGNORE;

  /**
   * The files that paths and patterns mean, each once, in the order of their paths' bytes.
   *
   * @throws PermanentFailure when one means none and that is a failure
   */
  List<Found> files(List<Path> patterns, StepContext context) throws Exception {
    return files(patterns, context, some -> some);
  }

  /**
   * What is made of these files, in their order. By a single pattern files are looked at and used
   * in one go: of very many, what is known is not kept.
   *
   * @param use gives at least one thing for each file
   * @throws PermanentFailure as above
   */
  <T> List<T> files(List<Path> patterns, StepContext context, Chunks.Work<Found, T> use)
      throws Exception {
    if (patterns.size() == 1) {
      return files(patterns.getFirst(), context, use);
    }
    var files = new TreeMap<Path, Found>();
    for (Path pattern : patterns) {
      files(pattern, context, some -> some).forEach(file -> files.putIfAbsent(file.path(), file));
    }
    return Chunks.inOrder(List.copyOf(files.values()), context, use);
  }

  private <T> List<T> files(Path pattern, StepContext context, Chunks.Work<Found, T> use)
      throws Exception {
    Matches matches = Glob.matches(pattern, context::checkCancelled);
    List<T> files =
        Chunks.inOrder(matches.paths(), context, some -> use.of(there(some, matches.written())));
    if (files.isEmpty() && this == FAIL) {
      throw new PermanentFailure(nothing(context.display(pattern)));
    }
    return files;
  }

  private static List<Found> there(List<Path> paths, boolean written) {
    var there = new ArrayList<Found>(paths.size());
    for (Path path : paths) {
      Found found = Found.at(path, written);
      if (found != null) {
        there.add(found);
      }
    }
    return there;
  }

  private static String nothing(String pattern) {
    return Glob.isPattern(pattern)
        ? "no file matches " + pattern + "; where that is fine, say `missing: ignore`"
        : "there is no file " + pattern + "; where that is fine, say `missing: ignore`";
  }
}
