package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.text.Trim.Ends;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Origin;
import dev.nightjar.testkit.ProcessorTester;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrimTest {

  private static ProcessorTester<?> trim(Ends ends, boolean collapse, boolean dropBlank) {
    return ProcessorTester.of(new Trim(), new Trim.Options(ends, collapse, dropBlank, List.of()));
  }

  @Test
  void removesWhiteSpaceOfEveryScript() throws Exception {
    var result =
        trim(Ends.BOTH, false, false)
            .text(" a b\t", "\u00a0\u3000x\u2003", "\r\n", "\u200bkept\ufeff", "é ", " 日本\u0085")
            .run();

    assertThat(result.texts()).containsExactly("a b", "x", "", "\u200bkept\ufeff", "é", "日本");
  }

  @Test
  void trimsOneEndAlone() throws Exception {
    assertThat(trim(Ends.START, false, false).text("  a ", "\u2003é ").run().texts())
        .containsExactly("a ", "é ");
    assertThat(trim(Ends.END, false, false).text(" a  ", " é\u2003").run().texts())
        .containsExactly(" a", " é");
  }

  @Test
  void collapsesRunsAndDropsBlankTexts() throws Exception {
    var result = trim(Ends.BOTH, true, true).text(" a \t\u00a0 b ", "", " \u3000 ", "c").run();

    assertThat(result.texts()).containsExactly("a b", "c");
  }

  @Test
  void dropsBlankTextsThatWereTrimmedAtOneEndOrNotAtAll() throws Exception {
    assertThat(trim(Ends.START, false, true).text("\u3000", "  ", " a ").run().texts())
        .containsExactly("a ");
  }

  @Test
  void handsOnWhatNeedsNoTrimming() throws Exception {
    var line = DataRecord.text("né plus ultra", new Origin("in.txt", 7, 0));

    assertThat(trim(Ends.BOTH, false, false).record(line).run().records().get(0)).isSameAs(line);
  }

  @Test
  void keepsTheOriginOfWhatItTrims() throws Exception {
    var origin = new Origin("in.txt", 7, 0);
    var result =
        trim(Ends.BOTH, false, false).record(DataRecord.text(" a ", origin)).run().records();

    assertThat(result.get(0).origin()).isEqualTo(origin);
  }

  @Test
  void trimsStringsInsideJson() throws Exception {
    var fields = List.of(FieldPath.of("a.b"), FieldPath.of("tags[*]"), FieldPath.of("absent"));
    var result =
        ProcessorTester.of(new Trim(), new Trim.Options(Ends.BOTH, false, false, fields))
            .json(
                "{\"n\": 1.00, \"a\":{\"b\":\" x \"}, \"tags\":[\" y\",null]}",
                "{\"a\":{\"b\":7}}",
                "{\"a\":{\"b\":null}}")
            .run();

    assertThat(result.texts())
        .containsExactly(
            "{\"n\": 1.00, \"a\":{\"b\":\"x\"}, \"tags\":[\"y\",null]}", "{\"a\":{\"b\":null}}");
    assertThat(result.rejects().get(0).reason())
        .isEqualTo("field `a.b`: a string is expected, not a number");
  }

  @Test
  void handsOnJsonInWhichNothingChanges() throws Exception {
    var record = DataRecord.text("{\"a\":\"x\"}", Origin.NONE).parsed();
    var options = new Trim.Options(Ends.BOTH, false, false, List.of(FieldPath.of("a")));

    assertThat(ProcessorTester.of(new Trim(), options).record(record).run().records().get(0))
        .isSameAs(record);
  }

  @Test
  void refusesToDropBlankFields() {
    assertThatThrownBy(() -> new Trim.Options(Ends.BOTH, false, true, List.of(FieldPath.of("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("drop_blank");
  }

  @Test
  void bytesAndTextAgree() throws Exception {
    var random = new Random(11);
    String alphabet = " \t\n\u00a0\u3000\u0085aé日\ud83d\ude00";
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        text.append(Character.toString(alphabet.codePointAt(random.nextInt(10))));
      }
      String line = text.toString();
      assertThat(trim(Ends.BOTH, false, false).text(line).run().texts())
          .containsExactly(WhiteSpace.trim(line, Ends.BOTH));
    }
  }
}
