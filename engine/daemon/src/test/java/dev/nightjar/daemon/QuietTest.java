package dev.nightjar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietTest {

  private long nanos = Long.MAX_VALUE - 5;
  private int given;
  private final Quiet quiet = new Quiet(() -> nanos, () -> given++);

  @Test
  void givesBackOnceAfterTheStart() {
    look(Duration.ofSeconds(29), false);
    assertThat(given).isZero();

    look(Duration.ofSeconds(1), false);
    look(Duration.ofHours(1), false);
    assertThat(given).isEqualTo(1);
  }

  @Test
  void givesBackOnceAfterEachBusyTime() {
    look(Duration.ofMinutes(1), false);
    look(Duration.ofMinutes(1), true);
    look(Duration.ofSeconds(29), false);
    assertThat(given).isEqualTo(1);

    look(Duration.ofSeconds(1), false);
    look(Duration.ofHours(1), false);
    assertThat(given).isEqualTo(2);
  }

  @Test
  void givesNothingBackBetweenRunsThatFollowEachOther() {
    for (int i = 0; i < 100; i++) {
      look(Duration.ofSeconds(20), true);
      look(Duration.ofSeconds(20), false);
    }
    assertThat(given).isZero();
  }

  private void look(Duration later, boolean busy) {
    nanos += later.toNanos();
    quiet.look(busy);
  }
}
