/** Kills real processes, and looks at what they leave. */
@NullMarked
package dev.nightjar.bench.crash;

import org.jspecify.annotations.NullMarked;
