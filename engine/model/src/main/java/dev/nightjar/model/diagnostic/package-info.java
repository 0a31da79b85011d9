/** What is wrong with a file, where, and what to do: collected, sorted, printed all at once. */
@NullMarked
package dev.nightjar.model.diagnostic;

import org.jspecify.annotations.NullMarked;
