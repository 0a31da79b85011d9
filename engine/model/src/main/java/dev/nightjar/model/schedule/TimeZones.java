package dev.nightjar.model.schedule;

import dev.nightjar.model.diagnostic.Suggestions;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Optional;

/** The time zones that people may name. */
public final class TimeZones {

  private TimeZones() {}

  /** The zone of an IANA name, such as {@code Europe/Berlin} or {@code UTC}. */
  public static Optional<ZoneId> named(String name) {
    return ZoneRulesProvider.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  /** What to write instead of a name that is none. */
  public static String hint(String name) {
    return Suggestions.hint(
        name,
        ZoneRulesProvider.getAvailableZoneIds(),
        "zones are named as in `Europe/Berlin` or `UTC`");
  }
}
