package dev.nightjar.daemon.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Clocks that are set, and processes that are stopped. */
class AwakeTest {

  private static final Instant START = Instant.parse("2026-03-01T02:00:00Z");

  private Instant wall = START;
  private long nanos = 7;
  private final Awake awake = new Awake(() -> wall, () -> nanos);

  private void pass(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
  }

  @Test
  void hasSeenEverythingSinceItsStart() {
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(1));
      assertThat(awake.look()).isEqualTo(new Awake.Look(wall, START, "the daemon was down", false));
    }
  }

  @Test
  void aClockThatIsPutForwardHidesWhatIsBetween() {
    pass(Duration.ofSeconds(1));
    wall = wall.plus(Duration.ofDays(3650));

    assertThat(awake.look())
        .isEqualTo(new Awake.Look(wall, wall, "the clock was put forward by 87600h", false));
    pass(Duration.ofSeconds(1));
    assertThat(awake.look().since()).isEqualTo(wall.minusSeconds(1));
  }

  @Test
  void aClockThatIsPutBackIsTold() {
    pass(Duration.ofSeconds(1));
    wall = wall.minus(Duration.ofHours(1));

    Awake.Look look = awake.look();

    assertThat(look.putBack()).isTrue();
    assertThat(look.since()).isEqualTo(wall);
    assertThat(look.before()).isEqualTo("the clock was put back by 1h");
    pass(Duration.ofSeconds(1));
    assertThat(awake.look().putBack()).isFalse();
  }

  @Test
  void aClockThatIsSteeredIsNotSet() {
    pass(Duration.ofSeconds(1));
    Instant before = awake.look().since();
    wall = wall.minusMillis(900);
    pass(Duration.ofMillis(100));
    assertThat(awake.look().putBack()).isFalse();
    assertThat(awake.look().since()).isEqualTo(before);
  }

  @Test
  void aProcessThatWasStoppedDidNotSeeThat() {
    pass(Duration.ofMinutes(90));

    assertThat(awake.look())
        .isEqualTo(new Awake.Look(wall, wall, "the daemon did not get to run for 1h 30m", false));
  }

  @Test
  void whatPassedWhileLooksFailedForOverAMinuteWasNotSeen() {
    failFor(Duration.ofSeconds(60));
    assertThat(awake.look().since()).as("a minute").isEqualTo(START);
    awake.decided();

    failFor(Duration.ofSeconds(3700));
    var missed = new Awake.Look(wall, wall, "the store could not be used for 1h 1m 40s", false);
    assertThat(awake.look()).isEqualTo(missed);
    awake.decided();
    pass(Duration.ofSeconds(30));
    assertThat(awake.look().since()).as("it is seen again").isEqualTo(missed.since());
  }

  /** Looks that fail, ten seconds between two of them. */
  private void failFor(Duration time) {
    for (int i = 0; i < time.toSeconds() / 10; i++) {
      awake.look();
      awake.failed("the store could not be used");
      pass(Duration.ofSeconds(10));
    }
  }
}
