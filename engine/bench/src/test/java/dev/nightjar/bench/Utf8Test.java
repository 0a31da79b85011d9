package dev.nightjar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against Java's decoder. */
class Utf8Test {

  private static final int SEQUENCES = 300_000;

  /** First and last of everything that the standard tells apart. */
  private static final int[] BYTES = {
    'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
    0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
  };

  @Test
  void judgesAsTheDecoderDoes() {
    var random = new Random(3);
    int valid = 0;
    for (int i = 0; i < SEQUENCES; i++) {
      var bytes = new byte[1 + random.nextInt(5) + (random.nextInt(10) == 0 ? 20 : 0)];
      Arrays.fill(bytes, (byte) 'x');
      int from = Math.max(0, bytes.length - 6);
      for (int at = from; at < bytes.length; at++) {
        bytes[at] = (byte) BYTES[random.nextInt(BYTES.length)];
      }
      boolean expected = decodes(bytes);
      valid += expected ? 1 : 0;
      assertThat(Utf8.valid(bytes, 0, bytes.length)).as(Arrays.toString(bytes)).isEqualTo(expected);
    }
    assertThat(valid).isGreaterThan(SEQUENCES / 100);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
