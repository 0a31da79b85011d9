package dev.nightjar.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StampsTest {

  private final Stamps stamps = new Stamps();

  @Test
  void everyTimeIsWrittenAsAnInstantWritesItself() {
    var random = new Random(1);
    long[] seconds = {0, -1, 1_764_312_345L, 253_402_300_800L, -62_167_219_201L};
    int[] nanos = {0, 1, 10, 999, 1_000, 120_000, 1_000_000, 500_000_000, 999_999_999};
    for (int i = 0; i < 10_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              seconds[random.nextInt(seconds.length)] + random.nextInt(2),
              random.nextInt(8) == 0
                  ? random.nextInt(1_000_000_000)
                  : nanos[random.nextInt(nanos.length)]);
      assertThat(stamps.of(time)).isEqualTo(time.toString());
    }
  }
}
