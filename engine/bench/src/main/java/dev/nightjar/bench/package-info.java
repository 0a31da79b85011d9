/** What Nightjar costs, measured against what a user would pick instead. */
@NullMarked
package dev.nightjar.bench;

import org.jspecify.annotations.NullMarked;
