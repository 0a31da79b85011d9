package dev.nightjar.runtime.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a timeline knows of a stage. */
final class StageAccount {

  private final Instant started;
  private final int kept;
  private final List<Timeline.TaskSpan> first = new ArrayList<>();
  private Event.StageStarted latest;
  private @Nullable Instant committed;
  private long done;
  private long cached;

  StageAccount(Event.StageStarted event, int kept) {
    this.started = event.at();
    this.latest = event;
    this.kept = kept;
  }

  /** It has begun, once more after a crash or in another turn of a loop. */
  void again(Event.StageStarted event) {
    if (committed != null) {
      committed = null;
      done = 0;
      cached = 0;
    }
    latest = event;
  }

  void committed(Event.TaskCommitted event) {
    done++;
    cached += event.cached() ? 1 : 0;
    if (first.size() < kept) {
      Instant from = event.at().minus(event.took());
      first.add(
          new Timeline.TaskSpan(event.task(), from, event.at(), event.records(), event.cached()));
    }
  }

  void committed(Event.StageCommitted event) {
    committed = event.at();
  }

  Timeline.Stage view() {
    return new Timeline.Stage(
        List.copyOf(latest.steps()),
        latest.tasks(),
        latest.bytes(),
        started,
        committed,
        done,
        cached,
        List.copyOf(first));
  }
}
