package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.plugin.text.ChangeCase.Letters;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.testkit.ProcessorTester;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeCaseTest {

  private static String changed(Letters to, String text) throws Exception {
    return ProcessorTester.of(new ChangeCase(), new ChangeCase.Options(to, List.of()))
        .text(text)
        .run()
        .texts()
        .get(0);
  }

  @Test
  void changesLettersOfEveryPlaneWhateverTheMachinesLanguage() throws Exception {
    assertThat(changed(Letters.UPPER, "straße i \ud801\udc28")).isEqualTo("STRASSE I \ud801\udc00");
    assertThat(changed(Letters.LOWER, "ÀI \ud801\udc00")).isEqualTo("ài \ud801\udc28");
  }

  @Test
  void writesTitles() throws Exception {
    assertThat(changed(Letters.TITLE, "don't STOP the 2nd o\u2019neill-smith \u01c6x"))
        .isEqualTo("Don't Stop The 2nd O\u2019neill-Smith \u01c5x");
    assertThat(changed(Letters.TITLE, "e\u0301cole e\u0301t\u00e9"))
        .isEqualTo("E\u0301cole E\u0301t\u00e9");
  }

  @Test
  void writesSentences() throws Exception {
    assertThat(changed(Letters.SENTENCE, "\u00bfQU\u00c9 TAL?")).isEqualTo("\u00bfQu\u00e9 tal?");
    assertThat(changed(Letters.SENTENCE, "")).isEmpty();
  }

  @Test
  void writesTheSigmaThatAWordEndsWith() throws Exception {
    var options = new ChangeCase.Options(Letters.LOWER, List.of(FieldPath.of("word")));

    assertThat(changed(Letters.LOWER, "\u039f\u0394\u039f\u03a3"))
        .isEqualTo("\u03bf\u03b4\u03bf\u03c2");
    assertThat(
            ProcessorTester.of(new ChangeCase(), options)
                .json("{\"word\":\"\u039f\u0394\u039f\u03a3\"}")
                .run()
                .texts())
        .containsExactly("{\"word\":\"\u03bf\u03b4\u03bf\u03c2\"}");
  }

  @Test
  void changesFields() throws Exception {
    var options = new ChangeCase.Options(Letters.UPPER, List.of(FieldPath.of("[*].name")));

    assertThat(
            ProcessorTester.of(new ChangeCase(), options)
                .json("[{\"name\":\"a\", \"n\":1e2},{\"other\":\"b\"}]")
                .run()
                .texts())
        .containsExactly("[{\"name\":\"A\", \"n\":1e2},{\"other\":\"b\"}]");
  }
}
