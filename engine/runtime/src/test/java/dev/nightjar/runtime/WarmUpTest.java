package dev.nightjar.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {

  /** Longer than any of these tests may take. */
  private static final Duration FOREVER = Duration.ofHours(1);

  private final AtomicBoolean enough = new AtomicBoolean();

  private static Thread works(WarmUp warmUp, Runnable work) throws InterruptedException {
    var begun = new CountDownLatch(1);
    Thread worker =
        Thread.ofPlatform()
            .start(() -> {
              warmUp.works();
              begun.countDown();
              work.run();
            });
    begun.await();
    return worker;
  }

  private void compute() {
    while (!enough.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void leavesTheFirstAloneWhileItComputes() throws Exception {
    var warmUp = new WarmUp(Duration.ofMillis(200));
    Thread worker = works(warmUp, this::compute);
    long start = System.nanoTime();
    warmUp.await(worker);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    assertThat(worker.isAlive()).isTrue();
    enough.set(true);
    worker.join();
  }

  @Test
  void happensOnce() throws Exception {
    var warmUp = new WarmUp(Duration.ofMillis(10));
    Thread worker = works(warmUp, this::compute);
    warmUp.await(worker);
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      warmUp.await(worker);
    }
    // Had it looked once each time, that would have been ten seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    enough.set(true);
    worker.join();
  }

  @Test
  void endsWithTheFirst() throws Exception {
    var warmUp = new WarmUp(FOREVER);
    Thread worker = works(warmUp, () -> {});
    warmUp.await(worker);
    assertThat(worker.isAlive()).isFalse();
  }

  @Test
  void endsWhenTheWorkWaits() throws Exception {
    var warmUp = new WarmUp(FOREVER);
    Thread worker =
        works(
            warmUp,
            () -> {
              while (!enough.get()) {
                LockSupport.park();
              }
            });
    warmUp.await(worker);
    assertThat(worker.isAlive()).isTrue();
    enough.set(true);
    LockSupport.unpark(worker);
    worker.join();
  }

  @Test
  void endsWhenItIsInterrupted() throws Exception {
    var warmUp = new WarmUp(FOREVER);
    Thread worker = works(warmUp, this::compute);
    Thread.currentThread().interrupt();
    warmUp.await(worker);
    assertThat(Thread.interrupted()).isTrue();
    enough.set(true);
    worker.join();
  }
}
