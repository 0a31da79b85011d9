package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.Notice;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the daemon's log shows of texts that others wrote. */
final class ServeLogTest {

  private static final Instant AT = Instant.parse("2026-11-20T12:00:00.123456Z");

  @Test
  void aLineOfAStepDoesNotLookLikeOneOfTheDaemons() {
    String said = "run r1 failed: bad \u001b[31mred\nrun r1 succeeded\r\nrun r2 \u202e succeeded";

    assertThat(ServeCommand.text(new Notice(AT, Notice.Level.WARNING, said)))
        .isEqualTo(
            """
            2026-11-20T12:00:00.123Z WARNING run r1 failed: bad \\x1b[31mred
                run r1 succeeded
                run r2 \\u{202e} succeeded
            """);
  }
}
