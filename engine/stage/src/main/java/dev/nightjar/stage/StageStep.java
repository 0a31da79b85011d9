package dev.nightjar.stage;

import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Processor;
import java.util.List;

/**
 * A step of a stage, ready to run.
 *
 * @param step its path: {@code clean}, {@code each[3].clean}
 * @param accepts the kinds of records it reads
 * @param options bound; shared by the tasks
 */
public record StageStep(
    String step,
    String processorName,
    Processor<?> processor,
    List<Kind> accepts,
    Record options,
    RejectPolicy rejects,
    Meter meter) {}
