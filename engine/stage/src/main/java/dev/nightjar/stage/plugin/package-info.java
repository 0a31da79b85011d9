/** Finds, checks and loads plugins; the only package that knows how PF4J loads a jar. */
@NullMarked
package dev.nightjar.stage.plugin;

import org.jspecify.annotations.NullMarked;
