package dev.nightjar.cli;

import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.util.stream.Stream;

/** What happened in a run, from what the store remembers of it. */
final class Timelines {

  private Timelines() {}

  static Timeline read(Store store, StoredRun run, Timeline.Limits limits) {
    var timeline = new Timeline(limits);
    try (Stream<Store.StoredEvent> events = store.events(run.id())) {
      events.forEach(stored -> timeline.apply(stored.event()));
    }
    return timeline;
  }
}
