package dev.nightjar.runtime;

import dev.nightjar.stage.Joining;
import org.jspecify.annotations.Nullable;

/**
 * Work on what the first tasks of a stage have left, beside the later ones, on a thread of its own.
 */
final class Ahead implements AutoCloseable {

  private final Thread thread;
  private volatile @Nullable Throwable thrown;

  /** What is done; waits for tasks, and ends with {@code Cancelled} when it is interrupted. */
  @FunctionalInterface
  interface Work {
    void run();
  }

  /** Begins. */
  Ahead(String name, Work work) {
    thread = Thread.ofVirtual().name(name).start(() -> run(work));
  }

  private void run(Work work) {
    try {
      work.run();
    } catch (Throwable e) {
      thrown = e;
    }
  }

  /**
   * Waits for its end; all tasks have succeeded.
   *
   * @throws Throwable what the work threw
   */
  void finish() throws Throwable {
    Joining.join(thread, thread::interrupt);
    if (thrown != null) {
      throw thrown;
    }
  }

  /** Stops it where it has not ended. */
  @Override
  public void close() {
    thread.interrupt();
    Joining.join(thread);
  }
}
