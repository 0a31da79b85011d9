/** Workflows, plans, runs and what is wrong with files, as programs and browsers read them. */
@NullMarked
package dev.nightjar.daemon.view;

import org.jspecify.annotations.NullMarked;
