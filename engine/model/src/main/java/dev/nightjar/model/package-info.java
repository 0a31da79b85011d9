/** The meaning of a workflow file: immutable, checked, every part knowing where it was written. */
@NullMarked
package dev.nightjar.model;

import org.jspecify.annotations.NullMarked;
