package dev.nightjar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

  private static final Baseline BASELINE =
      new Baseline(512, 20_000, Map.of("Orders: nightjar", 2.0, "Text: nightjar", 4.0));

  @Test
  void tellsWhatIsWorseByMoreThanAQuarter() {
    assertThat(BASELINE.worse(Map.of("Orders: nightjar", 2.49, "Text: nightjar", 1.0))).isEmpty();
    assertThat(BASELINE.worse(Map.of("Orders: nightjar", 2.6, "Text: nightjar", 5.0)))
        .containsExactly("Orders: nightjar: 2.60, was 2.00 (+30 %)");
  }

  @Test
  void tellsWhatIsMissing() {
    assertThat(BASELINE.worse(Map.of("Orders: nightjar", 2.0, "Files: nightjar", 9.0)))
        .containsExactly("Text: nightjar is not measured any more");
  }

  @Test
  void isReadAsItWasWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("baseline.json");
    BASELINE.write(file);
    assertThat(Baseline.read(file)).isEqualTo(BASELINE);
  }

  @Test
  void isForOneSize() {
    var other = Settings.read(new String[] {"--mebibytes", "32", "check"});
    assertThatThrownBy(() -> BASELINE.check(other))
        .hasMessageEndingWith("is for --mebibytes 512 --files 20000");
  }

  @Test
  void takesTheRatiosOfNightjarAlone() {
    var figures =
        Map.of(
            "by hand",
            new Usage(2, 3, 4),
            "nightjar",
            new Usage(3, 3, 4),
            "jq",
            new Usage(9, 9, 9));
    assertThat(new Table("Orders", "by hand", 0, 0).ratios(figures))
        .containsExactly(Map.entry("Orders: nightjar", 1.5));
  }
}
