/** Watches the folder of workflows and the folder of plugins: what is in force, and since when. */
@NullMarked
package dev.nightjar.daemon.folder;

import org.jspecify.annotations.NullMarked;
