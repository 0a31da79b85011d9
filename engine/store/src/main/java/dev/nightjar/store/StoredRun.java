package dev.nightjar.store;

import dev.nightjar.runtime.monitor.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as lists show it.
 *
 * @param ended null while it has not
 * @param outcome null while it has none
 * @param failure the message of its failure; null for none
 * @param owner who has it now: {@code process 4711 on host}; null for nobody
 */
public record StoredRun(
    String id,
    String workflow,
    String file,
    String digest,
    Instant started,
    @Nullable Instant ended,
    State state,
    @Nullable Outcome outcome,
    @Nullable String failure,
    @Nullable String owner) {

  /** Where a run stands. */
  public enum State {
    /** It waits for its turn. */
    QUEUED,
    RUNNING,
    /** Its process is gone; it can be resumed. */
    UNFINISHED,
    ENDED
  }
}
