package dev.nightjar.runtime.monitor;

import dev.nightjar.stage.Meter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A step that is running, as the live progress sees it. */
public final class RunningStep {

  private final String step;
  private final String processor;
  private final Meter meter;
  private final LongSupplier nanos;
  private final long startNanos;
  private volatile long total = -1;
  private volatile String waiting = "";

  public RunningStep(String step, String processor, Meter meter, LongSupplier nanos) {
    this.step = step;
    this.processor = processor;
    this.meter = meter;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  String step() {
    return step;
  }

  public Meter meter() {
    return meter;
  }

  /** How much there is in all, when it is known before. */
  public void expect(long total) {
    this.total = total;
  }

  /** Why it does nothing just now; empty when it works again. */
  public void waiting(String why) {
    this.waiting = why;
  }

  public Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - startNanos);
  }

  StepProgress progress() {
    Meter.Tally now = meter.now();
    long records = now.recordsOut() > 0 ? now.recordsOut() : now.recordsIn();
    return new StepProgress(
        step,
        processor,
        records,
        now.rejected(),
        now.done(),
        total >= 0 ? total : now.total(),
        elapsed(),
        waiting);
  }
}
