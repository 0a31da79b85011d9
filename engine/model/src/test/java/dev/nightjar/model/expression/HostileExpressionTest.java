package dev.nightjar.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in an expression: a value, diagnostics or an EvaluationException, and soon. */
class HostileExpressionTest {

  private static final List<String> WORDS =
      List.of(
          "record",
          "s",
          "l",
          "m",
          ".",
          "a",
          "[",
          "]",
          "(",
          ")",
          "{",
          "}",
          ",",
          ":",
          "?",
          "&&",
          "||",
          "!",
          "-",
          "+",
          "*",
          "/",
          "%",
          "==",
          "<",
          "in",
          "1",
          "0",
          "2.5",
          "'x'",
          "\"",
          "'",
          "\'\'\'",
          "\\",
          "null",
          "true",
          "size",
          "has",
          "duration",
          "timestamp",
          "matches",
          "split",
          "join",
          "replace",
          "math",
          "greatest",
          "int",
          "9223372036854775807",
          "0x",
          "1e9",
          "r'",
          "b'",
          "$",
          "{{",
          "}}",
          "é",
          "😀",
          "\ud800",
          "\u0000",
          "\n",
          " ",
          "all",
          "always");

  private static final Given GIVEN =
      Given.nothing()
          .any("s", "\"" + "x".repeat(100_000) + "\"")
          .any("l", "[1, [2, [3]], {\"a\": null}]")
          .any("m", "{\"a\": {\"b\": [1.5]}}")
          .any("record", "{\"a\": 1}");

  @Test
  void survivesRandomWords() {
    var random = new Random(7);
    for (int i = 0; i < 30_000; i++) {
      var text = new StringBuilder();
      for (int words = random.nextInt(14); words >= 0; words--) {
        text.append(WORDS.get(random.nextInt(WORDS.size())));
      }
      tryOut(text.toString());
    }
  }

  @Test
  void survivesBrokenExpressions() {
    var expressions = new RandomExpression(new Random(8));
    var random = new Random(9);
    for (int i = 0; i < 10_000; i++) {
      var text = new StringBuilder(expressions.next());
      text.deleteCharAt(random.nextInt(text.length()));
      tryOut(text.toString());
    }
  }

  private static void tryOut(String expression) {
    if (GIVEN.mistakes(expression).isEmpty()) {
      assertThat(GIVEN.outcome(expression)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s.replace('', s)",
        "s.replace('x', s).size() > 0",
        "s.split('').join(s).size() > 0",
        "(s+s+s+s+s+s+s+s+s+s).replace('x', s+s)",
        "s.matches('(x+x+)+y')",
        "s.matches('(.*)(.*)(.*)(.*)(.*)[^x]')",
        "s.matches('((((x{9}){9}){9}){9}){9}')",
        "s.matches(s)",
        "s.matches(s.replace('x', '('))",
        "s.matches('(x?){1000}')",
        "'1e999999999' == s && double('1e999999999') > 1.0",
        "duration('99999999999999999999999999999999999999h') > duration('1s')",
        "timestamp(9223372036854775807)",
        "timestamp(0).getHours(s)",
        "duration(s)",
        "s.charAt(9223372036854775807)",
      })
  void endsSoon(String expression) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> tryOut(expression));
  }
}
