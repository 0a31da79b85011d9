package dev.nightjar.spi;

import java.nio.file.Path;

/**
 * A processor that emits nothing and makes what it reads last: the tasks write beside, {@link
 * #commit} makes it visible. A {@link RecordProcessor} or {@link StreamProcessor} implements it
 * besides; as a record processor it works in the thread of the steps before it, which is faster.
 *
 * @param <C> the options record
 */
public interface Sink<C extends Record> {

  /**
   * Makes visible, in one go, what the tasks wrote: the {@link StepContext#part() parts} in the
   * order of the splits.
   *
   * <p>It may begin while tasks still run, to put together what is there: asking for the next part
   * waits until its task has succeeded. Only when there is no next one have all of them, and only
   * then may anything become visible; where a task fails, asking ends with {@link Cancelled}.
   *
   * <p>Called again from the start when it has failed or the process died in between, so it neither
   * changes nor removes the parts and may find its own work already done.
   */
  void commit(C options, Iterable<Path> parts, StepContext context) throws Exception;
}
