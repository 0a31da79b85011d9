package dev.nightjar.plugin.file;

import dev.nightjar.spi.Doc;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
  SortedSet<Path> files(List<Path> patterns, StepContext context) throws IOException {
    var files = new TreeSet<Path>();
    for (Path pattern : patterns) {
      List<Path> some = Glob.files(pattern, context::checkCancelled);
      if (some.isEmpty() && this == FAIL) {
        throw new PermanentFailure(nothing(context.display(pattern)));
      }
      files.addAll(some);
    }
    return files;
  }

  private static String nothing(String pattern) {
    return Glob.isPattern(pattern)
        ? "no file matches " + pattern + "; where that is fine, say `missing: ignore`"
        : "there is no file " + pattern + "; where that is fine, say `missing: ignore`";
  }
}
