package dev.nightjar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExactNumberTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1.0",
        "1.00",
        "1e5",
        "1E+5",
        "1E-5",
        "0.10",
        "-7",
        "2147483648",
        "999999999999999999",
        "9223372036854775808",
        "-0.0",
        "1e999999999",
        "1e-999999999999999"
      })
  void keepsItsCharacters(String number) {
    var tree = number("[" + number + "]");
    assertThat(tree.get(0).asString()).isEqualTo(number);
    assertThat(tree).hasToString("[" + number + "]");
    assertThat(DataRecord.json(tree, Origin.NONE).text()).isEqualTo("[" + number + "]");
    assertThat(JsonMapper.shared().writeValueAsString(tree)).isEqualTo("[" + number + "]");
  }

  @Test
  void keepsTenThousandDigitsAndMore() {
    String digits = "7".repeat(10_000);
    assertThat(number(digits).bigIntegerValue()).isEqualTo(new BigInteger(digits));
    assertThat(number("-" + digits + "7").asString()).isEqualTo("-" + digits + "7");
    assertThat(number(digits + ".5")).hasToString(digits + ".5");
  }

  @Test
  void countsAsWhatItIs() {
    assertThat(number("12").isInt()).isTrue();
    assertThat(number("12345678901").isLong()).isTrue();
    assertThat(number("123456789012345678901").isBigInteger()).isTrue();
    assertThat(number("1.0").isIntegralNumber()).isFalse();
    assertThat(number("1.0").canConvertToExactIntegral()).isTrue();
    assertThat(number("1.0").canConvertToInt()).isTrue();
    assertThat(number("1.0").intValue()).isEqualTo(1);
    assertThat(number("1e3").longValue()).isEqualTo(1000);
    assertThat(number("1.5").canConvertToExactIntegral()).isFalse();
    assertThat(number("1.5").doubleValue()).isEqualTo(1.5);
    assertThat(number("1.5").decimalValue()).isEqualTo(new BigDecimal("1.5"));
    assertThat(number("1e5").bigIntegerValue()).isEqualTo(BigInteger.valueOf(100_000));
    assertThat(number("1e400").doubleValue(-1)).isEqualTo(-1);
    assertThat(number("1e10").canConvertToInt()).isFalse();
    assertThat(number("-0").doubleValue()).isEqualTo(-0.0);
  }

  @Test
  void equalsByValue() {
    assertThat(number("1.0")).isEqualTo(number("1.00")).hasSameHashCodeAs(number("1.00"));
    assertThat(number("1e2")).isEqualTo(number("100.0")).hasSameHashCodeAs(number("100.0"));
    assertThat(number("0.0")).isEqualTo(number("-0.00")).hasSameHashCodeAs(number("-0.00"));
    assertThat(number("1.0")).isNotEqualTo(number("1.1"));
    assertThat(number("1e999999999")).isEqualTo(number("1e999999999"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1.5e99999999999999999999",
        "0e999999999",
        "1e10001",
        "-9e-10001"
      })
  void neverTakesLongHoweverLargeItIs(String text) {
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> computeNothing(number(text)));
  }

  @Test
  void neverTakesLongHoweverManyDigitsItHas() {
    String digits = "9".repeat(3_000_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          computeNothing(number(digits));
          computeNothing(number("0." + digits));
          assertThat(number(digits).isIntegralNumber()).isTrue();
          assertThat(number(digits).canConvertToExactIntegral()).isTrue();
          assertThat(number("1." + digits).canConvertToExactIntegral()).isFalse();
          assertThat(number("1." + digits + "e3000000").canConvertToExactIntegral()).isTrue();
        });
  }

  private static void computeNothing(JsonNode number) {
    assertThatThrownBy(number::decimalValue)
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("too many digits to compute with");
    assertThat(number.canConvertToInt()).isIn(true, false);
    assertThat(number.canConvertToLong()).isIn(true, false);
    assertThat(number.doubleValue(-1)).isFinite();
    assertThat(number.hashCode()).isEqualTo(number.hashCode());
    assertThat(number.intValue(-1)).isIn(-1, 0);
  }

  private static JsonNode number(String json) {
    return DataRecord.text(json, Origin.NONE).parsed().json();
  }
}
