package dev.nightjar.stage.plugin;

import java.nio.file.Path;

/**
 * A plugin's jar, and the file its bytes are read from.
 *
 * @param jar as a person knows it; messages name it
 * @param copy what is read; stays as it is, whatever becomes of the jar
 */
public record JarCopy(Path jar, Path copy) {}
