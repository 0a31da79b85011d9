package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.store.Firings.Known;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One trigger of one version of a file, from look to look. For one thread. */
sealed interface TriggerWatch permits TimeWatch, FileWatch, EndWatch, TriggerWatch.Requests {

  /**
   * What is due.
   *
   * @param ended whether a run of this process has ended since the last look
   */
  List<TriggerLoop.Cause> look(ServedWorkflow.Version version, Awake.Look look, boolean ended);

  /** The trigger as the store has it, up to what was decided here. */
  Known known();

  /** Whether nothing but the next time, or a request, can make it due. */
  boolean waits();

  /** When a time will be due next; null when none will, or it is not known yet. */
  default @Nullable Instant next() {
    return null;
  }

  /** Of a webhook: requests come by themselves. */
  record Requests(Known known) implements TriggerWatch {
    @Override
    public List<TriggerLoop.Cause> look(
        ServedWorkflow.Version version, Awake.Look look, boolean ended) {
      return List.of();
    }

    @Override
    public boolean waits() {
      return true;
    }
  }
}
