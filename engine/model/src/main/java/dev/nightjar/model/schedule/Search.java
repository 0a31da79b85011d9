package dev.nightjar.model.schedule;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One search, forward or backward: keeps the last answer, which stays right until the search has
 * passed it. So a time that is decades away is looked for once, however many changes of the clock
 * lie before it.
 */
final class Search {

  private final CronExpression expression;

  /** Between the two the expression means nothing; null before the first question. */
  private @Nullable LocalDateTime asked;

  private @Nullable LocalDateTime found;

  Search(CronExpression expression) {
    this.expression = expression;
  }

  @Nullable LocalDateTime onOrAfter(LocalDateTime from) {
    if (asked == null || found == null || from.isBefore(asked) || from.isAfter(found)) {
      asked = from;
      found = expression.onOrAfter(from);
    }
    return found;
  }

  @Nullable LocalDateTime onOrBefore(LocalDateTime to) {
    if (asked == null || found == null || to.isAfter(asked) || to.isBefore(found)) {
      asked = to;
      found = expression.onOrBefore(to);
    }
    return found;
  }
}
