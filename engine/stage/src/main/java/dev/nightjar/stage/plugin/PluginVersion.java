package dev.nightjar.stage.plugin;

/**
 * A plugin as it is now.
 *
 * @param sha256 of its jar, 64 hexadecimal digits; empty for one that comes from no jar
 */
public record PluginVersion(String id, String version, String sha256) {}
