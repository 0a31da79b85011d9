package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.text.Search.Mode;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.testkit.ProcessorTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {

  private static Search.Options options(Mode mode, String... patterns) {
    return new Search.Options(List.of(patterns), null, mode, false, false, List.of());
  }

  private static ProcessorTester<?> search(Search.Options options) {
    return ProcessorTester.of(new Search(), options);
  }

  @Test
  void keepsOrDropsRecords() throws Exception {
    String[] lines = {"an error", "all well", "WARN: error"};

    assertThat(search(options(Mode.KEEP, "error", "fatal")).text(lines).run().texts())
        .containsExactly("an error", "WARN: error");
    assertThat(search(options(Mode.DROP, "error", "fatal")).text(lines).run().texts())
        .containsExactly("all well");
  }

  @Test
  void countsEachPattern() throws Exception {
    var result = search(options(Mode.COUNT, "a", "aa", "b")).text("aaa", "b", "c").run();

    assertThat(result.texts()).containsExactly("aaa", "b", "c");
    assertThat(result.counters()).containsEntry("match.a", 3L).containsEntry("match.aa", 2L);
    assertThat(result.counters()).containsEntry("match.b", 1L);
  }

  @Test
  void emitsEachMatch() throws Exception {
    var result =
        search(options(Mode.MATCHES, "she", "he", "hers")).text("-", "\ud83d\ude00shers").run();

    assertThat(result.texts()).containsExactly(match("she", 2), match("he", 3), match("hers", 3));
  }

  private static String match(String pattern, int position) {
    return "{\"pattern\":\"%s\",\"match\":\"%s\",\"position\":%d,\"source\":\"test\",\"line\":2,"
            .formatted(pattern, pattern, position)
        + "\"text\":\"\ud83d\ude00shers\"}";
  }

  @Test
  void cutsTheTextThatGoesWithAMatch() throws Exception {
    var result = search(options(Mode.MATCHES, "x")).text("x" + "\ud83d\ude00".repeat(1_000)).run();

    assertThat(result.records().get(0).at(FieldPath.of("text")).stringValue())
        .isEqualTo("x" + "\ud83d\ude00".repeat(499) + "\u2026");
  }

  @Test
  void takesLargeAndSmallLettersForTheSame() throws Exception {
    var options =
        new Search.Options(
            List.of("Straße", "ΟΔΟΣ", "\ud801\udc00"), null, Mode.MATCHES, true, false, List.of());
    var result = search(options).text("STRAßE οδος \ud801\udc28").run();

    assertThat(result.records())
        .extracting(record -> record.at(FieldPath.of("match")).stringValue())
        .containsExactly("STRAßE", "οδος", "\ud801\udc28");
  }

  @Test
  void findsWholeWordsOnly() throws Exception {
    var options = new Search.Options(List.of("cat", "é"), null, Mode.KEEP, false, true, List.of());

    assertThat(
            search(options)
                .text(
                    "cat", "a cat.", "concat", "cat_1", "cats", "e\u0301cat", "été", "l'é!", "猫cat")
                .run()
                .texts())
        .containsExactly("cat", "a cat.", "l'é!");
  }

  @Test
  void searchesFields() throws Exception {
    var fields = List.of(FieldPath.of("a"), FieldPath.of("items[*].s"));
    var options = new Search.Options(List.of("x"), null, Mode.KEEP, false, false, fields);
    var result =
        search(options)
            .json(
                "{\"a\":\"x\"}",
                "{\"b\":\"x\"}",
                "{\"a\":null,\"items\":[{\"s\":\"y\"},{\"s\":\"yx\"}], \"n\":1.0}",
                "{\"a\":1}")
            .run();

    assertThat(result.texts())
        .containsExactly(
            "{\"a\":\"x\"}", "{\"a\":null,\"items\":[{\"s\":\"y\"},{\"s\":\"yx\"}], \"n\":1.0}");
    assertThat(result.rejects().get(0).reason())
        .isEqualTo("field `a`: a string is expected, not a number");
  }

  @Test
  void namesTheFieldOfAMatch() throws Exception {
    var options =
        new Search.Options(
            List.of("x"), null, Mode.MATCHES, false, false, List.of(FieldPath.of("a.b")));
    var result = search(options).json("{\"a\":{\"b\":\"ax\"}}").run();

    assertThat(result.texts())
        .containsExactly(
            "{\"pattern\":\"x\",\"match\":\"x\",\"position\":2,\"source\":\"test\",\"line\":1,"
                + "\"field\":\"a.b\",\"text\":\"ax\"}");
  }

  @Test
  void readsPatternsFromAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("words.txt"), "alpha\n\n  \r\nbeta gamma\r\n");
    var options = new Search.Options(List.of("z"), file, Mode.KEEP, false, false, List.of());

    assertThat(search(options).text("beta", "a beta gamma", "z", "alphabet").run().texts())
        .containsExactly("a beta gamma", "z", "alphabet");
  }

  @Test
  void saysWhatIsWrongWithAFileOfPatterns(@TempDir Path folder) throws Exception {
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xe9, '\n'});
    Path blank = Files.writeString(folder.resolve("blank.txt"), "\n \n");

    for (Path file : List.of(latin, blank, folder.resolve("none.txt"), folder)) {
      var options = new Search.Options(List.of(), file, Mode.KEEP, false, false, List.of());
      assertThatThrownBy(() -> search(options).text("a").run())
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("pattern");
    }
  }

  @Test
  void wantsPatterns() {
    assertThatThrownBy(() -> options(Mode.KEEP))
        .hasMessage("patterns or patterns_file must be given");
    assertThatThrownBy(() -> options(Mode.KEEP, "a", "")).hasMessageContaining("empty");
  }
}
