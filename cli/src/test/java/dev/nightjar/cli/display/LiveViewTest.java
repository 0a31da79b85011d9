package dev.nightjar.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.monitor.StepProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LiveViewTest {

  private static final Screen WIDE = new Screen(100, 24);

  @Test
  void showsABarAndTheTimeLeftWhereTheTotalIsKnown() {
    var view = new LiveView(Style.PLAIN);

    assertThat(view.lines(List.of(step("orders", 50_000, 250, 1000, 5, "")), WIDE))
        .containsExactly(
            "  orders  [#####---------------]  25 %  50,000 records  10,000/s  15 s left");
  }

  @Test
  void drawsWithUnicodeWhereThatCanBeShown() {
    var view = new LiveView(new Style(false, true));

    assertThat(view.lines(List.of(step("orders", 0, 1, 2, 1, "")), WIDE).get(0))
        .contains("━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌  50 %");
  }

  @Test
  void saysWhyAStepWaits() {
    var view = new LiveView(Style.PLAIN);

    assertThat(view.lines(List.of(step("call", 0, 0, -1, 7, "retry in 4 s")), WIDE))
        .containsExactly("  call  retry in 4 s  7 s");
  }

  @Test
  void anAttemptThatStartsAgainHasNoNegativePace() {
    var view = new LiveView(Style.PLAIN);
    view.lines(List.of(step("orders", 50_000, 900, 1000, 5, "")), WIDE);

    List<String> lines = view.lines(List.of(step("orders", 10, 1, 1000, 6, "")), WIDE);

    assertThat(lines.get(0)).doesNotContain("-9").contains(" left");
  }

  @Test
  void isNeverWiderOrHigherThanTheTerminal() {
    var random = new Random(42);
    var view = new LiveView(Style.PLAIN);
    for (int round = 0; round < 2_000; round++) {
      var screen = new Screen(20 + random.nextInt(100), 3 + random.nextInt(10));
      List<StepProgress> running = new ArrayList<>();
      int count = random.nextInt(15);
      for (int i = 0; i < count; i++) {
        String name = "step_" + "x".repeat(random.nextInt(80)) + i;
        running.add(
            step(
                name,
                random.nextLong(1L << 50),
                random.nextLong(100),
                random.nextLong(100),
                round,
                ""));
      }
      assertThat(view.lines(running, screen))
          .hasSizeLessThan(screen.rows())
          .allMatch(line -> line.length() < screen.columns());
    }
  }

  private static StepProgress step(
      String name, long records, long done, long total, long seconds, String waiting) {
    return new StepProgress(
        name, "file.read", records, 0, done, total, Duration.ofSeconds(seconds), waiting);
  }
}
