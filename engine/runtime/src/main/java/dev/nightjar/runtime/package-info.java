/** The control plane: plans stages, schedules their tasks, retries, commits, counts and times. */
@NullMarked
package dev.nightjar.runtime;

import org.jspecify.annotations.NullMarked;
