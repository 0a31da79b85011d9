/** What a run did, told to whoever collects traces. */
@NullMarked
package dev.nightjar.daemon.trace;

import org.jspecify.annotations.NullMarked;
