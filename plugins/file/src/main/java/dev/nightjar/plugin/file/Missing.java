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
    if (patterns.size() == 1) {
      return files(patterns.getFirst(), context);
    }
    var files = new TreeMap<Path, Found>();
    for (Path pattern : patterns) {
      files(pattern, context).forEach(file -> files.putIfAbsent(file.path(), file));
    }
    return List.copyOf(files.values());
  }

  private List<Found> files(Path pattern, StepContext context) throws Exception {
    Matches matches = Glob.matches(pattern, context::checkCancelled);
    List<Found> files =
        Chunks.inOrder(matches.paths(), context, some -> there(some, matches.written(), context));
    if (files.isEmpty() && this == FAIL) {
      throw new PermanentFailure(nothing(context.display(pattern)));
    }
    return files;
  }

  private static List<Found> there(List<Path> paths, boolean written, StepContext context) {
    var there = new ArrayList<Found>(paths.size());
    for (Path path : paths) {
      context.checkCancelled();
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
