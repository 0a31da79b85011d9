package dev.nightjar.model.options;

import java.util.List;

/** What one plugin declares. */
public record PluginDeclaration(
    String id, String version, String description, List<ProcessorDeclaration> processors) {}
