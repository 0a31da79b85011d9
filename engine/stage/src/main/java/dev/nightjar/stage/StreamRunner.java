package dev.nightjar.stage;

import dev.nightjar.spi.StreamProcessor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The work of one thread of a task: a stream step and the chain of record steps behind it. */
final class StreamRunner implements TaskRunner.Runner {

  private final TaskStep head;
  private final TaskInput input;
  private final @Nullable Channel in;
  private final RecordChain chain;
  private final @Nullable Channel out;
  private final LongSupplier nanos;

  StreamRunner(
      TaskStep head,
      TaskInput input,
      @Nullable Channel in,
      RecordChain chain,
      @Nullable Channel out,
      LongSupplier nanos) {
    this.head = head;
    this.input = input;
    this.in = in;
    this.chain = chain;
    this.out = out;
    this.nanos = nanos;
  }

  @Override
  public String id() {
    return head.id();
  }

  @Override
  public void run() {
    long start = nanos.getAsLong();
    try (chain) {
      process();
      chain.finish();
    } catch (RecordChain.NoneWanted enough) {
      // The step after has read all it wants: this one is done, too.
    } catch (Throwable e) {
      throw TaskRunner.failure(id(), e);
    } finally {
      input.finish();
      if (in != null) {
        in.close();
      }
      if (out != null) {
        out.finish();
      }
      long took = nanos.getAsLong() - start;
      head.tally().busy(Math.max(0, took - input.waitedNanos() - chain.awayNanos()));
    }
  }

  @SuppressWarnings("unchecked")
  private void process() throws Exception {
    ((StreamProcessor<Record>) head.step().processor())
        .process(head.step().options(), input.once(), chain, head.context());
  }
}
