package dev.nightjar.model.schedule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "30 2 * * *",
        "0 30 2 * * *",
        "*/5 * * * *",
        "0-30/10 8-18 * * MON-FRI",
        "0 0 29 2 *",
        "0 0 L * *",
        "0 0 LW * *",
        "0 0 L-3 * *",
        "0 0 15W * *",
        "0 0 * * 5L",
        "0 0 * * FRI#2",
        "0 0 1,15 JAN,jul ?",
        "0 0 ? * 7",
        "0 0 * * FRI-SUN",
        "0 0 31 2 MON",
        "0 0 30 1,2 *",
        "  0  0 * * * ",
        "@hourly",
        "@yearly",
        "5/15 * * * *"
      })
  void takes(String expression) throws BadCronException {
    CronExpression.parse(expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * *|five fields",
        "* * * * * * *|five fields",
        "60 * * * *|`60` cannot stand here",
        "* 24 * * *|`24` cannot stand here",
        "* * 0 * *|`0` cannot stand here",
        "* * * 13 *|`13` cannot stand here",
        "* * * * 8|`8` cannot stand here",
        "* * * * MON#6|`MON#6` cannot stand here",
        "*/0 * * * *|`0` cannot stand here",
        "5-1 * * * *|`5-1` cannot stand here",
        "1,,2 * * * *|a value is missing here",
        "- * * * *|a value is missing here",
        "x * * * *|`x` cannot stand here",
        "* * 32W * *|`32` cannot stand here",
        "* * L-31 * *|`L-31` cannot stand here",
        "? * * * *|`?` cannot stand here",
        "30 2 30 2 *|never comes",
        "0 0 31 4,6,9,11 *|never comes",
        "0 0 30,31 FEB ?|never comes",
        "@reboot|there is no `@reboot`"
      })
  void refuses(String expression, String why) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOf(BadCronException.class)
        .hasMessageContaining(why);
  }
}
