package dev.nightjar.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleTest {

  @Test
  void whatCouldMoveTheCursorIsEscaped() {
    assertThat(Visible.line("a\u001b[2Jb\rc\nd\te\u0000\u007f\u009b"))
        .isEqualTo("a\\x1b[2Jb\\rc\\nd\\te\\x00\\x7f\\x9b");
  }

  @Test
  void whatCouldReorderTheTextIsEscaped() {
    assertThat(Visible.line("a\u202eb\u2028c\ud800d")).isEqualTo("a\\u{202e}b\\u{2028}c\\u{d800}d");
  }

  @Test
  void ordinaryTextStays() {
    assertThat(Visible.line("Grüße, 世界 🦉")).isEqualTo("Grüße, 世界 🦉");
    assertThat(Visible.lines("a\r\nb\tc\u0007")).isEqualTo("a\nb\tc\\x07");
  }
}
