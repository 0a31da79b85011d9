package dev.nightjar.daemon.view;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.TimeAxis;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.monitor.Summary.MemoryLine;
import dev.nightjar.spi.Measurement;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import dev.nightjar.store.StoredRun.State;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened in a run, from what the store remembers of it. */
public final class Timelines {

  private Timelines() {}

  /** All that is remembered of it. */
  public static Timeline read(Store store, StoredRun run, Timeline.Limits limits) {
    return follow(store, run.id(), limits).timeline();
  }

  /**
   * A timeline, and how far it goes.
   *
   * @param position the number of its last event; 0 for none
   */
  public record Followed(Timeline timeline, long position) {}

  /** All that is remembered of it, and the number of the last event. */
  public static Followed follow(Store store, String run, Timeline.Limits limits) {
    var timeline = new Timeline(limits);
    long[] position = {0};
    try (Stream<Store.StoredEvent> events = store.events(run)) {
      events.forEach(stored -> {
        timeline.apply(stored.event());
        position[0] = stored.number();
      });
    }
    return new Followed(timeline, position[0]);
  }

  /** What nobody works on any more ends where it was last heard of. */
  public static TimeAxis axis(Timeline timeline, State state, Instant now) {
    Instant last = timeline.last();
    return TimeAxis.of(timeline, state == State.UNFINISHED && last != null ? last : now);
  }

  /** Resident memory over the snapshots so far; null for none. */
  public static @Nullable MemoryLine memory(Timeline timeline) {
    List<Measurement> points =
        timeline.measured().stream()
            .filter(point -> point.series().equals("memory"))
            .map(Event.Measured::measurement)
            .toList();
    return MemoryLine.of(points, "resident");
  }
}
