package dev.nightjar.spi;

import java.util.List;

/**
 * Sources and work on a whole stream (sort, count, distinct). Opens, works and closes in one
 * method: the stack frame is the lifecycle.
 *
 * <p>A source accepts nothing and emits; a {@link Sink} accepts and emits nothing; both ends are
 * declared in {@link ProcessorSpec}.
 */
public non-sealed interface StreamProcessor<C extends Record> extends Processor<C> {

  /**
   * Handles the records of one task, or all of them in order when the declaration says {@link
   * Scope#STREAM}. Reading waits for the step before, emitting waits while the step after is
   * behind.
   *
   * <p>A source reads the {@link StepContext#splits() splits} it was given, in that order. A sink
   * writes below {@link StepContext#part()}, where nobody looks before its {@link Sink#commit}.
   */
  void process(C options, Input in, Output out, StepContext context) throws Exception;

  /**
   * How a source's work divides, in the order of its output; asked once, before the first task. The
   * answer depends on the options and the data alone, so that every run divides alike. Many small
   * splits are fine: the engine gives neighbours to one task.
   */
  default List<Split> splits(C options, StepContext context) throws Exception {
    return List.of(Split.WHOLE);
  }
}
