package dev.nightjar.plugin.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Template;
import dev.nightjar.testkit.ProcessorTester;
import org.junit.jupiter.api.Test;

class FormatTest {

  /** What the engine makes of {@code "<${{ record }}>"}. */
  private static final Template ANGLES =
      new Template() {
        @Override
        public boolean constant() {
          return false;
        }

        @Override
        public String text(DataRecord record) {
          return "<" + record.text() + ">";
        }
      };

  @Test
  void writesATextForEachRecord() throws Exception {
    var result =
        ProcessorTester.of(new Format(), new Format.Options(ANGLES, null))
            .text("a")
            .json("{\"n\":1.0}")
            .run();

    assertThat(result.texts()).containsExactly("<a>", "<{\"n\":1.0}>");
    assertThat(result.records()).extracting(DataRecord::kind).containsOnly(Kind.TEXT);
  }

  @Test
  void setsAField() throws Exception {
    var options = new Format.Options(ANGLES, FieldPath.of("a.line"));

    assertThat(ProcessorTester.of(new Format(), options).json("{\"n\": 1.0}", "[]").run().texts())
        .containsExactly("{\"n\": 1.0,\"a\":{\"line\":\"<{\\\"n\\\": 1.0}>\"}}");
  }
}
