/** What a run has decided, in order: its events, and the state that they add up to. */
@NullMarked
package dev.nightjar.runtime.journal;

import org.jspecify.annotations.NullMarked;
