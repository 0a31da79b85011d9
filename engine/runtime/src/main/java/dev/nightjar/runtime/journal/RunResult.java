package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.Summary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a run ended.
 *
 * @param failure the first one; null unless it failed
 * @param outputs the workflow's {@code outputs:}, empty unless it succeeded
 */
public record RunResult(
    Outcome outcome, @Nullable Failure failure, JsonNode outputs, Summary summary) {}
