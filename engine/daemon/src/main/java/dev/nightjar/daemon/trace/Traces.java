package dev.nightjar.daemon.trace;

import dev.nightjar.daemon.Notice;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.store.Store;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Exports a trace of each run that ends in this process. What cannot be delivered is lost and told
 * of, and harms no run.
 */
public sealed interface Traces extends AutoCloseable permits NoTraces, TraceQueue {

  /**
   * Begins to export if the environment asks for it, by OpenTelemetry's usual variables.
   *
   * @param store where the runs are remembered; to be closed after this
   * @param log is told what is wrong, a line in five minutes at most
   */
  static Traces open(
      Map<String, String> environment,
      Store store,
      Surroundings surroundings,
      Consumer<Notice> log) {
    // The libraries are not even loaded where nobody wants traces.
    return ExportSettings.wanted(environment)
        ? TraceQueue.open(new ExportSettings(environment), store, new Complaints(surroundings, log))
        : new NoTraces();
  }

  /** Takes a run whose end is on disk. From any thread; returns at once. */
  void ended(String run);

  /** Delivers what is waiting, for ten seconds at most. */
  @Override
  void close();
}
