package dev.nightjar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class TextsTest {

  private static byte[] ended(
      String step, Outcome outcome, @Nullable String reason, @Nullable Failure failure) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    outputs.put("outcome", "succeeded").put("blocks", false);
    return EventFormat.bytes(
        new Event.StepEnded(
            Instant.parse("2026-11-20T10:00:00Z"),
            step,
            outcome,
            reason,
            failure,
            false,
            StepMetrics.NONE,
            outputs));
  }

  @Test
  void aStepThatEndedWellNeedNotBeRead() {
    assertThat(Texts.isSilent(ended("a", Outcome.SUCCEEDED, null, null))).isTrue();
  }

  @Test
  void whatSomebodySaidOfAStepIsRead() {
    var failure = new Failure("io", "a", "a.yaml:3:5", "gone", false, null);

    assertThat(Texts.isSilent(ended("a", Outcome.SKIPPED, "no orders", null))).isFalse();
    assertThat(Texts.isSilent(ended("a", Outcome.SUCCEEDED, "as before", null))).isFalse();
    assertThat(Texts.isSilent(ended("a", Outcome.FAILED, null, failure))).isFalse();
    assertThat(
            Texts.isSilent(
                ended(",\"outcome\":\"succeeded\",\"blocks\":", Outcome.FAILED, null, failure)))
        .isFalse();
  }
}
