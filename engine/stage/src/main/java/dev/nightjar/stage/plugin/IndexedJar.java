package dev.nightjar.stage.plugin;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a jar.
 *
 * @param digest SHA-256, 64 hexadecimal digits; null as long as nobody has asked for it
 */
record IndexedJar(PluginJar jar, @Nullable String digest) {}
