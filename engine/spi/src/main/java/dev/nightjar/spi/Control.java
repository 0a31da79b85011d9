package dev.nightjar.spi;

/**
 * Runs nested steps: retry, foreach, parallel, switch. The blocks of steps it takes are declared in
 * {@link ProcessorSpec#blocks()}.
 */
public non-sealed interface Control<C extends Record> extends Processor<C> {

  /**
   * Runs the body as often as it likes.
   *
   * @param in the records of the step before; empty when the declaration accepts none
   * @param out where records for the next step go, if the declaration emits any
   */
  void run(C options, Input in, Output out, Body body, StepContext context) throws Exception;
}
