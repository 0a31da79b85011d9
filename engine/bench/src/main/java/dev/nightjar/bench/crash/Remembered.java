package dev.nightjar.bench.crash;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a store remembers of its only run.
 *
 * @param runs how many there are in it
 */
public record Remembered(int runs, List<Event> events) {

  /**
   * Reads the store of a work folder. Looks after what a dead process has left, as any use does.
   */
  public static Remembered in(Path home) {
    var settings = new StoreSettings(home, null, InstantSource.system(), StoreSettings.LEASE);
    try (Store store = Store.open(settings)) {
      var all = new RunQuery(null, null, Set.of(), Set.of(), null, null, 10, null);
      List<StoredRun> runs = store.runs(all).items();
      if (runs.isEmpty()) {
        return new Remembered(0, List.of());
      }
      try (var events = store.events(runs.getFirst().id())) {
        return new Remembered(runs.size(), events.map(Store.StoredEvent::event).toList());
      }
    }
  }

  /** How often each task was committed, by stage and number. */
  public Map<String, Integer> commits() {
    var commits = new TreeMap<String, Integer>();
    for (Event event : events) {
      if (event instanceof Event.TaskCommitted task) {
        commits.merge(task.stage() + "/" + task.task(), 1, Integer::sum);
      }
    }
    return commits;
  }

  /** The tasks that only a run knows which was not disturbed: those of quick items have none. */
  Set<String> tasks() {
    var tasks = new TreeSet<>(commits().keySet());
    tasks.removeIf(task -> task.contains("["));
    return tasks;
  }

  /** How it ended, in figures that do not depend on time. */
  String result() {
    for (Event event : events) {
      if (event instanceof Event.RunEnded ended) {
        return text(ended.result());
      }
    }
    return "no end";
  }

  private static String text(RunResult result) {
    var text = new StringBuilder(result.outcome() + " " + result.outputs());
    if (result.failure() != null) {
      text.append('\n').append(result.failure().message());
    }
    for (Summary.StepLine step : result.summary().steps()) {
      StepMetrics metrics = step.metrics();
      text.append(
          "\n%s %s in %d out %d rejected %d"
              .formatted(
                  step.step(),
                  step.outcome(),
                  metrics.recordsIn(),
                  metrics.recordsOut(),
                  metrics.rejected()));
    }
    result.summary().rejects().forEach(file -> text.append('\n').append(file));
    return text.toString();
  }

  /** What was going on at a moment. */
  Phase phase(Instant process, Instant moment) {
    @Nullable Event last = null;
    for (Event event : events) {
      boolean inTime = !event.at().isBefore(process) && !event.at().isAfter(moment);
      last = inTime ? event : last;
    }
    return Phase.behind(last);
  }

  /** The first thing that was done between two moments; null for none. */
  @Nullable Instant firstDone(Instant process, Instant moment) {
    for (Event event : events) {
      if (!event.at().isBefore(process) && !event.at().isAfter(moment) && done(event)) {
        return event.at();
      }
    }
    return null;
  }

  private static boolean done(Event event) {
    return event instanceof Event.TaskCommitted
        || event instanceof Event.StageCommitted
        || event instanceof Event.StepEnded
        || event instanceof Event.BodyEnded
        || event instanceof Event.ItemsEnded
        || event instanceof Event.RunEnded;
  }
}
