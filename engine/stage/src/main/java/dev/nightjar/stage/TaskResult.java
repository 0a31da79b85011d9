package dev.nightjar.stage;

import dev.nightjar.spi.StepContext;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a task that succeeded gives back.
 *
 * @param records that the last step emitted, or read if it is a sink
 * @param lines that its source has read; see {@link StepContext#LINES}
 * @param counts by step
 * @param outputs that its steps published, by step
 */
public record TaskResult(
    long records,
    long lines,
    Map<String, Counts> counts,
    Map<String, Map<String, JsonNode>> outputs) {}
