package dev.nightjar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.FieldPath.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {

  @Test
  void readsNamesIndexesAndEveryElement() {
    assertThat(FieldPath.of("customer.name").parts())
        .containsExactly(new Part.Key("customer"), new Part.Key("name"));
    assertThat(FieldPath.of("items[0].sku").parts())
        .containsExactly(new Part.Key("items"), new Part.Index(0), new Part.Key("sku"));
    assertThat(FieldPath.of("items[*][12]").parts())
        .containsExactly(new Part.Key("items"), new Part.Every(), new Part.Index(12));
    assertThat(FieldPath.of("[3].ä-b c$").parts())
        .containsExactly(new Part.Index(3), new Part.Key("ä-b c$"));
  }

  @Test
  void readsNamesInQuotesAsJsonStrings() {
    assertThat(FieldPath.of("\"odd key\".x").parts())
        .containsExactly(new Part.Key("odd key"), new Part.Key("x"));
    assertThat(FieldPath.of("a.\"b.\\\"[\\u00e4\"[*]").parts())
        .containsExactly(new Part.Key("a"), new Part.Key("b.\"[ä"), new Part.Every());
    assertThat(FieldPath.of("\"\"").parts()).containsExactly(new Part.Key(""));
  }

  @Test
  void isShownAsWritten() {
    assertThat(FieldPath.of("a.\"b\"[0]")).hasToString("a.\"b\"[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``      | a field path is empty: write a name, such as `customer`
          a.      | field path `a.`, character 3: expected a name
          .a      | field path `.a`, character 1: expected a name
          a..b    | field path `a..b`, character 3: expected a name
          ` a`    | field path ` a`, character 1: a name with blanks around it needs quotes
          a. b    | field path `a. b`, character 3: a name with blanks around it needs quotes
          a[      | field path `a[`, character 2: a bracket is not closed
          a[x]    | field path `a[x]`, character 3: expected * or a number of at most 9 digits in the brackets
          a[-1]   | field path `a[-1]`, character 3: expected * or a number of at most 9 digits in the brackets
          a[0]b   | field path `a[0]b`, character 5: expected . or [
          a]      | field path `a]`, character 2: expected . or [
          a"b"    | field path `a"b"`, character 2: expected . or [
          "a      | field path `"a`, character 1: a quote is not closed
          "a\\    | field path `"a\\`, character 1: a quote is not closed
          """)
  void saysWhatIsWrongAndAtWhichCharacter(String text, String message) {
    assertThatThrownBy(() -> FieldPath.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void saysWhyQuotedNamesAreWrong() {
    assertThatThrownBy(() -> FieldPath.of("a.\"\\x\""))
        .hasMessageStartingWith("field path `a.\"\\x\"`, character 3: the quoted name is no JSON");
  }
}
