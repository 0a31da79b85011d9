package dev.nightjar.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * What {@code flow.foreach} is held against: a virtual thread an item that does next to nothing.
 */
final class BareThreads {

  private BareThreads() {}

  /** Arguments: how many items, and how many at once. */
  public static void main(String[] args) throws InterruptedException {
    long items = Long.parseLong(args[0]);
    var atOnce = new Semaphore(Integer.parseInt(args[1]));
    var sum = new LongAdder();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long i = 0; i < items; i++) {
        long item = i;
        atOnce.acquire();
        threads.execute(() -> {
          sum.add(item);
          atOnce.release();
        });
      }
    }
    System.out.println(sum.sum());
  }
}
