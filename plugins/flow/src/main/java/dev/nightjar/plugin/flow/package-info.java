/** Steps that run other steps, and the small steps that steer and tell: sleep, fail, log, set. */
@NullMarked
package dev.nightjar.plugin.flow;

import org.jspecify.annotations.NullMarked;
