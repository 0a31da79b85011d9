package dev.nightjar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log by hand against the same with strings. */
class HandWrittenTextTest {

  private static final int RANDOM_LINES = 20_000;

  /** Unicode's White_Space. */
  private static final String SPACE =
      "[\\x09-\\x0d\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]*";

  /** What a line is made of, so that all that matters meets. */
  private static final String[] PARTS = {
    " ",
    "\t",
    "\r",
    "\u3000",
    "\u00A0",
    "\u2003",
    "\u0085",
    "\u1680",
    "\u2029",
    "a",
    "\u00E9",
    "\uD83D\uDE00",
    "session=",
    "session",
    "s=",
    "\" 500 ",
    "\" 500",
    "/.env",
    "/.",
    ".",
    "./",
    "/../",
    "\u4E07\u5E74\u7B46",
    "\u4E07\u5E74",
    "/wp-login.php",
    "\" 50session=0 ",
    "\u00A0\u2002"
  };

  private final Random random = new Random(7);

  @TempDir Path folder;

  @Test
  void doesTheDataAsStringsDo() throws Exception {
    // More than a piece, so that a line lies across two.
    same(Files.readAllBytes(LogData.file(folder, 5)));
  }

  @Test
  void doesRandomLinesAsStringsDo() throws Exception {
    var lines = new ByteArrayOutputStream();
    for (int i = 0; i < RANDOM_LINES; i++) {
      for (int n = random.nextInt(8); n > 0; n--) {
        lines.writeBytes(PARTS[random.nextInt(PARTS.length)].getBytes(StandardCharsets.UTF_8));
      }
      if (random.nextInt(20) == 0) {
        lines.write(0x80 + random.nextInt(0x80));
      }
      lines.write('\n');
    }
    lines.writeBytes("/.env without an end".getBytes(StandardCharsets.UTF_8));
    same(lines.toByteArray());
  }

  private void same(byte[] lines) throws Exception {
    Path log = Files.write(folder.resolve("log"), lines);
    Path kept = folder.resolve("kept");
    Path rejected = folder.resolve("rejected");
    HandWrittenText.main(new String[] {log.toString(), kept.toString(), rejected.toString()});
    var expected = new StringBuilder();
    long aside = 0;
    for (int from = 0; from < lines.length; ) {
      int to = from;
      while (to < lines.length && lines[to] != '\n') {
        to++;
      }
      try {
        var line = ByteBuffer.wrap(lines, from, to - from);
        line(StandardCharsets.UTF_8.newDecoder().decode(line).toString(), expected);
      } catch (CharacterCodingException e) {
        aside++;
      }
      from = to + 1;
    }
    assertThat(kept).hasBinaryContent(expected.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(expected).isNotEmpty();
    assertThat(Outcome.lines(rejected)).isEqualTo(aside).isPositive();
  }

  private static void line(String line, StringBuilder kept) {
    String text =
        line.replaceAll("^" + SPACE, "")
            .replaceAll("(?<!" + SPACE.replace("*", "") + ")" + SPACE + "\\z", "")
            .replace(HandWrittenText.FIND, HandWrittenText.REPLACEMENT);
    if (HandWrittenText.PATTERNS.stream().anyMatch(text::contains)) {
      kept.append(text).append('\n');
    }
  }
}
