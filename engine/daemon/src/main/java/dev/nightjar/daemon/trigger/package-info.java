/** What is due: a pure view of times, files, and ends of runs. Starts nothing itself. */
@NullMarked
package dev.nightjar.daemon.trigger;

import org.jspecify.annotations.NullMarked;
