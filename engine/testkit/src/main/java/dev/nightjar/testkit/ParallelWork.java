package dev.nightjar.testkit;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.StepContext.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Work on many items at once, with the results in the items' order. */
final class ParallelWork {

  private ParallelWork() {}

  static <T, R> void run(Iterable<T> items, int limit, Work<T, R> work, Consumer<R> inOrder)
      throws Exception {
    Deque<Future<R>> waiting = new ArrayDeque<>();
    ExecutorService threads = Executors.newFixedThreadPool(limit, Thread.ofVirtual().factory());
    try {
      long index = 0;
      for (Iterator<T> rest = items.iterator(); rest.hasNext(); index++) {
        T item = rest.next();
        long itsIndex = index;
        waiting.add(threads.submit(() -> work.apply(item, itsIndex)));
        if (waiting.size() >= 2 * limit) {
          inOrder.accept(result(waiting.remove()));
        }
      }
      while (!waiting.isEmpty()) {
        inOrder.accept(result(waiting.remove()));
      }
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }

  private static <R> R result(Future<R> future) throws Exception {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }
}
