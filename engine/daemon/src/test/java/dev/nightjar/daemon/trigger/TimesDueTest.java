package dev.nightjar.daemon.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.Trigger;
import dev.nightjar.model.Trigger.Missed;
import dev.nightjar.model.Trigger.Missed.Policy;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.schedule.BadCronException;
import dev.nightjar.model.schedule.CronExpression;
import dev.nightjar.model.schedule.Dst;
import dev.nightjar.model.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of times, seen and missed. */
class TimesDueTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final List<Policy> POLICIES = List.of(Policy.NONE, Policy.LAST, Policy.ALL);
  private static final Missed LAST = new Missed(Policy.LAST, null, null);

  private static Trigger trigger(String cron, Missed missed, Duration jitter) {
    try {
      var cause = new Trigger.Cause.Cron(CronExpression.parse(cron), UTC, Dst.FIXED_TIMES, missed);
      return new Trigger(
          new Place(new SourceText("w.yaml", ""), 0, 0), "t", cause, jitter, Map.of(), true);
    } catch (BadCronException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static TimesDue due(Trigger trigger, Instant decided, Instant since, Instant now) {
    Timetable times = trigger.timetable(UTC);
    return TimesDue.of(
        "w", trigger, times, decided, new Awake.Look(now, since, "the daemon was down", false));
  }

  private static List<Instant> fired(TimesDue due) {
    return due.fires().stream().map(fire -> fire.time().instant()).toList();
  }

  @Test
  void whatWasSeenToComeFires() {
    Trigger trigger = trigger("* * * * *", LAST, null);
    Instant start = NOON.minusSeconds(200);

    TimesDue due = due(trigger, start, start, NOON.plusMillis(5));

    assertThat(fired(due))
        .containsExactly(
            NOON.minusSeconds(180), NOON.minusSeconds(120), NOON.minusSeconds(60), NOON);
    assertThat(due.fires()).allSatisfy(fire -> assertThat(fire.late()).isEmpty());
    assertThat(due.passed()).isEmpty();
    assertThat(due.next()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void ofMissedTimesTheLastOneFires() {
    Trigger trigger = trigger("0 * * * *", LAST, null);
    Instant start = NOON.plusSeconds(600);

    TimesDue due = due(trigger, NOON.minusSeconds(5 * 3600), start, start);

    assertThat(fired(due)).containsExactly(NOON);
    assertThat(due.fires().getFirst().late()).isEqualTo("the daemon was down");
    assertThat(due.passed())
        .containsExactly(
            new TimesDue.Passed(
                NOON.minusSeconds(4 * 3600),
                NOON.minusSeconds(3600),
                "the daemon was down, and of such times only the last one runs"));
    assertThat(due.next()).isEqualTo(NOON.plusSeconds(3600));
  }

  @Test
  void noneLeavesThemOutButForOneThatHasJustPassed() {
    Trigger trigger = trigger("0 * * * *", new Missed(Policy.NONE, null, null), null);
    Instant decided = NOON.minusSeconds(2 * 3600);

    TimesDue late = due(trigger, decided, NOON.plusSeconds(600), NOON.plusSeconds(600));
    TimesDue soon = due(trigger, decided, NOON.plusSeconds(20), NOON.plusSeconds(20));

    assertThat(fired(late)).isEmpty();
    assertThat(late.passed())
        .containsExactly(
            new TimesDue.Passed(
                NOON.minusSeconds(3600),
                NOON,
                "the daemon was down, and `missed: none` leaves such times out"));
    assertThat(fired(soon)).as("a restart").containsExactly(NOON);
  }

  @Test
  void allRunsThemInOrderUpToTheLimitAndWithinTheWindow() {
    Instant decided = NOON.minusSeconds(10 * 3600);
    Instant start = NOON.plusSeconds(600);
    Trigger limited = trigger("0 * * * *", new Missed(Policy.ALL, 3, null), null);
    Trigger windowed =
        trigger("0 * * * *", new Missed(Policy.ALL, null, Duration.ofHours(2)), null);

    TimesDue three = due(limited, decided, start, start);
    TimesDue window = due(windowed, decided, start, start);

    assertThat(fired(three))
        .containsExactly(NOON.minusSeconds(7200), NOON.minusSeconds(3600), NOON);
    assertThat(three.passed().getFirst().why()).endsWith("than the limit lets run");
    assertThat(fired(window)).containsExactly(NOON.minusSeconds(3600), NOON);
    assertThat(window.passed().getFirst())
        .isEqualTo(
            new TimesDue.Passed(
                NOON.minusSeconds(9 * 3600),
                NOON.minusSeconds(7200),
                "the daemon was down, and it is outside the window of 2h"));
  }

  @Test
  void tenYearsOfSecondsAreDecidedAtOnce() {
    Trigger trigger = trigger("* * * * * *", LAST, null);
    Instant now = NOON.plus(Duration.ofDays(3650));

    TimesDue due = due(trigger, NOON, now, now);

    assertThat(fired(due)).containsExactly(now.minusSeconds(1), now);
    assertThat(due.passed()).hasSize(1);
    assertThat(due.passed().getFirst().first()).isEqualTo(NOON.plusSeconds(1));
    assertThat(due.passed().getFirst().last()).isEqualTo(now.minusSeconds(2));
  }

  @Test
  void manyThatWereSeenBeginInPortions() {
    Trigger trigger = trigger("* * * * * *", LAST, null);

    TimesDue due = due(trigger, NOON, NOON, NOON.plusSeconds(250));

    assertThat(due.fires()).hasSize(100);
    assertThat(due.next()).as("at once").isEqualTo(NOON.plusSeconds(101));
  }

  @Test
  void jitterComesLaterAndForAllAlike() {
    Trigger trigger = trigger("0 * * * *", LAST, Duration.ofMinutes(10));
    Instant start = NOON.minusSeconds(60);
    Instant from = due(trigger, start, start, NOON.minusSeconds(1)).next();
    assertThat(from).isBetween(NOON, NOON.plusSeconds(600));

    assertThat(fired(due(trigger, start, start, from.minusMillis(1)))).isEmpty();
    assertThat(fired(due(trigger, start, start, from))).containsExactly(NOON);
  }

  @Test
  void aRestartMissesNothingThatJitterPutsOffBeyondIt() {
    Trigger trigger =
        trigger("0 * * * *", new Missed(Policy.NONE, null, null), Duration.ofMinutes(10));
    Instant decided = NOON.minusSeconds(60);
    Instant from = Objects.requireNonNull(due(trigger, decided, decided, decided).next());
    Instant before = from.minusSeconds(1);
    Instant after = from.plusSeconds(120);
    assertThat(before).isAfter(NOON);

    TimesDue waits = due(trigger, decided, before, before);
    TimesDue missed = due(trigger, decided, after, after);

    assertThat(waits.fires()).isEmpty();
    assertThat(waits.passed()).isEmpty();
    assertThat(waits.next()).isEqualTo(from);
    assertThat(due(trigger, decided, before, from).fires())
        .singleElement()
        .satisfies(fire -> assertThat(fire.late()).isEmpty());
    assertThat(missed.passed()).hasSize(1);
  }

  /** However looks and stops fall, each time is decided once, in order. */
  @Test
  void decidesEachTimeOnce() {
    var random = new Random(4);
    for (int round = 0; round < 200; round++) {
      Policy policy = POLICIES.get(random.nextInt(POLICIES.size()));
      Trigger trigger =
          trigger(
              random.nextBoolean() ? "*/7 * * * *" : "*/20 * * * * *",
              new Missed(policy, random.nextBoolean() ? 2 : null, null),
              random.nextBoolean() ? Duration.ofMinutes(3) : null);
      Instant decided = NOON;
      Instant now = NOON;
      Instant since = NOON;
      List<Instant> all = new ArrayList<>();
      for (int look = 0; look < 60; look++) {
        boolean down = random.nextInt(6) == 0;
        now = now.plusSeconds(down ? 300 + random.nextInt(4000) : random.nextInt(50));
        since = down ? now : since;
        TimesDue due = due(trigger, decided, since, now);
        for (TimesDue.Passed passed : due.passed()) {
          assertThat(passed.first()).isAfter(decided).isBeforeOrEqualTo(passed.last());
          decided = passed.last();
        }
        for (TimesDue.Fire fire : due.fires()) {
          assertThat(fire.time().instant()).isAfter(decided).isBeforeOrEqualTo(now);
          decided = fire.time().instant();
          all.add(decided);
        }
        assertThat(due.next()).isNotNull();
      }
      assertThat(all).doesNotHaveDuplicates().isSorted();
    }
  }
}
