package dev.nightjar.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A daily job comes once for each day of each zone. */
final class EveryDayTest {

  private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2040, 12, 31);

  /** The real zones, one of those that are alike in these years. */
  private static Collection<ZoneId> zones() {
    Map<List<ZoneOffsetTransition>, ZoneId> zones = new HashMap<>();
    for (String name : RestlessZone.others()) {
      ZoneId zone = ZoneId.of(name);
      zones.putIfAbsent(changes(zone.getRules()), zone);
    }
    assertThat(zones).hasSizeGreaterThan(200);
    return zones.values();
  }

  private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    ZoneOffsetTransition change = rules.nextTransition(start(FIRST));
    while (change != null && change.getInstant().isBefore(start(LAST))) {
      changes.add(change);
      change = rules.nextTransition(change.getInstant());
    }
    return changes;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  @Test
  void atSomeTimeOfTheDayFrom1970To2040() throws BadCronException {
    var random = new Random(1970);
    for (ZoneId zone : zones()) {
      LocalTime time = LocalTime.of(random.nextInt(24), random.nextInt(60));
      assertDaily(zone, time, FIRST, LAST);
    }
  }

  /** Where the wall was just before and just after each change, and a minute to each side. */
  @Test
  void atTheTimesThatChangesOfTheClockBeginAndEnd() throws BadCronException {
    for (ZoneId zone : zones()) {
      for (ZoneOffsetTransition change : changes(zone.getRules())) {
        LocalDate day = change.getDateTimeBefore().toLocalDate();
        LocalTime before = change.getDateTimeBefore().toLocalTime();
        LocalTime after = change.getDateTimeAfter().toLocalTime();
        for (LocalTime time :
            List.of(before.minusMinutes(1), before, after.minusMinutes(1), after)) {
          assertDaily(zone, time, day.minusDays(3), day.plusDays(3));
        }
      }
    }
  }

  private static void assertDaily(ZoneId zone, LocalTime time, LocalDate first, LocalDate last)
      throws BadCronException {
    String text = time.getSecond() + " " + time.getMinute() + " " + time.getHour() + " * * *";
    var daily = new CronTimetable(CronExpression.parse(text), zone, Dst.FIXED_TIMES);
    Instant due = due(zone, first, time);
    Occurrence one = daily.next(due.minusSeconds(1));
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      Instant nextDue = due(zone, day.plusDays(1), time);
      // A day that does not exist ends when the next one begins: both may be due at once.
      if (!nextDue.equals(due)) {
        if (one == null || !one.written().equals(day.atTime(time)) || !one.instant().equals(due)) {
          // Said here alone: a message for each of nine million days takes long to make.
          throw new AssertionError(text + " in " + zone + " for " + day + " comes at " + one);
        }
        one = daily.next(due);
      }
      due = nextDue;
    }
  }

  /** As the JDK sees it: the first of two, and what is skipped right after the gap. */
  private static Instant due(ZoneId zone, LocalDate day, LocalTime time) {
    ZoneOffsetTransition change = zone.getRules().getTransition(day.atTime(time));
    return change != null && change.isGap()
        ? change.getInstant()
        : day.atTime(time).atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
