/** Filters, counts and sorts records of any kind. */
@NullMarked
package dev.nightjar.plugin.records;

import org.jspecify.annotations.NullMarked;
