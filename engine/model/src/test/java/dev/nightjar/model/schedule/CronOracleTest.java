package dev.nightjar.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Expressions, zones and years by chance, against a clock that is watched step by step. */
final class CronOracleTest {

  private static final Instant FIRST = Instant.parse("1840-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2110-01-01T00:00:00Z");

  private final Random random = new Random(4);
  private final List<String> zones = RestlessZone.others();

  @Test
  void minutesAroundChangesOfTheClock() throws BadCronException {
    int compared = 0;
    for (int i = 0; i < 500; i++) {
      ZoneId zone = anyZone();
      Instant middle = nearChange(zone, anyMoment());
      compared += compare(zone, middle, Duration.ofDays(random.nextInt(1, 5)), false);
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  @Test
  void secondsAroundChangesOfTheClock() throws BadCronException {
    int compared = 0;
    for (int i = 0; i < 60; i++) {
      ZoneId zone = anyZone();
      Instant middle = nearChange(zone, anyMoment());
      compared += compare(zone, middle, Duration.ofHours(random.nextInt(3, 30)), true);
    }
    assertThat(compared).isGreaterThan(5_000);
  }

  @Test
  void longStretchesAtAnyTime() throws BadCronException {
    int compared = 0;
    for (int i = 0; i < 20; i++) {
      compared += compare(anyZone(), anyMoment(), Duration.ofDays(100), false);
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  /** Gaps within what is repeated, repetitions of what was skipped, and so on. */
  @Test
  void aClockThatIsChangedAgainAtOnce() throws BadCronException {
    ZoneId zone = RestlessZone.zone();
    int compared = 0;
    for (int i = 0; i < 200; i++) {
      Instant moment =
          Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(10_000_000));
      compared += compare(zone, nearChange(zone, moment), Duration.ofDays(4), false);
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  @Test
  void whatNeverComesIsRefusedAndNothingElse() {
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      RandomCron days = RandomCron.daysOf(random.nextBoolean() ? 2 : 4, random);
      boolean comes =
          LocalDate.of(2000, 1, 1).datesUntil(LocalDate.of(2400, 1, 1)).anyMatch(days.day());
      assertThat(parses("0 0 " + days.text())).as(days.text()).isEqualTo(comes);
      refused += comes ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(10);
  }

  private static boolean parses(String text) {
    try {
      CronExpression.parse(text);
      return true;
    } catch (BadCronException e) {
      assertThat(e).hasMessageContaining("never comes");
      return false;
    }
  }

  private ZoneId anyZone() {
    return ZoneId.of(zones.get(random.nextInt(zones.size())));
  }

  private Instant anyMoment() {
    // Half of them since 1970: before, most clocks went by the sun, to the second.
    Instant first = random.nextBoolean() ? FIRST : Instant.EPOCH;
    long years = first.until(LAST, ChronoUnit.SECONDS);
    return minute(first.plusSeconds(random.nextLong(years)));
  }

  private static Instant minute(Instant moment) {
    return moment.minusSeconds(Math.floorMod(moment.getEpochSecond(), 60L));
  }

  /** The nearest change of the clock after a moment; the moment itself where there is none. */
  private static Instant nearChange(ZoneId zone, Instant moment) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(moment);
    change = change == null ? zone.getRules().previousTransition(moment) : change;
    return change == null ? moment : minute(change.getInstant());
  }

  /** Compares all times of one expression, and tells how many there were. */
  private int compare(ZoneId zone, Instant middle, Duration length, boolean seconds)
      throws BadCronException {
    Instant from = minute(middle.minus(length.dividedBy(2)));
    Instant to = minute(from.plus(length));
    RandomCron cron = expressionNear(middle, zone, seconds);
    if (cron == null) {
      return 0;
    }
    Dst dst = new Dst(any(Dst.Gap.values()), any(Dst.Overlap.values()));
    long step = seconds || hasOddSeconds(zone.getRules(), from, to) ? 1 : 60;
    List<Instant> expected = new ClockWalk(cron, zone, dst, step).moments(from, to);
    var timetable = new CronTimetable(CronExpression.parse(cron.text()), zone, dst);

    String what = cron.text() + " " + dst + " in " + zone + " from " + from + " to " + to;
    assertThat(forward(timetable, from, to)).as(what).isEqualTo(expected);
    assertThat(backward(timetable, from, to)).as(what).isEqualTo(expected.reversed());
    return expected.size();
  }

  private @Nullable RandomCron expressionNear(Instant middle, ZoneId zone, boolean seconds) {
    LocalTime wall = LocalTime.ofInstant(middle, zone);
    LocalTime near = wall.plusMinutes(random.nextInt(-90, 90));
    RandomCron cron = RandomCron.draw(random, near, seconds);
    return parses(cron.text()) ? cron : null;
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static boolean hasOddSeconds(ZoneRules rules, Instant from, Instant to) {
    Instant begin = from.minus(Duration.ofDays(4));
    Predicate<Instant> odd = moment -> rules.getOffset(moment).getTotalSeconds() % 60 != 0;
    boolean found = odd.test(begin);
    ZoneOffsetTransition change = rules.nextTransition(begin);
    while (change != null && change.getInstant().isBefore(to)) {
      found |= odd.test(change.getInstant()) || change.toEpochSecond() % 60 != 0;
      change = rules.nextTransition(change.getInstant());
    }
    return found;
  }

  private static List<Instant> forward(Timetable timetable, Instant from, Instant to) {
    var found = new ArrayList<Instant>();
    Occurrence next = timetable.next(from.minusNanos(1));
    while (next != null && next.instant().isBefore(to)) {
      found.add(next.instant());
      next = timetable.next(next.instant());
    }
    return found;
  }

  private static List<Instant> backward(Timetable timetable, Instant from, Instant to) {
    var found = new ArrayList<Instant>();
    Occurrence latest = timetable.latest(to.minusNanos(1));
    while (latest != null && !latest.instant().isBefore(from)) {
      found.add(latest.instant());
      latest = timetable.latest(latest.instant().minusNanos(1));
    }
    return found;
  }
}
