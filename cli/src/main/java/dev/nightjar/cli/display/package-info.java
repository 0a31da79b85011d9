/** Shows people and programs what a run does: lines, a live view, JSON, the summary at the end. */
@NullMarked
package dev.nightjar.cli.display;

import org.jspecify.annotations.NullMarked;
