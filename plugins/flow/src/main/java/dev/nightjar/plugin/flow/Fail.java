package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import org.jspecify.annotations.Nullable;

/** A failure the workflow asks for: a check that did not hold, a rehearsal of a retry. */
@ProcessorSpec(name = "flow.fail", summary = "Fails with a message.")
public final class Fail implements Task<Fail.Options> {

  public record Options(
      @Doc("Why, as the run reports it.") String message,
      @Doc("Whether a further attempt may help; if not, no `retry` repeats it.") @Default("false")
          boolean retryable,
      @Doc("Fails only the first attempts of this step, this many, and then succeeds.")
          @Nullable Integer attempts) {

    public Options {
      if (attempts != null && attempts < 0) {
        throw new IllegalArgumentException("attempts must not be negative");
      }
      if (attempts != null && !retryable) {
        throw new IllegalArgumentException("attempts makes sense with retryable: true only");
      }
    }
  }

  @Override
  public void run(Options options, StepContext context) throws Requested {
    if (!options.retryable()) {
      throw new PermanentFailure(options.message());
    }
    if (options.attempts() == null || context.attempt() <= options.attempts()) {
      throw new Requested(options.message());
    }
  }

  /** A failure that a further attempt may mend. Its place is the workflow, so it has no stack. */
  static final class Requested extends Exception {

    private static final long serialVersionUID = 1L;

    Requested(String message) {
      super(message, null, false, false);
    }
  }
}
