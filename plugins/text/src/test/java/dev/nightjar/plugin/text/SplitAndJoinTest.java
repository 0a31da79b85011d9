package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.FieldPath;
import dev.nightjar.testkit.ProcessorTester;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitAndJoinTest {

  private static List<String> split(
      String separator, String pattern, int limit, boolean dropEmpty, String text)
      throws Exception {
    return ProcessorTester.of(
            new SplitText(), new SplitText.Options(separator, pattern, limit, dropEmpty, List.of()))
        .text(text)
        .run()
        .texts();
  }

  @Test
  void splitsAtText() throws Exception {
    assertThat(split(", ", null, 0, false, "a, b, , c")).containsExactly("a", "b", "", "c");
    assertThat(split(", ", null, 0, true, ", a, , b, ")).containsExactly("a", "b");
    assertThat(split(", ", null, 2, false, "a, b, c")).containsExactly("a", "b, c");
    assertThat(split(",", null, 0, false, "")).containsExactly("");
  }

  @Test
  void splitsAtMatches() throws Exception {
    assertThat(split(null, "[;,]\\s*", 0, false, "a; b,c")).containsExactly("a", "b", "c");
    assertThat(split(null, "", 0, false, "h\ud83d\ude00y"))
        .containsExactly("h", "\ud83d\ude00", "y");
    assertThat(split(null, "\\s+", 2, false, "a  b c")).containsExactly("a", "b c");
  }

  @Test
  void makesArraysOfFields() throws Exception {
    var options = new SplitText.Options("|", null, 0, false, List.of(FieldPath.of("tags")));
    var result =
        ProcessorTester.of(new SplitText(), options)
            .json("{\"n\":1.0, \"tags\":\"a|b\"}", "{\"tags\":[]}")
            .run();

    assertThat(result.texts()).containsExactly("{\"n\":1.0, \"tags\":[\"a\",\"b\"]}");
    assertThat(result.rejects().get(0).reason())
        .isEqualTo("field `tags`: a string is expected, not an array");
  }

  private static List<String> join(String separator, int every, String... texts) throws Exception {
    return ProcessorTester.of(new Join(), new Join.Options(separator, every, List.of()))
        .text(texts)
        .run()
        .texts();
  }

  @Test
  void joinsAllRecordsOrSomeAtATime() throws Exception {
    assertThat(join(", ", 0, "a", "é", "c")).containsExactly("a, é, c");
    assertThat(join("\n", 2, "a", "b", "c")).containsExactly("a\nb", "c");
    assertThat(join("-", 1, "a", "b")).containsExactly("a", "b");
    assertThat(join("-", 0)).isEmpty();
  }

  @Test
  void joinedRecordsComeFromWhereTheirFirstOneDid() throws Exception {
    var records =
        ProcessorTester.of(new Join(), new Join.Options(",", 2, List.of()))
            .text("a", "b", "c", "d")
            .run()
            .records();

    assertThat(records).extracting(record -> record.origin().line()).containsExactly(1L, 3L);
  }

  @Test
  void joinsArraysInFields() throws Exception {
    var result =
        ProcessorTester.of(new Join(), new Join.Options("|", 0, List.of(FieldPath.of("tags"))))
            .json("{\"tags\":[\"a\",\"b\"], \"n\":1.0}", "{\"tags\":[1]}", "{\"tags\":\"a\"}", "{}")
            .run();

    assertThat(result.texts()).containsExactly("{\"tags\":\"a|b\", \"n\":1.0}", "{}");
    assertThat(result.rejects())
        .extracting(reject -> reject.reason())
        .containsExactly(
            "field `tags`: a string is expected, not a number",
            "field `tags`: an array of strings is expected");
  }

  @Test
  void wantsOptionsThatGoTogether() {
    assertThatThrownBy(() -> new Join.Options(",", -1, List.of())).hasMessageContaining("every");
    assertThatThrownBy(() -> new SplitText.Options(null, null, 0, false, List.of()))
        .hasMessageContaining("separator");
    assertThatThrownBy(() -> new SplitText.Options("", null, 0, false, List.of()))
        .hasMessage("separator must not be empty");
  }
}
