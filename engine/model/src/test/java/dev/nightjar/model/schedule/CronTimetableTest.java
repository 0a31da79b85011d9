package dev.nightjar.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days that are known for what libraries get wrong, and what Vixie cron's rules say of them. */
final class CronTimetableTest {

  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("MM-dd HH:mm xxx");

  private static final Dst SKIP_AND_TWICE = new Dst(Dst.Gap.SKIP, Dst.Overlap.TWICE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The clock skips the time.
        "30 2 * * *|Europe/Berlin|2026-03-28T12:00Z|03-29 03:00 +02:00, 03-30 02:30 +02:00",
        "30 2 * * *|America/New_York|2026-03-07T12:00Z|03-08 03:00 -04:00, 03-09 02:30 -04:00",
        "15 2 * * *|Australia/Lord_Howe|2026-10-03T00:00Z|10-04 02:30 +11:00, 10-05 02:15 +11:00",
        "0 0 2 * * *|Europe/Berlin|2026-03-28T12:00Z|03-29 03:00 +02:00, 03-30 02:00 +02:00",
        "0 3 * * *|Europe/Berlin|2026-03-28T12:00Z|03-29 03:00 +02:00, 03-30 03:00 +02:00",
        "59 1 * * *|Europe/Berlin|2026-03-28T12:00Z|03-29 01:59 +01:00, 03-30 01:59 +02:00",
        // It skips midnight.
        "@daily|Africa/Cairo|2026-04-23T12:00Z|04-24 01:00 +03:00, 04-25 00:00 +03:00",
        "@daily|Asia/Beirut|2026-03-28T12:00Z|03-29 01:00 +03:00, 03-30 00:00 +03:00",
        "@daily|America/Havana|2026-03-07T12:00Z|03-08 01:00 -04:00, 03-09 00:00 -04:00",
        "@daily|America/Asuncion|2024-10-05T12:00Z|10-06 01:00 -03:00, 10-07 00:00 -03:00",
        "@daily|America/Sao_Paulo|2018-11-03T12:00Z|11-04 01:00 -02:00, 11-05 00:00 -02:00",
        "@monthly|Africa/Monrovia|1972-01-02T00:00Z|02-01 00:00 +00:00, 03-01 00:00 +00:00",
        // It skips the last hour of a day, and a whole day.
        "30 23 * * *|America/Nuuk|2025-03-29T12:00Z|03-30 00:00 -01:00, 03-30 23:30 -01:00",
        "30 2 * * *|Pacific/Apia|2011-12-29T00:00Z|12-29 02:30 -10:00, 12-31 00:00 +14:00,"
            + " 12-31 02:30 +14:00, 01-01 02:30 +14:00",
        "@daily|Pacific/Apia|2011-12-29T00:00Z|12-29 00:00 -10:00, 12-31 00:00 +14:00,"
            + " 01-01 00:00 +14:00",
        "0 12 * * *|Pacific/Kwajalein|1993-08-20T12:00Z|08-20 12:00 -12:00, 08-22 00:00 +12:00,"
            + " 08-22 12:00 +12:00",
        // It shows the time twice.
        "30 2 * * *|Europe/Berlin|2026-10-24T12:00Z|10-25 02:30 +02:00, 10-26 02:30 +01:00",
        "0 3 * * *|Europe/Berlin|2026-10-24T12:00Z|10-25 03:00 +01:00, 10-26 03:00 +01:00",
        "30 1 * * *|America/New_York|2026-10-31T12:00Z|11-01 01:30 -04:00, 11-02 01:30 -05:00",
        "45 1 * * *|Australia/Lord_Howe|2026-04-04T12:00Z|04-05 01:45 +11:00, 04-06 01:45 +10:30",
        "@daily|America/Havana|2026-10-31T12:00Z|11-01 00:00 -04:00, 11-02 00:00 -05:00",
        "30 23 * * *|Africa/Cairo|2026-10-29T12:00Z|10-29 23:30 +03:00, 10-30 23:30 +02:00",
        "30 23 * * *|Asia/Beirut|2026-10-24T12:00Z|10-24 23:30 +03:00, 10-25 23:30 +02:00",
        "30 23 * * *|America/Sao_Paulo|2018-02-17T12:00Z|02-17 23:30 -02:00, 02-18 23:30 -03:00",
        // Several fixed times: all that are skipped come once, all that are repeated once each.
        "0-59/15 2 * * *|Europe/Berlin|2026-03-28T12:00Z|03-29 03:00 +02:00, 03-30 02:00 +02:00",
        "0 0-23 * * *|Europe/Berlin|2026-03-28T23:30Z|03-29 01:00 +01:00, 03-29 03:00 +02:00",
        "0 0-23 * * *|Europe/Berlin|2026-10-24T23:30Z|10-25 02:00 +02:00, 10-25 03:00 +01:00",
        // A wildcard goes by what the clock shows.
        "*/15 2 * * *|Europe/Berlin|2026-03-28T12:00Z|03-30 02:00 +02:00, 03-30 02:15 +02:00",
        "0 * * * *|Europe/Berlin|2026-03-28T23:30Z|03-29 01:00 +01:00, 03-29 03:00 +02:00",
        "0 * * * *|Europe/Berlin|2026-10-24T23:30Z|10-25 02:00 +02:00, 10-25 02:00 +01:00,"
            + " 10-25 03:00 +01:00",
        "*/30 1 * * *|America/New_York|2026-10-31T12:00Z|11-01 01:00 -04:00, 11-01 01:30 -04:00,"
            + " 11-01 01:00 -05:00, 11-01 01:30 -05:00",
        "30 */2 * * *|Europe/Berlin|2026-03-28T23:45Z|03-29 04:30 +02:00, 03-29 06:30 +02:00",
      })
  void comesWhenVixieCronSays(String expression, String zone, String after, String times)
      throws BadCronException {
    assertComes(expression, zone, Dst.FIXED_TIMES, after, times);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 2 * * *|Europe/Berlin|2026-03-28T12:00Z|03-30 02:30 +02:00",
        "@daily|Africa/Cairo|2026-04-23T12:00Z|04-25 00:00 +03:00",
        "30 2 * * *|Pacific/Apia|2011-12-29T14:00Z|12-31 02:30 +14:00",
        "30 2 * * *|Europe/Berlin|2026-10-24T12:00Z|10-25 02:30 +02:00, 10-25 02:30 +01:00,"
            + " 10-26 02:30 +01:00",
      })
  void fixedTimesAreLeftOutOrRepeatedWhenAskedFor(
      String expression, String zone, String after, String times) throws BadCronException {
    assertComes(expression, zone, SKIP_AND_TWICE, after, times);
  }

  /** Which days are meant when both kinds of days are given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 13 * FRI|2026-02-01T00:00Z|02-06 00:00 Z, 02-13 00:00 Z, 02-20 00:00 Z",
        "0 0 13 3 FRI|2026-03-07T00:00Z|03-13 00:00 Z, 03-20 00:00 Z, 03-27 00:00 Z",
        "0 0 */2 * FRI|2026-02-01T00:00Z|02-13 00:00 Z, 02-27 00:00 Z, 03-13 00:00 Z",
        "0 0 1-7 * */7|2026-02-01T00:00Z|03-01 00:00 Z, 04-05 00:00 Z",
        "0 0 1-7,15 * ?|2026-02-06T00:00Z|02-07 00:00 Z, 02-15 00:00 Z, 03-01 00:00 Z",
        "0 0 15W * ?|2026-02-01T00:00Z|02-16 00:00 Z, 03-16 00:00 Z, 04-15 00:00 Z",
        "0 0 1W 8 ?|2026-02-01T00:00Z|08-03 00:00 Z",
        "0 0 LW,L-3 * *|2026-02-01T00:00Z|02-25 00:00 Z, 02-27 00:00 Z, 03-28 00:00 Z",
        "0 0 * * 5L|2026-02-01T00:00Z|02-27 00:00 Z, 03-27 00:00 Z, 04-24 00:00 Z",
        "0 0 ? * SUN#5|2026-02-01T00:00Z|03-29 00:00 Z, 05-31 00:00 Z",
        "0 0 ? * 7,MON-TUE|2026-02-01T00:00Z|02-02 00:00 Z, 02-03 00:00 Z, 02-08 00:00 Z",
        "30 59 23 31 12 ?|2026-02-01T00:00Z|12-31 23:59 Z",
      })
  void comesOnTheDaysThatAreMeant(String expression, String after, String times)
      throws BadCronException {
    assertComes(expression, "UTC", Dst.FIXED_TIMES, after, times.replace("Z", "+00:00"));
  }

  @Test
  void tellsWhatAChangeOfTheClockHasDone() throws BadCronException {
    assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z").explanation())
        .isEqualTo("moved: 02:30 does not exist on this day");
    assertThat(next("30 23 * * *", "America/Nuuk", "2025-03-29T12:00Z").explanation())
        .isEqualTo("moved: 2025-03-29T23:30 does not exist");
    assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z").explanation())
        .isEqualTo("the first 02:30 of two on this day");
    assertThat(next("30 * * * *", "Europe/Berlin", "2026-10-25T01:00Z").explanation())
        .isEqualTo("the second 02:30 of two on this day");
    assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-29T12:00Z").explanation()).isEmpty();
    assertThat(next("0-59 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z").written())
        .isEqualTo("2026-03-29T02:00");
  }

  @Test
  void midnightThatComes44MinutesAnd30SecondsLate() throws BadCronException {
    assertThat(next("@daily", "Africa/Monrovia", "1972-01-06T12:00Z").time().toOffsetDateTime())
        .isEqualTo("1972-01-07T00:44:30Z");
  }

  @Test
  void fractionsOfSecondsAreNotPassedOver() throws BadCronException {
    var timetable = timetable("30 2 * * *", "Europe/Berlin", Dst.FIXED_TIMES);
    Instant change = Instant.parse("2026-03-29T01:00:00Z");

    assertThat(timetable.next(change.minusNanos(1)).instant()).isEqualTo(change);
    assertThat(timetable.next(change).instant()).isAfter(change);
    assertThat(timetable.latest(change).instant()).isEqualTo(change);
    assertThat(timetable.latest(change.plusNanos(1)).instant()).isEqualTo(change);
    assertThat(timetable.latest(change.minusNanos(1)).instant()).isEqualTo("2026-03-28T01:30:00Z");
  }

  @Test
  void findsLeapDaysAcrossACenturyThatHasNone() throws BadCronException {
    var leapDay = timetable("0 0 29 2 *", "Europe/Berlin", Dst.FIXED_TIMES);

    assertThat(leapDay.next(Instant.parse("2096-03-01T00:00:00Z")).written())
        .isEqualTo("2104-02-29T00:00");
    assertThat(leapDay.latest(Instant.parse("2104-02-28T00:00:00Z")).written())
        .isEqualTo("2096-02-29T00:00");
  }

  @Test
  void endsWhereTimeOnTheWallDoes() throws BadCronException {
    var timetable = timetable("0 0 29 2 *", "Europe/Berlin", Dst.FIXED_TIMES);

    assertThat(timetable.next(Instant.MAX)).isNull();
    assertThat(timetable.next(Instant.parse("9998-01-01T00:00:00Z"))).isNull();
    assertThat(timetable.next(Instant.MIN).written()).isEqualTo("0004-02-29T00:00");
    assertThat(timetable.latest(Instant.MIN)).isNull();
    assertThat(timetable.latest(Instant.MAX).written()).isEqualTo("9996-02-29T00:00");
  }

  /** Work is counted in months that are looked at; no walk over days or hours could hide in it. */
  @Test
  void looksAtFewMonths() {
    assertLooksAt(4, 0x1ffe, (length, first) -> MonthDays.all(length));
    // 29 February is a Monday once in 28 years, or in 40 around a century that has no leap day.
    assertLooksAt(1000, 1 << 2, (length, first) -> length == 29 && first == 1 ? 1 << 29 : 0);
  }

  private static void assertLooksAt(int bound, int months, MonthDays days) {
    var looked = new AtomicInteger();
    MonthDays counted =
        (length, first) -> {
          looked.incrementAndGet();
          return days.of(length, first);
        };
    var halfPastTwo = new CronTimes(1L << 2, 1L << 30, 1L);
    var expression =
        new CronExpression("counted", new CronDays(months, counted), halfPastTwo, false);
    var timetable = new CronTimetable(expression, ZoneId.of("Europe/Berlin"), Dst.FIXED_TIMES);
    for (int year = 1980; year < 2380; year++) {
      Instant moment = Instant.parse(year + "-03-31T12:00:00Z");

      looked.set(0);
      assertThat(timetable.next(moment)).isNotNull();
      assertThat(looked.get()).as("next after " + moment).isBetween(1, bound);
      looked.set(0);
      assertThat(timetable.latest(moment)).isNotNull();
      assertThat(looked.get()).as("latest before " + moment).isBetween(1, bound);
    }
  }

  private static void assertComes(
      String expression, String zone, Dst dst, String after, String times) throws BadCronException {
    List<String> expected = List.of(times.split(", ", -1));
    var timetable = timetable(expression, zone, dst);
    List<String> found = new ArrayList<>();
    Occurrence last = null;
    Instant moment = OffsetDateTime.parse(after).toInstant();
    while (found.size() < expected.size()) {
      last = timetable.next(moment);
      assertThat(timetable.latest(last.instant())).isEqualTo(last);
      moment = last.instant();
      found.add(SHOWN.format(last.time()));
    }
    assertThat(found).isEqualTo(expected);
  }

  private static Occurrence next(String expression, String zone, String after)
      throws BadCronException {
    return timetable(expression, zone, Dst.FIXED_TIMES)
        .next(OffsetDateTime.parse(after).toInstant());
  }

  private static CronTimetable timetable(String expression, String zone, Dst dst)
      throws BadCronException {
    return new CronTimetable(CronExpression.parse(expression), ZoneId.of(zone), dst);
  }
}
