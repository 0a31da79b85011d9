package dev.nightjar.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

  @Test
  void findsWhatTextsFind() {
    var chance = new Random(21);
    for (int round = 0; round < 50_000; round++) {
      String text = text(chance, chance.nextInt(60));
      String wanted = text(chance, 1 + chance.nextInt(chance.nextInt(4) == 0 ? 20 : 4));
      String around = text(chance, 12);
      byte[] in = (around + text + around).getBytes(ISO_8859_1);
      var record = DataRecord.bytes(in, 12, text.length(), Origin.NONE);
      int from = chance.nextInt(text.length() + 1);
      assertThat(record.indexOf(wanted.getBytes(ISO_8859_1), from))
          .as("`%s` in `%s` from %d", wanted, text, from)
          .isEqualTo(text.indexOf(wanted, from));
    }
  }

  /** Of few letters, and bytes above 0x7F, so that there is much to find and to mistake. */
  private static String text(Random chance, int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append("ab\u0080\u0081\u00ff\u0000".charAt(chance.nextInt(6)));
    }
    return text.toString();
  }

  @Test
  void aSliceIsAPartOfTheSameBytes() {
    byte[] in = "xx größer xx".getBytes(UTF_8);
    var record = DataRecord.utf8(in, 3, in.length - 6, Origin.NONE);

    DataRecord slice = record.slice(2, 4);

    assertThat(slice.text()).isEqualTo("ö");
    assertThat(slice.array()).isSameAs(in);
    assertThat(slice.offset()).isEqualTo(5);
    assertThat(record.slice(0, record.size()).text()).isEqualTo("größer");
    assertThatThrownBy(() -> record.slice(1, 9)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> DataRecord.text("{}", Origin.NONE).parsed().slice(0, 1))
        .hasMessage("a part of a JSON value is none");
  }
}
