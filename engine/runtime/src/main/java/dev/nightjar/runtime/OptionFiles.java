package dev.nightjar.runtime;

import dev.nightjar.runtime.cache.NamedFiles;
import dev.nightjar.runtime.cache.NamedFiles.Look;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.stage.Stage;
import dev.nightjar.stage.StageStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that options of a stage's steps name, such as a schema: a run that goes on after a
 * crash must find them as they were. What a source reads is in its splits, what a sink names it
 * writes.
 */
final class OptionFiles {

  private OptionFiles() {}

  /** What each of them is, by its name. */
  static Map<String, String> of(Stage stage, Collection<StepRun> steps, RunContext run)
      throws IOException {
    var files = new TreeMap<String, String>();
    var running = steps.iterator();
    for (StageStep step : stage.steps()) {
      boolean sink = running.next().step().options().emits() == Emitted.NONE;
      if (!step.accepts().isEmpty() && !sink) {
        for (Path file : named(step)) {
          files.put(run.display(file), NamedFiles.identity(file, Look.CONTENTS));
        }
      }
    }
    return files;
  }

  @SuppressWarnings("unchecked")
  private static Collection<Path> named(StageStep step) throws IOException {
    var files = new LinkedHashSet<>(NamedFiles.in(step.options()));
    files.addAll(((Processor<Record>) step.processor()).files(step.options()));
    return files;
  }

  /**
   * Makes sure that they are what they were.
   *
   * @throws PermanentFailure naming the first that is not
   */
  static void check(Map<String, String> before, Map<String, String> now) {
    before.forEach((file, identity) -> {
      if (!identity.equals(now.get(file))) {
        throw new PermanentFailure(
            file
                + " has changed since the run began, and a part of the run's work was done with it"
                + " as it was: begin a new run");
      }
    });
  }
}
