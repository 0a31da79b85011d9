package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.OptionsBinder.Bound;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Monitor;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.Rejected;
import dev.nightjar.stage.StepServices;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.Processors;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/**
 * What all steps of one run share: where its files lie, where its events go, what it measures.
 *
 * @param workflow its name
 * @param standing whether it may still act
 * @param folder for the run's parts; made when first needed
 * @param fence tells this owner's files from those of owners before
 * @param history what was done before; changes as it is taken over
 */
record RunContext(
    String run,
    String workflow,
    Path folder,
    long fence,
    History history,
    Folders folders,
    Processors plugins,
    OptionsBinder binder,
    Surroundings surroundings,
    EngineSettings settings,
    ResultCache cache,
    Map<String, String> env,
    Masks masks,
    Journal journal,
    Monitor monitor,
    Watchdog watchdog,
    Map<String, List<Measurement>> series,
    Standing standing,
    WarmUp warmUp)
    implements StepServices {

  Instant now() {
    return surroundings.clock().instant();
  }

  long nanos() {
    return surroundings.nanos().getAsLong();
  }

  /** Events come from many threads; the journal gets one at a time, and none of a lost run. */
  void emit(Event event) {
    Runnable append = journal.prepare(event);
    synchronized (journal) {
      if (!standing.isLost()) {
        append.run();
      }
    }
  }

  /** Whether nothing is remembered any more, so that nothing may be done any more. */
  boolean broken() {
    return standing.isLost();
  }

  /** Waits until all events so far are remembered: what follows must not happen twice. */
  void settle() {
    journal.settle();
    if (standing.isLost()) {
      throw new JournalException(
          JournalException.Cause.SUSPENDED, "the run has stopped: nothing is remembered", null);
    }
  }

  /** The same, where a control step that goes on after a crash does not wait again. */
  RunContext goingOn(String step) {
    if (!history.hasNested(step)) {
      return this;
    }
    Surroundings.Sleeper sleeper =
        wait -> {
          if (!history.hasNested(step)) {
            surroundings.sleeper().sleep(wait);
          }
        };
    var rested =
        new Surroundings(
            surroundings.clock(),
            surroundings.nanos(),
            surroundings.random(),
            sleeper,
            surroundings.workFolder());
    return new RunContext(
        run, workflow, folder, fence, history, folders, plugins, binder, rested, settings, cache,
        env, masks, journal, monitor, watchdog, series, standing, warmUp);
  }

  /** The processor and the options of a step, bound for one execution. */
  Bound bind(Step step, BlockState state) {
    return binder.bind(step, state);
  }

  @Override
  public Duration grace() {
    return settings.grace();
  }

  @Override
  public Path resolve(String path) {
    try {
      return folders.base().resolve(path);
    } catch (InvalidPathException e) {
      throw new Rejected("this is no path: " + e.getMessage());
    }
  }

  @Override
  public Path writable(Path path) {
    return folders.writable(path);
  }

  @Override
  public String display(Path path) {
    return folders.display(path);
  }

  @Override
  public void log(String step, Level level, String message, @Nullable JsonNode data) {
    emit(
        new Event.Logged(
            now(), step, level, masks.hide(message), data == null ? null : masks.hide(data)));
  }

  @Override
  public void measure(String step, String name, Measurement point) {
    series.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(point);
    emit(new Event.Measured(now(), step, name, point));
  }

  @Override
  public List<Measurement> measurements(String name) {
    return List.copyOf(series.getOrDefault(name, List.of()));
  }

  /** Series that begin with these points. */
  static Map<String, List<Measurement>> series(Map<String, List<Measurement>> known) {
    var series = new ConcurrentHashMap<String, List<Measurement>>();
    known.forEach((name, points) -> series.put(name, new CopyOnWriteArrayList<>(points)));
    return series;
  }
}
