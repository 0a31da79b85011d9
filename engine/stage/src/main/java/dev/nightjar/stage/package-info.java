/** The data plane: runs one stage on one split, here or on a cluster's worker. */
@NullMarked
package dev.nightjar.stage;

import org.jspecify.annotations.NullMarked;
