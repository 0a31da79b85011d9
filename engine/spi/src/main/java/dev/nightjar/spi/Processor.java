package dev.nightjar.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * The kind of work a step does, named by {@code uses:}.
 *
 * <p>An implementation is a public class with a public constructor without arguments, annotated
 * with {@link ProcessorSpec}. It holds no state: one instance serves every step, attempt and
 * thread, and whatever one execution needs lives in the call. Where a method throws, the attempt
 * has failed and may be repeated; a {@link PermanentFailure} says that repeating cannot help, a
 * {@link Rejected} sets one record aside, a {@link Cancelled} is passed on.
 *
 * @param <C> the options record: each component is one option under {@code with:}
 */
public sealed interface Processor<C extends Record> extends ExtensionPoint
    permits RecordProcessor, StreamProcessor, Task, Control {

  /**
   * Files that the result depends on although no option names them: those that a schema refers to.
   * An earlier result is used again while what is in them is the same.
   *
   * @throws IOException when it cannot be told; the work is done anew then
   */
  default List<Path> files(C options) throws IOException {
    return List.of();
  }
}
