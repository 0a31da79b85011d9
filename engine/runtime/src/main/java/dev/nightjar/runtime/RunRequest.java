package dev.nightjar.runtime;

import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.journal.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run that is wanted.
 *
 * @param id as {@link Engine#newId} makes them
 * @param digest SHA-256 of the workflow file's text
 * @param plugins those the workflow uses, as they are now
 * @param inputs as bound by {@code InputBinder}
 * @param secrets values by name
 * @param started when it begins, or began if it is resumed
 * @param trigger what {@code trigger.*} means
 * @param rerun null unless it takes over what another run has done
 */
public record RunRequest(
    String id,
    Workflow workflow,
    String digest,
    List<Event.PluginUsed> plugins,
    Map<String, JsonNode> inputs,
    Map<String, String> secrets,
    Instant started,
    JsonNode trigger,
    Event.@Nullable Rerun rerun) {}
