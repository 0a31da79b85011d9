package dev.nightjar.model.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a cron expression comes in a time zone.
 *
 * <p>Time is looked at in stretches between changes of the clock. What an expression means is found
 * on the wall, and comes in the stretch that shows it; what a gap skips, when the gap is over.
 *
 * @param dst for an expression with a fixed hour and minute; a wildcard follows the clock on the
 *     wall
 */
public record CronTimetable(CronExpression expression, ZoneId zone, Dst dst) implements Timetable {

  @Override
  public @Nullable Occurrence next(Instant after) {
    Instant begin = second(after).plusSeconds(1);
    var search = new Search(expression);
    Stretch stretch = Stretch.at(zone.getRules(), begin);
    LocalDateTime from = stretch.wall(begin);
    while (true) {
      if (from.equals(stretch.first())
          && comesAfterGap(stretch, search.onOrAfter(stretch.firstNew()))) {
        return afterGap(stretch);
      }
      LocalDateTime earliest = earliest(stretch);
      LocalDateTime wall = search.onOrAfter(from.isBefore(earliest) ? earliest : from);
      if (wall == null) {
        return null;
      }
      if (!wall.isAfter(stretch.last())) {
        return shown(stretch, wall);
      }
      stretch = stretch.following();
      from = stretch.first();
    }
  }

  @Override
  public @Nullable Occurrence latest(Instant atOrBefore) {
    Instant end = second(atOrBefore);
    var search = new Search(expression);
    Stretch stretch = Stretch.at(zone.getRules(), end);
    LocalDateTime to = stretch.wall(end);
    while (true) {
      LocalDateTime wall = search.onOrBefore(to);
      if (wall == null) {
        return null;
      }
      if (!wall.isBefore(earliest(stretch))) {
        return shown(stretch, wall);
      }
      if (comesAfterGap(stretch, wall)) {
        return afterGap(stretch);
      }
      stretch = stretch.preceding();
      to = stretch.last();
    }
  }

  private static Instant second(Instant moment) {
    return Covered.nearest(moment).truncatedTo(ChronoUnit.SECONDS);
  }

  private Dst rule() {
    return expression.isWildcard() ? Dst.AS_SHOWN : dst;
  }

  /** The first time of a stretch that counts. */
  private LocalDateTime earliest(Stretch stretch) {
    boolean again = stretch.firstNew().isAfter(stretch.first());
    return again && rule().overlap() == Dst.Overlap.ONCE ? stretch.firstNew() : stretch.first();
  }

  /** Whether a time was skipped before a stretch, and is made up for at its begin. */
  private boolean comesAfterGap(Stretch stretch, @Nullable LocalDateTime wall) {
    return rule().gap() == Dst.Gap.RUN_AFTER
        && wall != null
        && !wall.isBefore(stretch.firstNew())
        && wall.isBefore(stretch.first())
        && !expression.means(stretch.first());
  }

  /** Several skipped times come once, as the first of them. */
  private Occurrence afterGap(Stretch stretch) {
    LocalDateTime skipped = Objects.requireNonNull(expression.onOrAfter(stretch.firstNew()));
    Instant moment = stretch.moment(stretch.first());
    return new Occurrence(moment.atZone(zone), skipped, Occurrence.Shift.AFTER_GAP);
  }

  private Occurrence shown(Stretch stretch, LocalDateTime wall) {
    Occurrence.Shift shift =
        wall.isBefore(stretch.firstNew())
            ? Occurrence.Shift.SECOND_OF_TWO
            : stretch.comesAgain(wall) ? Occurrence.Shift.FIRST_OF_TWO : Occurrence.Shift.NONE;
    return new Occurrence(stretch.moment(wall).atZone(zone), wall, shift);
  }
}
