package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.Cancelled;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AttemptTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Attempt attempt = new Attempt();

  @Test
  void interruptsItsThreadsWhenItIsStopped() throws Exception {
    var begun = new CountDownLatch(1);
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              attempt.join(() -> {
                begun.countDown();
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  assertThat(attempt.stopReason()).isEqualTo("first");
                }
              });
              attempt.end();
            });
    begun.await();
    attempt.stop("first");
    attempt.stop("second");

    assertThat(attempt.awaitEnd(null, LONG)).isTrue();
    thread.join();
    assertThat(attempt.stopReason()).isEqualTo("first");
    assertThat(attempt.threads()).isEmpty();
    assertThatThrownBy(attempt::check).isInstanceOf(Cancelled.class);
  }

  @Test
  void letsNobodyJoinOnceItIsStopped() {
    var ran = new AtomicBoolean();
    attempt.stop("cancelled");

    assertThatThrownBy(() -> attempt.join(() -> ran.set(true))).isInstanceOf(Cancelled.class);
    assertThat(ran).isFalse();
  }

  @Test
  void stopsAtItsTimeoutAndGivesUpAfterTheGrace() throws Exception {
    assertThat(attempt.awaitEnd(SHORT, SHORT)).isFalse();
    assertThat(attempt.stopReason()).isEqualTo(Attempt.TIMED_OUT);
  }

  @Test
  void isNotStoppedOnceItHasEnded() throws Exception {
    attempt.end();
    attempt.stop("too late");

    assertThat(attempt.stopReason()).isNull();
    assertThat(attempt.awaitEnd(SHORT, SHORT)).isTrue();
  }

  @Test
  void runsWhatIsToBeDoneWhenItStopsOnce() {
    var done = new AtomicInteger();
    var forgotten = new AtomicInteger();
    attempt.onStop(done::incrementAndGet);
    attempt.onStop(forgotten::incrementAndGet).close();
    attempt.stop("one");
    attempt.stop("two");
    assertThat(done).hasValue(1);
    assertThat(forgotten).hasValue(0);

    attempt.onStop(done::incrementAndGet);
    assertThat(done).hasValue(2);
  }
}
