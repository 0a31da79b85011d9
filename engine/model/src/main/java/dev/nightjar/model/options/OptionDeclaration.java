package dev.nightjar.model.options;

import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of a processor, in the order of the record's components.
 *
 * @param name as in YAML, in snake_case
 * @param required neither nullable nor with a default
 * @param defaultText the default as YAML, or null
 * @param accepts what a step that gives this option reads instead; null for what the processor
 *     declares, empty for nothing
 * @param emits what a step that gives this option emits instead
 */
public record OptionDeclaration(
    String name,
    OptionType type,
    String doc,
    boolean required,
    @Nullable String defaultText,
    boolean secret,
    @Nullable List<Kind> accepts,
    ProcessorSpec.@Nullable Emitted emits) {}
