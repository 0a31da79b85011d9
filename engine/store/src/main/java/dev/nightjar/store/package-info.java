/** Remembers runs: the journal, the history, the cache. */
@NullMarked
package dev.nightjar.store;

import org.jspecify.annotations.NullMarked;
