package dev.nightjar.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
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
        "0 0 31 4 MON",
        "0 0 30 1,2 *",
        "0 0 29W 2 *",
        "0 0 L-28 2 *",
        "0 0 * 2 MON#5",
        "0 0 */28 2 MON",
        "  0  0\t* * * ",
        "@hourly",
        "@yearly",
        "5/15 * * * *"
      })
  void takes(String expression) throws BadCronException {
    assertThat(CronExpression.parse(expression).text()).isEqualTo(expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * *|five fields|* * * *",
        "* * * * * * *|five fields|* * * * * * *",
        "60 * * * *|`60` cannot stand here|60",
        "* 24 * * *|`24` cannot stand here|24",
        "* * 0 * *|`0` cannot stand here|0",
        "* * * 13 *|`13` cannot stand here|13",
        "* * * * 8|`8` cannot stand here|8",
        "* * * * MON#6|`MON#6` cannot stand here|MON#6",
        "* * * * XYZ#1|`XYZ` cannot stand here|XYZ",
        "* * * * ßßL|`ßß` cannot stand here|ßß",
        "* * * * ß#1|`ß` cannot stand here|ß",
        "* * * * L|`L` cannot stand here|L",
        "*/0 * * * *|`0` cannot stand here|0",
        "* 1,*/25 * * *|`25` cannot stand here|25",
        "5-1 * * * *|`5-1` cannot stand here|5-1",
        "1,,2 * * * *|a value is missing here|''",
        "- * * * *|a value is missing here|''",
        "x * * * *|`x` cannot stand here|x",
        "* * 32W * *|`32` cannot stand here|32",
        "* * L-31 * *|`L-31` cannot stand here|L-31",
        "? * * * *|`?` cannot stand here|?",
        "30 2 30 2 *|no such month has a day 30|30",
        "30 2 30 2 */2|no such month has a day 30|30",
        "0 0 31 4,6,9,11 *|never comes|31",
        "0 0 30,31 FEB ?|never comes|30,31",
        "0 0 31W 2 *|never comes|31W",
        "0 0 L-29 2 *|never comes|L-29",
        "0 0 */31 * MON#2|no such month has a day */31 that is a MON#2|*/31 * MON#2",
        "@reboot|there is no `@reboot`|@reboot"
      })
  void refuses(String expression, String why, String where) {
    var wrong =
        catchThrowableOfType(BadCronException.class, () -> CronExpression.parse(expression));

    assertThat(wrong).hasMessageContaining(why);
    assertThat(expression.substring(wrong.start(), wrong.end())).isEqualTo(where);
  }

  @Test
  void refusesWhatNobodyReads() {
    assertThatThrownBy(() -> CronExpression.parse("1,".repeat(100) + "1 * * * *"))
        .hasMessageContaining("at most 200 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 2 * * *|false",
        "0-59 0-23 * * *|false",
        "* 30 2 * * *|false",
        "30 1,* * * *|false",
        "*/15 2 * * *|true",
        "30 * * * *|true",
        "0 */2 * * *|true",
        "@hourly|true",
        "@daily|false"
      })
  void aStarAtTheBeginOfMinuteOrHourFollowsTheClock(String expression, boolean wildcard)
      throws BadCronException {
    assertThat(CronExpression.parse(expression).isWildcard()).isEqualTo(wildcard);
  }

  @Test
  void isWhatItsTextIs() throws BadCronException {
    assertThat(CronExpression.parse("30 2 * * *"))
        .isEqualTo(CronExpression.parse("30 2 * * *"))
        .hasSameHashCodeAs(CronExpression.parse("30 2 * * *"))
        .hasToString("30 2 * * *")
        .isNotEqualTo(CronExpression.parse("30 3 * * *"));
  }
}
