/** The HTTP side of the daemon: routes as declarations, who may ask, what goes over the wire. */
@NullMarked
package dev.nightjar.daemon.web;

import org.jspecify.annotations.NullMarked;
