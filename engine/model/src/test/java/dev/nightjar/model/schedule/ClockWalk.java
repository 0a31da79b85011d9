package dev.nightjar.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Finds when an expression comes by watching a clock on the wall, one step after the other. */
final class ClockWalk {

  /** Longer than any clock is put back for. */
  private static final Duration WARM_UP = Duration.ofHours(37);

  private final RandomCron cron;
  private final ZoneId zone;
  private final Dst rule;
  private final long step;

  /**
   * A walk.
   *
   * @param step in seconds; 60 is enough where no second and no offset needs less
   */
  ClockWalk(RandomCron cron, ZoneId zone, Dst dst, long step) {
    this.cron = cron;
    this.zone = zone;
    this.rule = cron.wildcard() ? new Dst(Dst.Gap.SKIP, Dst.Overlap.TWICE) : dst;
    this.step = step;
  }

  /** The moments from a whole step to before another. */
  List<Instant> moments(Instant from, Instant to) {
    var found = new ArrayList<Instant>();
    Instant moment = from.minus(WARM_UP);
    LocalDateTime reached = wall(moment);
    while (moment.isBefore(to)) {
      moment = moment.plusSeconds(step);
      LocalDateTime wall = wall(moment);
      boolean again = !wall.isAfter(reached);
      boolean comes =
          again
              ? rule.overlap() == Dst.Overlap.TWICE && cron.means(wall)
              : cron.means(wall)
                  || (rule.gap() == Dst.Gap.RUN_AFTER && comesBetween(reached, wall));
      if (comes && !moment.isBefore(from) && moment.isBefore(to)) {
        found.add(moment);
      }
      reached = again ? reached : wall;
    }
    return found;
  }

  private LocalDateTime wall(Instant moment) {
    return LocalDateTime.ofInstant(moment, zone);
  }

  private boolean comesBetween(LocalDateTime shown, LocalDateTime next) {
    for (var wall = shown.plusSeconds(step); wall.isBefore(next); wall = wall.plusSeconds(step)) {
      if (cron.means(wall)) {
        return true;
      }
    }
    return false;
  }
}
