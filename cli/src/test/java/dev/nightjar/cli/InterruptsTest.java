package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.StepProgress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptsTest {

  private final List<String> happened = new ArrayList<>();
  private final Interrupts interrupts =
      new Interrupts(code -> happened.add("halt " + code), line -> happened.add("said"));

  @Test
  void beforeTheRunASignalJustEndsTheProcess() {
    interrupts.received(15);

    assertThat(happened).containsExactly("halt 143");
  }

  @Test
  void theFirstSignalCancelsAndTheSecondEnds() {
    interrupts.begin();
    interrupts.watch(run());

    interrupts.received(2);
    interrupts.received(2);

    assertThat(happened).containsExactly("cancel interrupted", "said", "halt 130");
    assertThat(interrupts.signal()).isEqualTo(2);
  }

  @Test
  void aSignalWhileTheRunStartsIsNotLost() {
    interrupts.begin();
    interrupts.received(15);
    interrupts.watch(run());

    assertThat(happened).containsExactly("said", "cancel terminated");
  }

  private Run run() {
    return new Run() {
      @Override
      public String id() {
        return "r";
      }

      @Override
      public RunResult await() {
        throw new IllegalStateException("nobody waits here");
      }

      @Override
      public void cancel(String reason) {
        happened.add("cancel " + reason);
      }

      @Override
      public List<StepProgress> progress() {
        return List.of();
      }
    };
  }
}
