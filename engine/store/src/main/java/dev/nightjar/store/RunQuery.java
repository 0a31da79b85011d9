package dev.nightjar.store;

import dev.nightjar.runtime.monitor.Outcome;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null or empty for no condition.
 *
 * @param file absolute
 * @param since those that began then or later
 * @param until those that began before
 * @param cursor where an earlier page ended
 */
public record RunQuery(
    @Nullable String workflow,
    @Nullable String file,
    Set<StoredRun.State> states,
    Set<Outcome> outcomes,
    @Nullable Instant since,
    @Nullable Instant until,
    int limit,
    @Nullable String cursor) {}
