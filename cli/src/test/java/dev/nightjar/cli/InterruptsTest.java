package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
    interrupts.cancelSwitch().watch(this::cancel);

    interrupts.received(2);
    interrupts.received(2);

    assertThat(happened).containsExactly("cancel interrupted", "said", "halt 130");
    assertThat(interrupts.signal()).isEqualTo(2);
  }

  @Test
  void aSignalWhileTheRunStartsIsNotLost() {
    interrupts.begin();
    interrupts.received(15);
    interrupts.cancelSwitch().watch(this::cancel);

    assertThat(happened).containsExactly("said", "cancel terminated");
  }

  @Test
  void aCancelFromElsewhereIsNotASignal() {
    interrupts.begin();
    interrupts.cancelSwitch().cancel("by ada");
    interrupts.cancelSwitch().watch(this::cancel);
    interrupts.cancelSwitch().cancel("again");

    assertThat(happened).containsExactly("cancel by ada");
    assertThat(interrupts.cancelSwitch().cancelled()).isTrue();
    assertThat(interrupts.exitCode(1)).isEqualTo(1);

    interrupts.received(15);

    assertThat(interrupts.exitCode(1)).isEqualTo(143);
    assertThat(happened).containsExactly("cancel by ada", "said");
  }

  private void cancel(String reason) {
    happened.add("cancel " + reason);
  }
}
