package dev.nightjar.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get to see who wrote something wrong. */
class MistakesTest {

  private static final Given GIVEN =
      Given.nothing()
          .type(
              "inputs",
              new Type.Fields(
                  Map.of(
                      "day", Type.STRING, "count", Type.INT, "tags", new Type.ListOf(Type.STRING))))
          .type("record", Type.ANY);

  @Test
  void pointsAtAnUnknownField() {
    assertThat(GIVEN.mistakes("record.day == inputs.dya"))
        .isEqualTo(
            """
            w.yaml:1:22: error[unknown-name]: `inputs` has no `dya`
             1 | record.day == inputs.dya
               |                      ^^^
               = did you mean `day`?
            """);
  }

  @Test
  void saysWhereASecretInputIs() {
    var given =
        Given.nothing()
            .type("inputs", new Type.Fields(Map.of("pv", Type.STRING)))
            .type("secrets", new Type.Fields(Map.of("pw", Type.STRING)));
    assertThat(given.mistakes("inputs.pw"))
        .isEqualTo(
            """
            w.yaml:1:8: error[unknown-name]: `inputs` has no `pw`
             1 | inputs.pw
               |        ^^
               = a secret input is read as `secrets.pw`
            """);
  }

  @Test
  void tellsAllMistakesAtOnceAndEachOnce() {
    assertThat(
            GIVEN.mistakes("input.day == 'x' && inputs.count == '3' && sise(inputs.tags) + 1 > 2"))
        .isEqualTo(
            """
            w.yaml:1:1: error[unknown-name]: there is no `input` here
             1 | input.day == 'x' && inputs.count == '3' && sise(inputs.tags) + 1 > 2
               | ^^^^^
               = did you mean `inputs`?
            w.yaml:1:21: error[type-mismatch]: an int is never equal to a string
             1 | input.day == 'x' && inputs.count == '3' && sise(inputs.tags) + 1 > 2
               |                     ^^^^^^^^^^^^^^^^^^^
               = write int('3')
            w.yaml:1:44: error[unknown-name]: there is no function `sise`
             1 | input.day == 'x' && inputs.count == '3' && sise(inputs.tags) + 1 > 2
               |                                            ^^^^
               = did you mean `size`?
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1 +                          | 1:4: bad-expression: expected a value, found the end
          (1                           | 1:3: bad-expression: expected `)`, found the end
          a b                          | 1:3: bad-expression: expected an operator or the end, found `b`
          true and false               | 1:6: bad-expression: expected an operator or the end, found `and` = write && for `and`
          record.x = 1                 | 1:10: bad-expression: `=` means nothing in an expression = write == to compare
          "abc                         | 1:1: bad-expression: the string that starts here is not closed
          '\\d'                         | 1:2: bad-expression: `\\d` is no escape = write \\\\ for a backslash, or r'…' around text with many
          1u                           | 1:1: bad-expression: there are no unsigned numbers = leave out the u
          ${{ record }}                | 1:1: bad-expression: an expression stands here already = leave out ${{ and }}
          record.tags.exists(t, t > 1) | 1:13: bad-expression: `exists` is not part of the language: expressions have no loops = records.filter and flow.foreach look at one after the other
          failure()                    | 1:1: unknown-name: `failure()` has no meaning here = a step's `if` can ask how the steps before it ended
          inputs.day && true           | 1:1: type-mismatch: `&&` takes true or false, but `inputs.day` is a string = write inputs.day != ""
          !inputs.tags                 | 1:2: type-mismatch: `!` takes true or false, but `inputs.tags` is a list = write size(inputs.tags) > 0
          inputs.count ? 1 : 2         | 1:1: type-mismatch: `? :` takes true or false, but `inputs.count` is an int = write inputs.count != 0
          "n: " + inputs.count         | 1:1: type-mismatch: `+` does not take a string and an int = write "n: " + string(inputs.count)
          inputs.day.year              | 1:12: type-mismatch: `inputs.day` is a string and has no fields
          inputs.day[0]                | 1:12: type-mismatch: a string has no elements by int = write text.charAt(0) or text.substring(0, 1)
          inputs.tags["a"]             | 1:13: type-mismatch: a list has no elements by string = lists have elements by number, maps by key
          "a" in inputs.day            | 1:1: type-mismatch: `in` looks into lists and maps, not into a string = write inputs.day.contains("a")
          1 in inputs.tags             | 1:1: type-mismatch: a list of string never holds an int
          1 < 2 < 3                    | 1:1: type-mismatch: a bool has no order with an int = write a < b && b < c for a < b < c
          inputs.day.contains(1)       | 1:21: type-mismatch: `contains` does not take an int here = it is called string.contains(string)
          contains(inputs.day, "a")    | 1:1: type-mismatch: `contains` is called on a value = write string.contains(string)
          inputs.day.trim(1)           | 1:1: type-mismatch: `trim` does not take 1 argument = it is called string.trim()
          duration("5 minutes")        | 1:10: bad-expression: "5 minutes" is no duration, such as 1h30m, 2.5s or 250ms
          record.x.matches("(")        | 1:18: bad-expression: "(" is no regular expression: missing closing )
          record.x.matches("((a{900}){900}){9}") | 1:18: bad-expression: the regular expression is too large
          has(inputs)                  | 1:1: type-mismatch: `has` takes one field = write has(record.customer.name)
          math.greatest("a", 1)        | 1:15: type-mismatch: `math.greatest` does not take a string here = it is called math.greatest(list) or math.greatest(int, …) or math.greatest(double, …) or math.greatest(value, …)
          """)
  void says(String expression, String expected) {
    assertThat(brief(GIVEN.mistakes(expression))).isEqualTo(expected);
  }

  /** Place, code, message and hints without the source line. */
  private static String brief(String printed) {
    return String.join(
        " ",
        printed
            .lines()
            .filter(line -> !line.startsWith(" ") || line.startsWith("   = "))
            .map(line ->
                line.strip().replace("w.yaml:", "").replace("error[", "").replace("]:", ":"))
            .toList());
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThat(GIVEN.mistakes("1" + "+1".repeat(5_000))).contains("at most 10,000 characters");
    assertThat(GIVEN.mistakes("1" + "+1".repeat(4_000))).contains("nested too deeply");
    for (String opening : List.of("(", "[", "!", "- ", "{1:", "size(", "true?1:", "record[")) {
      assertThat(GIVEN.mistakes(opening.repeat(1_000))).as(opening).contains("nested too deeply");
    }
    assertThat(GIVEN.mistakes("record" + ".a".repeat(4_000))).contains("nested too deeply");
    assertThat(GIVEN.mistakes("true" + " || record.a == 1".repeat(580))).isEmpty();
    assertThat(GIVEN.mistakes("")).contains("an expression is missing here");
  }
}
