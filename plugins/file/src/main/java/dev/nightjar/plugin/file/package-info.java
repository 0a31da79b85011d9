/** Reads, writes, copies, moves, deletes and lists files. */
@NullMarked
package dev.nightjar.plugin.file;

import org.jspecify.annotations.NullMarked;
