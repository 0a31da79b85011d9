/** Parses, writes, validates and changes JSON. */
@NullMarked
package dev.nightjar.plugin.json;

import org.jspecify.annotations.NullMarked;
