/** What makes two pieces of work the same, and where results of earlier ones are found. */
@NullMarked
package dev.nightjar.runtime.cache;

import org.jspecify.annotations.NullMarked;
