package dev.nightjar.runtime.journal;

import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that made a run or a step go as it did.
 *
 * @param text for people: one sentence, without a full stop
 * @param values for programs: what the text tells of, by name
 */
public record Reason(Kind kind, Instant at, String text, ObjectNode values) {

  /** What a reason tells of. */
  public enum Kind {
    /** It has begun: nothing stood against it, or its condition is true. */
    BEGAN,
    /** It takes over what another run has done. */
    RERUN,
    /** Others of its pool, or other steps, had to end first. */
    WAITED,
    /** It shares its tasks with other steps. */
    STAGE,
    CACHE,
    /** Its result was known: it did not run. */
    REUSED,
    /** An attempt failed and was followed by another one. */
    RETRIED,
    /** Its process ended, and another one went on with it. */
    RESUMED,
    /** A crash interrupted what may not be repeated: a person has to say what became of it. */
    IN_DOUBT,
    RESOLVED,
    /** What the steps within it did. */
    NESTED,
    WARNED,
    SKIPPED,
    CANCELLED,
    FAILED,
    SUCCEEDED,
    /** It has begun, and nothing tells of its end. */
    OPEN;

    /** As JSON sees it: {@code in_doubt}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The values, and {@code reason}, {@code at} and {@code text}. */
  public ObjectNode json() {
    ObjectNode json =
        values.objectNode().put("reason", kind.id()).put("at", at.toString()).put("text", text);
    json.setAll(values);
    return json;
  }
}
