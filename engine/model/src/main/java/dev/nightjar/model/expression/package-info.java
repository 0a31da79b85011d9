/**
 * The expressions inside <code>${{ }}</code>: a small language with CEL's syntax and meaning,
 * compiled and type-checked before the run. Reaches no file, class, network or clock, and cannot
 * run forever.
 */
@NullMarked
package dev.nightjar.model.expression;

import org.jspecify.annotations.NullMarked;
