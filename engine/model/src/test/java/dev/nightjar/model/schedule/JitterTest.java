package dev.nightjar.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JitterTest {

  private static final Instant NIGHT = Instant.parse("2026-11-20T01:30:00Z");

  @Test
  void isTheSameOnEveryMachine() {
    // A release that changes this makes two daemons of two releases start one firing apart.
    assertThat(Jitter.of("orders", "nightly", NIGHT, Duration.ofMinutes(5)))
        .isEqualTo(Duration.ofMillis(224_238));
  }

  @Test
  void isSpreadEvenlyUpToTheBound() {
    int[] tenths = new int[10];
    for (int i = 0; i < 10_000; i++) {
      Duration offset =
          Jitter.of("orders", "nightly", NIGHT.plusSeconds(86_400L * i), Duration.ofMinutes(10));
      assertThat(offset).isBetween(Duration.ZERO, Duration.ofMinutes(10));
      tenths[(int) Math.min(9, offset.toSeconds() / 60)]++;
    }
    // Four times what chance allows for.
    assertThat(Arrays.stream(tenths)).allMatch(n -> n > 880 && n < 1120);
  }

  @Test
  void reachesBothEnds() {
    Set<Duration> offsets = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      offsets.add(Jitter.of("orders", "t" + i, NIGHT, Duration.ofMillis(2)));
    }
    assertThat(offsets)
        .containsExactlyInAnyOrder(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2));
    assertThat(Jitter.of("orders", "nightly", NIGHT, Duration.ZERO)).isZero();
  }

  @Test
  void differsByWorkflowTriggerAndTime() {
    Duration bound = Duration.ofDays(1);
    assertThat(
            Set.of(
                Jitter.of("orders", "nightly", NIGHT, bound),
                Jitter.of("books", "nightly", NIGHT, bound),
                Jitter.of("orders", "hourly", NIGHT, bound),
                Jitter.of("orders", "nightly", NIGHT.plusSeconds(1), bound)))
        .hasSize(4);
  }
}
