package dev.nightjar.store;

import dev.nightjar.store.NewRun.Pool;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who has a run, or had it last.
 *
 * @param run its key
 * @param id of the run
 * @param until when it is the owner's if nothing is heard of it; 0 when it was given back
 * @param ticket its place in the queue of its pool; null when it has not asked for its turn
 * @param cancel why somebody wants the run to end; null when nobody does
 */
record Lease(
    long run,
    String id,
    long fence,
    Owner owner,
    Instant since,
    long until,
    @Nullable Pool pool,
    @Nullable Long ticket,
    boolean admitted,
    @Nullable String cancel) {

  /** Whether its owner still counts. */
  boolean isLive(long now, Owner self) {
    return until > now && !owner.isDead(self);
  }
}
