package dev.nightjar.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

final class TimeAxisTest {

  private static final Instant T = Instant.parse("2026-11-20T10:00:00Z");
  private static final Offset<Double> CLOSE = within(1e-6);

  private final Timeline timeline = new Timeline(new Timeline.Limits(1, 1, 1, 1, 1));

  @Test
  void runsFromTheFirstEventToNow() {
    heard(0);
    TimeAxis axis = TimeAxis.of(timeline, T.plusSeconds(10));

    assertThat(axis.position(T.minusSeconds(5))).isZero();
    assertThat(axis.position(T)).isZero();
    assertThat(axis.position(T.plusSeconds(4))).isCloseTo(0.4, CLOSE);
    assertThat(axis.position(T.plusSeconds(11))).isEqualTo(1);
    assertThat(axis.position(null)).isEqualTo(1);
  }

  @Test
  void aWeekendInWhichNobodyHadTheRunIsDrawnShort() {
    heard(0);
    heard(10);
    timeline.apply(new Event.RunResumed(T.plusSeconds(200_000), "4712 on host", 2));
    TimeAxis axis = TimeAxis.of(timeline, T.plusSeconds(200_010));

    assertThat(axis.pieces()).extracting(TimeAxis.Piece::cut).containsExactly(false, true, false);
    assertThat(axis.position(T.plusSeconds(5))).isCloseTo(0.2425, CLOSE);
    assertThat(axis.position(T.plusSeconds(10))).isCloseTo(0.485, CLOSE);
    assertThat(axis.position(T.plusSeconds(200_000))).isCloseTo(0.515, CLOSE);
    assertThat(axis.ticks(4))
        .extracting(TimeAxis.Tick::worked)
        .containsExactly(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20));
    assertThat(axis.ticks(4).get(3).position()).isCloseTo(0.7575, CLOSE);
  }

  @Test
  void aMomentsPauseIsDrawnAsLongAsItWas() {
    heard(0);
    heard(50);
    timeline.apply(new Event.RunResumed(T.plusSeconds(51), "4712 on host", 2));

    assertThat(TimeAxis.of(timeline, T.plusSeconds(100)).pieces()).hasSize(1);
  }

  @Test
  void ticksAreRoundWhateverTheLength() {
    heard(0);
    for (long millis : List.of(1L, 7L, 950L, 59_000L, 3_600_000L, 400_000_000L)) {
      List<TimeAxis.Tick> ticks = TimeAxis.of(timeline, T.plusMillis(millis)).ticks(5);
      assertThat(ticks).hasSizeBetween(2, 6);
      assertThat(ticks.getLast().position()).isLessThanOrEqualTo(1);
    }
    assertThat(TimeAxis.of(timeline, T).ticks(5)).isNotEmpty();
  }

  private void heard(int second) {
    timeline.apply(new Event.Logged(T.plusSeconds(second), "", Level.INFO, "", null));
  }
}
