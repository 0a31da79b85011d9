package dev.nightjar.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "250000, 0.25 ms",
    "1000000, 1 ms",
    "350400000, 350 ms",
    "999000000, 999 ms",
    "1000000000, 1 s",
    "1250000000, 1.25 s",
    "12340000000, 12.3 s",
    "59940000000, 59.9 s",
    "59990000000, 1 min 0 s",
    "123000000000, 2 min 3 s",
    "3599900000000, 60 min 0 s",
    "11040000000000, 3 h 4 min",
  })
  void durations(long nanos, String text) {
    assertThat(Figures.duration(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "1048064, 1 MiB",
    "3565158, 3.4 MiB",
    "-2048, -2 KiB",
    "9223372036854775807, 8 EiB",
  })
  void bytes(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void countsRatesAndShares() {
    assertThat(Figures.counted(1, "record")).isEqualTo("1 record");
    assertThat(Figures.counted(12_345, "record")).isEqualTo("12,345 records");
    assertThat(Figures.rate(250_000, Duration.ofSeconds(3))).isEqualTo("83,333/s");
    assertThat(Figures.rate(5, Duration.ofSeconds(2))).isEqualTo("2.5/s");
    assertThat(Figures.rate(5, Duration.ZERO)).isEmpty();
    assertThat(Figures.percent(1)).isEqualTo("100 %");
    assertThat(Figures.percent(0.99999)).isEqualTo("99.9 %");
    assertThat(Figures.percent(0.5)).isEqualTo("50 %");
  }
}
