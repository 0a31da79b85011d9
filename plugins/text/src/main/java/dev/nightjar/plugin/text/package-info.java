/** Changes, splits, joins and searches text. */
@NullMarked
package dev.nightjar.plugin.text;

import org.jspecify.annotations.NullMarked;
