/** Joins steps into stages and says why each cut is there. */
@NullMarked
package dev.nightjar.runtime.plan;

import org.jspecify.annotations.NullMarked;
