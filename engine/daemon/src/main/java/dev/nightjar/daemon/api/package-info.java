/** What a daemon answers to programs and to its page: routes over runs, workflows and times. */
@NullMarked
package dev.nightjar.daemon.api;

import org.jspecify.annotations.NullMarked;
