/**
 * Options of processors: one declaration, made from an options record at build time, gives binding,
 * defaults, diagnostics, JSON Schema and the reference page.
 */
@NullMarked
package dev.nightjar.model.options;

import org.jspecify.annotations.NullMarked;
