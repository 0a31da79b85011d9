package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralReplacementTest {

  private static final String[] LETTERS = {"a", "b", "ä", "€", "😀"};

  @Test
  void replacesAsTextsDo() {
    var chance = new Random(23);
    for (int round = 0; round < 50_000; round++) {
      String find = text(chance, 1 + chance.nextInt(3));
      String by = text(chance, chance.nextInt(4));
      String text = text(chance, chance.nextInt(20));
      boolean first = chance.nextBoolean();
      int at = text.indexOf(find);
      String expected =
          !first
              ? text.replace(find, by)
              : at < 0 ? text : text.substring(0, at) + by + text.substring(at + find.length());
      var literal = Objects.requireNonNull(LiteralReplacement.of(find, by, first));
      var record = DataRecord.text("<" + text + ">", Origin.NONE).slice(1, 1 + bytes(text));

      DataRecord result = literal.in(record);

      assertThat(result.text()).as("%s by %s in %s", find, by, text).isEqualTo(expected);
      assertThat(result == record).isEqualTo(at < 0);
    }
  }

  private static int bytes(String text) {
    return DataRecord.text(text, Origin.NONE).size();
  }

  private static String text(Random chance, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS[chance.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  @Test
  void halfACharacterIsLeftToTexts() {
    assertThat(LiteralReplacement.of("\ud83d", "x", false)).isNull();
    assertThat(LiteralReplacement.of("x", "\ude00", false)).isNull();
  }
}
