/** The command line: one class a command; prints and exits, decides nothing. */
@NullMarked
package dev.nightjar.cli;

import org.jspecify.annotations.NullMarked;
