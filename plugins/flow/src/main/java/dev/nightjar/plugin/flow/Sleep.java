package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Doc;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.time.Duration;

/** A pause between two steps. */
@ProcessorSpec(name = "flow.sleep", summary = "Waits.")
public final class Sleep implements Task<Sleep.Options> {

  public record Options(@Doc("How long.") Duration duration) {

    public Options {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("duration must not be negative");
      }
    }
  }

  @Override
  public void run(Options options, StepContext context) {
    context.sleep(options.duration());
  }
}
