package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private long now = -5;
  private final Throttle throttle = new Throttle(() -> now);

  private void wait(Duration duration) {
    now += duration.toNanos();
  }

  @Test
  void eachFurtherAttemptWaitsTwiceAsLong() {
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.failed("a")).isZero();
    }
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long seconds = throttle.failed("a");
      waits.add(seconds);
      wait(Duration.ofSeconds(seconds));
      assertThat(throttle.failed("a")).isZero();
    }
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L);
  }

  @Test
  void othersDoNotWaitAndTimeForgets() {
    for (int i = 0; i < 6; i++) {
      throttle.failed("a");
    }
    assertThat(throttle.failed("a")).isEqualTo(1);
    assertThat(throttle.failed("b")).isZero();
    wait(Duration.ofMinutes(16));
    assertThat(throttle.failed("a")).isZero();
    assertThat(throttle.failed("a")).isZero();
  }

  @Test
  void remembersOnlyTheLatest() {
    for (int i = 0; i < 5; i++) {
      throttle.failed("a");
    }
    assertThat(throttle.failed("a")).isEqualTo(1);
    for (int i = 0; i < 1_000; i++) {
      throttle.failed("peer " + i);
    }
    assertThat(throttle.failed("a")).isZero();
  }
}
