package dev.nightjar.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of something that a trigger waits for.
 *
 * @param trigger the trigger's id
 * @param cause tells this one from all others of the trigger: the time, the files, the request, the
 *     run that has ended
 * @param due when it was due
 * @param last the last one of several times in a row of which the same became; else {@code due}
 * @param decided when it was decided
 * @param run the run that it began; null when it began none
 * @param reason a sentence when it began none or is late; empty else
 * @param request digest of what a request with a key asked for; null for none
 */
public record Firing(
    String workflow,
    String trigger,
    String cause,
    Instant due,
    Instant last,
    Instant decided,
    @Nullable String run,
    String reason,
    @Nullable String request) {

  /** One time or thing that begins a run. */
  public static Firing of(
      String workflow, String trigger, String cause, Instant due, Instant now, String reason) {
    return new Firing(workflow, trigger, cause, due, due, now, null, reason, null);
  }

  /** Times in a row that begin no run. */
  public static Firing passed(
      String workflow, String trigger, Instant first, Instant last, Instant now, String reason) {
    return new Firing(workflow, trigger, first.toString(), first, last, now, null, reason, null);
  }

  /** The same, because of a request. */
  public Firing withRequest(@Nullable String digest) {
    return new Firing(workflow, trigger, cause, due, last, decided, run, reason, digest);
  }

  Firing withRun(String id) {
    return new Firing(workflow, trigger, cause, due, last, decided, id, reason, request);
  }
}
