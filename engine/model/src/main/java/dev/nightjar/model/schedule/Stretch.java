package dev.nightjar.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which the clock is not changed.
 *
 * @param begin null when it was never changed before
 * @param end null when it is never changed again
 * @param firstNew the first time on the wall that the clock had neither shown nor skipped before;
 *     earlier than {@link #first} when there is a gap between, later when times come again
 */
record Stretch(
    ZoneRules rules,
    @Nullable ZoneOffsetTransition begin,
    ZoneOffset offset,
    @Nullable ZoneOffsetTransition end,
    LocalDateTime firstNew) {

  /** No clock is ever put back further than from one end of the offsets to the other. */
  private static final Duration FURTHEST_BACK = Duration.ofHours(36);

  /** The stretch that a whole second lies in. */
  static Stretch at(ZoneRules rules, Instant moment) {
    ZoneOffsetTransition begin = rules.previousTransition(moment.plusSeconds(1));
    return new Stretch(
        rules,
        begin,
        rules.getOffset(moment),
        rules.nextTransition(moment),
        begin == null ? LocalDateTime.MIN : reached(rules, begin));
  }

  private static LocalDateTime reached(ZoneRules rules, ZoneOffsetTransition begin) {
    LocalDateTime reached = begin.getDateTimeBefore();
    Instant tooFar = begin.getInstant().minus(FURTHEST_BACK);
    ZoneOffsetTransition change = rules.previousTransition(begin.getInstant());
    while (change != null && change.getInstant().isAfter(tooFar)) {
      LocalDateTime before = change.getDateTimeBefore();
      reached = before.isAfter(reached) ? before : reached;
      change = rules.previousTransition(change.getInstant());
    }
    return reached;
  }

  /** The one that begins where this one ends. */
  Stretch following() {
    return at(rules, Objects.requireNonNull(end).getInstant());
  }

  /** The one that ends where this one begins. */
  Stretch preceding() {
    return at(rules, Objects.requireNonNull(begin).getInstant().minusSeconds(1));
  }

  /** What the clock shows. */
  LocalDateTime wall(Instant moment) {
    return LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, offset);
  }

  /** When the clock shows it, in this stretch. */
  Instant moment(LocalDateTime wall) {
    return wall.toInstant(offset);
  }

  /** The first time it shows. */
  LocalDateTime first() {
    return begin == null ? LocalDateTime.MIN : begin.getDateTimeAfter();
  }

  /** The last whole second it shows. */
  LocalDateTime last() {
    return end == null ? LocalDateTime.MAX : end.getDateTimeBefore().minusSeconds(1);
  }

  /** Whether a time of this stretch comes again after it. */
  boolean comesAgain(LocalDateTime wall) {
    return end != null && !wall.isBefore(end.getDateTimeAfter());
  }
}
