package dev.nightjar.cli;

import dev.nightjar.model.options.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A moment as people type it. */
final class Moment {

  /** What {@code --help} says of an option that takes one. */
  static final String FORMS =
      "2026-11-20, 2026-11-20T10:00, 2026-11-20T10:00:00Z, or 2d for 2 days ago";

  private Moment() {}

  /**
   * The value of an option; null when it was not given.
   *
   * @throws WrongUsage when it is no moment
   */
  static @Nullable Instant of(String option, Arguments arguments, Instant now, ZoneId zone) {
    String text = arguments.text(option);
    if (text == null) {
      return null;
    }
    List<Function<String, Instant>> forms =
        List.of(
            form -> OffsetDateTime.parse(form).toInstant(),
            form -> LocalDateTime.parse(form).atZone(zone).toInstant(),
            form -> LocalDate.parse(form).atStartOfDay(zone).toInstant(),
            form -> now.minus(Durations.parse(form)));
    for (Function<String, Instant> form : forms) {
      try {
        return form.apply(text);
      } catch (DateTimeException | IllegalArgumentException other) {
        // The next form may fit.
      }
    }
    throw new WrongUsage("`" + option + "` needs a time such as " + FORMS + ", not `" + text + "`");
  }
}
