/** For tests of processors and workflows: time by hand, and a processor run without an engine. */
@NullMarked
package dev.nightjar.testkit;

import org.jspecify.annotations.NullMarked;
