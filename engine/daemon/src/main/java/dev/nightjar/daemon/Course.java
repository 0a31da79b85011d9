package dev.nightjar.daemon;

import dev.nightjar.runtime.Run;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How a run of this process is attended.
 *
 * @param cancel ends it, whether it waits for its turn or runs
 * @param running is told when its steps begin
 */
public record Course(CancelSwitch cancel, Consumer<Run> running, InstantSource clock) {}
