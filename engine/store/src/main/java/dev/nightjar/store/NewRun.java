package dev.nightjar.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to begin.
 *
 * @param file of the workflow, absolute
 * @param digest SHA-256 of the file's text
 * @param pool whose limit it counts against: the workflow's own or a named one; null for none
 */
public record NewRun(
    String id,
    String workflow,
    String file,
    String digest,
    String text,
    Instant started,
    @Nullable Pool pool) {

  /** How many runs at once, and what becomes of one too many. */
  public record Pool(String name, int limit, Overlap overlap) {}

  /** What becomes of a run that would be one too many. */
  public enum Overlap {
    QUEUE,
    SKIP,
    CANCEL_RUNNING,
    FAIL
  }
}
