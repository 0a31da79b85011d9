package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteAutomatonTest {

  private static final String[] LETTERS = {"a", "b", "c", "ä", "ö", "€", "😀", " "};

  @Test
  void findsWhatSearchingOneByOneFinds() {
    var chance = new Random(17);
    int found = 0;
    for (int round = 0; round < 5_000; round++) {
      List<String> patterns = new ArrayList<>();
      for (int n = chance.nextInt(6); n >= 0; n--) {
        patterns.add(text(chance, 1 + chance.nextInt(5)));
      }
      var automaton = Objects.requireNonNull(ByteAutomaton.of(patterns));
      for (int i = 0; i < 20; i++) {
        String text = text(chance, chance.nextInt(12));
        boolean in = patterns.stream().anyMatch(text::contains);
        assertThat(automaton.isIn(DataRecord.text(text, Origin.NONE)))
            .as("%s in `%s`", patterns, text)
            .isEqualTo(in);
        found += in ? 1 : 0;
      }
    }
    assertThat(found).isBetween(20_000, 80_000);
  }

  @Test
  void leavesLongPatternsToTheOther() {
    assertThat(ByteAutomaton.of(List.of("x".repeat(512)))).isNotNull();
    assertThat(ByteAutomaton.of(List.of("x".repeat(500), "y".repeat(13)))).isNull();
    assertThat(ByteAutomaton.of(List.of("\ud800"))).isNull();
  }

  private static String text(Random chance, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS[chance.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }
}
