/** When triggers that go by time fire: cron expressions, time zones, clock changes, jitter. */
@NullMarked
package dev.nightjar.model.schedule;

import org.jspecify.annotations.NullMarked;
