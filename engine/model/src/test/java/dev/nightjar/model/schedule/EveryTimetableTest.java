package dev.nightjar.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EveryTimetableTest {

  @ParameterizedTest
  @CsvSource({
    "PT5M, 2026-03-29T00:58:01Z, 2026-03-29T01:00:00Z",
    "PT5M, 2026-03-29T01:00:00Z, 2026-03-29T01:05:00Z",
    "PT5M, 2026-03-29T00:59:59.999999999Z, 2026-03-29T01:00:00Z",
    "P1D, 2026-03-29T12:00:00Z, 2026-03-30T00:00:00Z",
    "PT7H, 1970-01-01T00:00:00Z, 1970-01-01T07:00:00Z",
    "PT7H, 1969-12-31T23:59:59Z, 1970-01-01T00:00:00Z",
    "PT7H, 1969-12-31T10:00:00Z, 1969-12-31T17:00:00Z",
    "PT1.5S, 1970-01-01T00:00:01Z, 1970-01-01T00:00:01.5Z",
    "PT0.000000001S, 2500-01-01T00:00:00Z, 2500-01-01T00:00:00.000000001Z",
  })
  void countsFromTheBeginningOf1970(Duration period, Instant after, Instant next) {
    assertThat(every(period).next(after).instant()).isEqualTo(next);
  }

  @Test
  void latestIsWhatNextHasSaid() {
    var random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      var every = every(Duration.ofMillis(random.nextLong(1, 100_000_000)));
      Instant moment =
          Instant.ofEpochMilli(random.nextLong(-10_000_000_000_000L, 10_000_000_000_000L));

      Instant next = every.next(moment).instant();
      assertThat(next).isAfter(moment);
      assertThat(every.latest(next).instant()).isEqualTo(next);
      assertThat(every.latest(next.minusNanos(1)).instant()).isBeforeOrEqualTo(moment);
      assertThat(Duration.between(every.latest(moment).instant(), next)).isEqualTo(every.period());
    }
  }

  @Test
  void showsTimesInAZone() {
    var every = new EveryTimetable(Duration.ofHours(1), ZoneId.of("Europe/Berlin"));

    Occurrence next = every.next(Instant.parse("2026-03-29T00:30:00Z"));

    assertThat(next.time()).hasToString("2026-03-29T03:00+02:00[Europe/Berlin]");
    assertThat(next.explanation()).isEmpty();
  }

  @Test
  void hasAPeriod() {
    assertThatThrownBy(() -> every(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
  }

  private static EveryTimetable every(Duration period) {
    return new EveryTimetable(period, ZoneOffset.UTC);
  }
}
