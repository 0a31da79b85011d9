package dev.nightjar.model.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A time zone whose clock is changed again before it has run a day: no real one is so bad. */
final class RestlessZone extends ZoneRulesProvider {

  private static final String NAME = "Test/Restless";
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CHANGES = 200;

  private final ZoneRules rules;

  /** The names of the real zones, sorted. */
  static List<String> others() {
    return ZoneRulesProvider.getAvailableZoneIds().stream()
        .filter(name -> !name.equals(NAME))
        .sorted()
        .toList();
  }

  private RestlessZone(ZoneRules rules) {
    this.rules = rules;
  }

  /** The zone, with the same changes in each test; from 2026 on for a few months. */
  @SuppressWarnings("InvalidZoneId") // Error Prone knows the real ones alone.
  static ZoneId zone() {
    if (!ZoneRulesProvider.getAvailableZoneIds().contains(NAME)) {
      ZoneRulesProvider.registerProvider(new RestlessZone(drawn(new Random(20260101))));
    }
    return ZoneId.of(NAME);
  }

  private static ZoneRules drawn(Random random) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    ZoneOffset before = ZoneOffset.UTC;
    Instant moment = BEGIN;
    while (changes.size() < CHANGES) {
      moment = moment.plusSeconds(60L * random.nextInt(1, 60 * 30));
      ZoneOffset after = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
      if (!after.equals(before)) {
        LocalDateTime wall = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, before);
        changes.add(ZoneOffsetTransition.of(wall, before, after));
        before = after;
      }
    }
    return ZoneRules.of(ZoneOffset.UTC, ZoneOffset.UTC, List.of(), changes, List.of());
  }

  @Override
  protected Set<String> provideZoneIds() {
    return Set.of(NAME);
  }

  @Override
  protected ZoneRules provideRules(String name, boolean caching) {
    return rules;
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String name) {
    return new TreeMap<>();
  }
}
