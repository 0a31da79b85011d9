package dev.nightjar.model.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "1h30m, PT1H30M",
    "500ms, PT0.5S",
    "2d, PT48H",
    "1.5s, PT1.5S",
    "7us, PT0.000007S",
    "0s, PT0S",
    "-5m, PT-5M",
    "PT30S, PT30S",
    "P2DT1H, PT49H",
    "36525d, PT876600H",
    "90m, PT1H30M"
  })
  void readsAllForms(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "30 s",
        "1h-5m",
        "1..5s",
        ".5s",
        "5.s",
        "30S",
        "PT",
        "P1Y",
        "--5s",
        "-",
        "36526d",
        "99999999999999999999999999999999999999999s",
        "P99999999999999999D",
        "T1",
        "１s",
        "1111111111111111111111111111111111111111111111111111111111111111111111111111s"
      })
  void refusesTheRest(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @Test
  void knowsNames() {
    assertThat(Durations.parse("T1", Durations.NAMED)).isEqualTo(Duration.ofMillis(100));
    assertThat(Durations.parse("T5", Durations.NAMED)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void readsWhatItWrites() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long nanos = random.nextLong() >> random.nextInt(64);
      Duration duration = Duration.ofNanos(nanos % (36_525L * 86_400_000_000L) * (i % 2 * 999 + 1));

      String text = Durations.format(duration);

      assertThat(Durations.parse(text)).as(text).isEqualTo(duration);
    }
  }

  @Test
  void writesAsAPersonWould() {
    assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(Durations.format(Duration.ofMillis(-1500))).isEqualTo("-1s500ms");
    assertThat(Durations.format(Duration.ZERO)).isEqualTo("0s");
  }
}
