/** Starts runs when they are due, shows them, stops without losing any. */
@NullMarked
package dev.nightjar.daemon;

import org.jspecify.annotations.NullMarked;
