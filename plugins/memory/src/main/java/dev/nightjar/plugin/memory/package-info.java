/** Snapshots of the memory of the engine's process, and what they say together. */
@NullMarked
package dev.nightjar.plugin.memory;

import org.jspecify.annotations.NullMarked;
