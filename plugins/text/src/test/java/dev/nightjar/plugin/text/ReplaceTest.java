package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Origin;
import dev.nightjar.testkit.ProcessorTester;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaceTest {

  private static Replace.Options literal(
      String find, String by, boolean ignoreCase, boolean first) {
    return new Replace.Options(find, null, by, ignoreCase, first, List.of());
  }

  private static Replace.Options pattern(String pattern, String by) {
    return new Replace.Options(null, pattern, by, false, false, List.of());
  }

  private static String replaced(Replace.Options options, String text) throws Exception {
    return ProcessorTester.of(new Replace(), options).text(text).run().texts().get(0);
  }

  @Test
  void replacesTextLiterally() throws Exception {
    assertThat(replaced(literal("a.", "$1", false, false), "a. ab a.")).isEqualTo("$1 ab $1");
    assertThat(replaced(literal("a.", "", false, true), "a. ab a.")).isEqualTo(" ab a.");
    assertThat(replaced(literal("É.", "$", true, false), "é. É. ex")).isEqualTo("$ $ ex");
    assertThat(replaced(literal("e.", "x", true, true), "E. e.")).isEqualTo("x e.");
  }

  @ParameterizedTest
  @CsvSource({
    "(\\d+)-(\\d+), $2/$1, 10-20 3-4, 20/10 4/3",
    "(?P<a>b)|c, <${a}>, abc, a<b><>",
    "(?<a>b)$, $$${a}$0, abb, ab$bb",
    "x*, -, abc, -a-b-c-",
    "(a), $10, aa, a0a0",
    "b*, -, \ud83d\ude00, -\ud83d\ude00-",
    "\\x{1F600}, :), \ud83d\ude00!, :)!",
  })
  void replacesMatches(String pattern, String by, String text, String expected) throws Exception {
    assertThat(replaced(pattern(pattern, by), text)).isEqualTo(expected);
  }

  @Test
  void handsOnWhatHasNoMatch() throws Exception {
    var line = DataRecord.text("abc", Origin.NONE);
    for (var options : List.of(pattern("x", "y"), literal("x", "y", false, false))) {
      assertThat(ProcessorTester.of(new Replace(), options).record(line).run().records().get(0))
          .isSameAs(line);
    }
  }

  @Test
  void replacesInFields() throws Exception {
    var options = new Replace.Options(",", null, ".", false, false, List.of(FieldPath.of("price")));

    assertThat(
            ProcessorTester.of(new Replace(), options)
                .json("{\"id\":01e0}".replace("01", "1"), "{\"id\":1.10,\"price\":\"1,5\"}")
                .run()
                .texts())
        .containsExactly("{\"id\":1e0}", "{\"id\":1.10,\"price\":\"1.5\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*)*x$", "^(([a-z])+.)+[A-Z]$"})
  void staysLinearOnHostilePatterns(String pattern) {
    String text = "a".repeat(5_000) + "!";

    assertThat(
            Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> replaced(pattern(pattern, "."), text)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "(((((a{9}){9}){9}){9}){9}){9}",
        "(?:(?:x{50}){50}){50}",
        "(\\Q)\\E a{1000}){1000}",
        "([)]{1000}){1000}",
        "(\\p{L}{1000}){1000}",
      })
  void refusesPatternsThatExplode(String pattern) {
    assertThatThrownBy(() -> pattern(pattern, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pattern: the pattern's counted repeats make it larger than 10,000 parts; use smaller"
                + " ones");
  }

  @Test
  void refusesPatternsTooDeepOrTooLong() {
    assertThatThrownBy(() -> pattern("(".repeat(5_000) + ")".repeat(5_000), ""))
        .hasMessage("pattern: the pattern has more than 100 groups inside each other");
    assertThatThrownBy(() -> pattern("a".repeat(20_000), ""))
        .hasMessage("pattern: the pattern is longer than 10,000 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{2,1000}", "\\{1000}{2}", "[{]{1000}", "{1000}", "x{a}", "\\x{1F600}*"})
  void takesRepeatsThatStaySmall(String pattern) throws Exception {
    try {
      assertThat(replaced(pattern(pattern, ""), "zz")).isEqualTo("zz");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).doesNotContain("larger");
    }
  }

  @Test
  void saysWhatIsWrongWithAPattern() {
    assertThatThrownBy(() -> pattern("a(b", ""))
        .hasMessage("pattern `a(b`: missing closing ) at `a(b`");
    assertThatThrownBy(() -> pattern("a(?=b)", ""))
        .hasMessageContaining("look-around and back-references are not supported");
    assertThatThrownBy(() -> pattern("(a)", "$2"))
        .hasMessage("replacement: the pattern has no group 2, but 1 in all");
    assertThatThrownBy(() -> pattern("(a)", "${x}"))
        .hasMessage("replacement: the pattern has no group `x`");
    assertThatThrownBy(() -> pattern("(a)", "$"))
        .hasMessageContaining("write `$$` for a dollar sign");
  }

  @Test
  void wantsEitherFindOrPattern() {
    assertThatThrownBy(() -> new Replace.Options("a", "b", "", false, false, List.of()))
        .hasMessage("either find or pattern must be given, and not both");
    assertThatThrownBy(() -> new Replace.Options(null, null, "", false, false, List.of()))
        .hasMessage("either find or pattern must be given, and not both");
  }
}
