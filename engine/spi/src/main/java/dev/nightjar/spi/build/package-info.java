/**
 * What runs inside the compiler when a plugin is built: reads the declarations of its processors,
 * checks them, and writes them into the jar.
 */
@NullMarked
package dev.nightjar.spi.build;

import org.jspecify.annotations.NullMarked;
