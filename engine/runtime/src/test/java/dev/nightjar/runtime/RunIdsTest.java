package dev.nightjar.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.stage.Surroundings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunIdsTest {

  private Instant now = Instant.parse("2026-11-28T23:59:59.999999Z");

  private final InstantSource clock = () -> now;
  private final RunIds ids =
      new RunIds(
          new Surroundings(clock, () -> 0, new Random(7), duration -> {}, Path.of("not there")));

  @Test
  void tellsTheTime() {
    now = Instant.parse("2026-11-20T02:15:00.5Z");
    assertThat(ids.next()).matches("20261120-021500-800[0-9a-f]{3}");
  }

  @Test
  void neverNamesTwoRunsAlikeAndSortsThemAsTheyBegan() {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      given.add(ids.next());
    }
    assertThat(given).doesNotHaveDuplicates().isSorted();
    assertThat(given.getFirst()).startsWith("20261128-235959-fff");
    assertThat(given.getLast()).startsWith("20261129-000000-00");
  }

  @Test
  void goesOnBehindTheLastWhenTheClockIsSetBack() {
    String before = ids.next();
    now = now.minusSeconds(3_600);
    assertThat(ids.next()).isGreaterThan(before);
  }
}
