/**
 * What a plugin author sees, and all that a plugin may depend on.
 *
 * <p>Start at {@link dev.nightjar.spi.RecordProcessor}, the everyday kind. The others are {@link
 * dev.nightjar.spi.StreamProcessor} for sources and whole streams, {@link dev.nightjar.spi.Sink}
 * for what is written to last, {@link dev.nightjar.spi.Task} for steps about no records, and {@link
 * dev.nightjar.spi.Control} for steps with nested steps. What a processor is called and takes is
 * declared with {@link dev.nightjar.spi.ProcessorSpec} and an options record.
 */
@NullMarked
package dev.nightjar.spi;

import org.jspecify.annotations.NullMarked;
