package dev.nightjar.runtime.journal;

import org.jspecify.annotations.Nullable;

/**
 * Why a step failed.
 *
 * @param code stable, for {@code retry.on}: {@code failed}, {@code permanent}, {@code timeout},
 *     {@code rejected}, {@code stuck}, {@code io}, {@code disk} when it is full, {@code memory},
 *     {@code plugin}, {@code option}, {@code internal}
 * @param step the step's path: {@code each[3].write}
 * @param place where the step is written: {@code orders.yaml:14:9}
 * @param message what, where in the data, and what to do; one or more lines
 * @param permanent whether no further attempt can help
 * @param trace the stack trace of a plugin's or our own bug; null where it would tell nobody
 *     anything
 */
public record Failure(
    String code,
    String step,
    String place,
    String message,
    boolean permanent,
    @Nullable String trace) {}
