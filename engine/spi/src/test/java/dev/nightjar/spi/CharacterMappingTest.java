package dev.nightjar.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class CharacterMappingTest {

  private static final Origin LINE_3 = new Origin("names.txt", 3, 40);
  private static final FieldPath NAME = FieldPath.of("customer.name");

  private static CharacterMapping upper() {
    return new CharacterMapping(CharacterMappingTest::upper, character -> true);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static CharacterMapping lower() {
    return new CharacterMapping(text -> text.toLowerCase(Locale.ROOT), c -> c != 'Σ');
  }

  /** A record that does not begin at the start of its array, as none of a file but the first. */
  private static DataRecord text(String text) {
    byte[] utf8 = ("é" + text + "z").getBytes(UTF_8);
    return DataRecord.utf8(utf8, 2, utf8.length - 3, LINE_3);
  }

  private static DataRecord order(String name) {
    return text("{ \"name\":\"other\", \"customer\" : {\"id\":1.0,\"name\": " + name + "}} ")
        .parsed();
  }

  private static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }

  @Test
  void doesToEveryCharacterWhatTheFunctionDoesToTexts() {
    for (int c = 0; c < 0x1_1000; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = "x" + Character.toString(c) + "y";
        String name = quoted(text);

        assertThat(upper().of(text(text)).text()).isEqualTo(upper(text));
        assertThat(lower().of(text(text)).text()).isEqualTo(text.toLowerCase(Locale.ROOT));
        assertThat(lower().of(order(name), NAME).at(NAME).stringValue())
            .isEqualTo(text.toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void doesTheSameToTextsOfManyCharacters() {
    var random = new Random(7);
    CharacterMapping upper = upper();
    CharacterMapping lower = lower();
    for (int i = 0; i < 20_000; i++) {
      int limit = new int[] {0x80, 0x250, 0x3000, 0x1_F000}[random.nextInt(4)];
      String text =
          random
              .ints(random.nextInt(30), 1, limit)
              .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .append(random.nextInt(8) == 0 ? "ΟΔΟΣ ß" : "")
              .toString();
      DataRecord record = order(quoted(text));

      assertThat(upper.of(text(text)).text()).isEqualTo(upper(text));
      assertThat(lower.of(text(text)).text()).isEqualTo(text.toLowerCase(Locale.ROOT));
      assertThat(upper.of(record, NAME).text())
          .isEqualTo(record.mapText(NAME, CharacterMappingTest::upper).text());
    }
  }

  @Test
  void leavesTheOtherBytesAndTheOrigin() {
    DataRecord changed = upper().of(order("\"Zoë Müller\""), NAME);

    assertThat(changed.text())
        .isEqualTo("{ \"name\":\"other\", \"customer\" : {\"id\":1.0,\"name\": \"ZOË MÜLLER\"}} ");
    assertThat(changed.origin()).isEqualTo(LINE_3);
    assertThat(changed.kind()).isEqualTo(Kind.JSON);
    assertThat(changed.at(NAME).stringValue()).isEqualTo("ZOË MÜLLER");
  }

  @Test
  void handsOnWhatDoesNotChangeAsItCame() {
    for (String name : new String[] {"\"田中 1\"", "\"\"", "null", "\"A\\n\""}) {
      DataRecord record = order(name);
      assertThat(upper().of(record, NAME)).as(name).isSameAs(record);
    }
    DataRecord without = text("{\"customer\":{}}").parsed();
    assertThat(upper().of(without, NAME)).isSameAs(without);
    DataRecord line = text("ÀB 1");
    assertThat(upper().of(line)).isSameAs(line);
  }

  @Test
  void sharesNoArrayWithTheRecordItChanges() {
    DataRecord line = text("ab");
    DataRecord order = order("\"ab\"");
    String before = order.text();

    upper().of(line);
    upper().of(order, NAME);

    assertThat(new String(line.array(), UTF_8)).isEqualTo("éabz");
    assertThat(new String(order.array(), UTF_8)).isEqualTo("é" + before + "z");
  }

  @Test
  void escapesWhatHasBecomeSpecial() {
    var special =
        new CharacterMapping(
            text -> text.replace('a', '"').replace('b', '\n').replace('c', '\\'), c -> true);

    for (String name : new String[] {"a", "xbx", "c", "\"", "\\"}) {
      DataRecord changed = special.of(order(quoted(name)), NAME);
      String expected = name.replace('a', '"').replace('b', '\n').replace('c', '\\');
      DataRecord read = text(changed.text()).parsed();
      assertThat(read.at(NAME).stringValue()).as(name).isEqualTo(expected);
    }
    assertThat(special.of(text("abc")).text()).isEqualTo("\"\n\\");
  }

  @Test
  void changesEveryFieldOfManyAndTreesAsWell() {
    DataRecord record = text("[{\"n\":\"a\"},{\"n\":\"b\"}]").parsed();
    var tree = DataRecord.json(StringNode.valueOf("a"), LINE_3);

    assertThat(upper().of(record, FieldPath.of("[*].n")).text())
        .isEqualTo("[{\"n\":\"A\"},{\"n\":\"B\"}]");
    assertThat(upper().of(DataRecord.text("aß", LINE_3)).text()).isEqualTo("ASS");
    assertThat(upper().of(tree, FieldPath.of("x"))).isSameAs(tree);
  }

  @Test
  void saysWhatIsNoString() {
    for (String value : new String[] {"7", "[\"a\"]", "{\"a\":\"b\"}", "true"}) {
      DataRecord record = order(value);
      assertThatThrownBy(() -> upper().of(record, NAME))
          .as(value)
          .isInstanceOfSatisfying(
              Rejected.class,
              e -> assertThat(e.reason()).startsWith("a string is expected, not a"));
    }
  }
}
