/** Counts and times what steps do. */
@NullMarked
package dev.nightjar.runtime.monitor;

import org.jspecify.annotations.NullMarked;
