package dev.nightjar.spi;

/** A step about no records: a memory snapshot, a command, a request. */
public non-sealed interface Task<C extends Record> extends Processor<C> {

  /** Does the work, and publishes what came of it with {@link StepContext#output}. */
  void run(C options, StepContext context) throws Exception;
}
