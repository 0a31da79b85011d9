package dev.nightjar.plugin.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.records.RecordsSort.As;
import dev.nightjar.plugin.records.RecordsSort.Options;
import dev.nightjar.plugin.records.RecordsSort.Order;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortKeyTest {

  private static DataRecord json(String json) {
    return DataRecord.text(json, Origin.NONE).parsed();
  }

  private static List<String> sorted(SortKey key, String... values) {
    return Arrays.stream(values)
        .map(SortKeyTest::json)
        .sorted((a, b) -> Arrays.compareUnsigned(key.of(a), key.of(b)))
        .map(DataRecord::text)
        .toList();
  }

  private static int compare(String one, String other) {
    var key = SortKey.ofRecord(As.VALUE, false);
    return Integer.signum(Arrays.compareUnsigned(key.of(json(one)), key.of(json(other))));
  }

  @Test
  void ordersKindsOfValuesWithNothingLastInBothDirections() {
    String[] mixed = {"null", "[1]", "true", "false", "\"b\"", "\"\"", "10", "9", "-1"};
    assertThat(sorted(SortKey.ofRecord(As.VALUE, false), mixed))
        .containsExactly("-1", "9", "10", "\"\"", "\"b\"", "false", "true", "[1]", "null");
    assertThat(sorted(SortKey.ofRecord(As.VALUE, true), mixed))
        .containsExactly("[1]", "true", "false", "\"b\"", "\"\"", "10", "9", "-1", "null");
  }

  @Test
  void numbersCompareByTheirExactValue() {
    var random = new Random(5);
    for (int i = 0; i < 5000; i++) {
      String one = number(random);
      String other = number(random);
      assertThat(compare(one, other))
          .as("%s and %s", one, other)
          .isEqualTo(new BigDecimal(one).compareTo(new BigDecimal(other)));
    }
  }

  private static String number(Random random) {
    String sign = random.nextBoolean() ? "-" : "";
    String whole = random.nextInt(3) == 0 ? "0" : String.valueOf(random.nextInt(120));
    String fraction = random.nextBoolean() ? "." + random.nextInt(120) : "";
    String zeros = random.nextInt(4) == 0 && !fraction.isEmpty() ? "00" : "";
    String exponent = random.nextInt(3) == 0 ? "e" + (random.nextInt(7) - 3) : "";
    return sign + whole + fraction + zeros + exponent;
  }

  @Test
  void hugeExponentsCostNothing() {
    assertThat(compare("1e999999999", "2e999999998")).isPositive();
    assertThat(compare("1e-999999999", "0")).isPositive();
    assertThat(compare("1e99999999999999999999999", "1e999999999")).isPositive();
    assertThat(compare("-1e99999999999999999999999", "-1e999999999")).isNegative();
    assertThat(compare("9".repeat(10_000), "9".repeat(9_999) + "8")).isPositive();
    assertThat(compare("10e-1", "1.000")).isZero();
    assertThat(compare("-0.0", "0")).isZero();
  }

  @Test
  void textsCompareByCodePoints() {
    assertThat(compare("\"\uffee\"", "\"\ud83d\ude00\"")).isNegative();
    assertThat(compare("\"a\\u0000\"", "\"a\"")).isPositive();
    assertThat(compare("\"a\\u0000b\"", "\"a\\u0001\"")).isNegative();
    assertThat(compare("\"10\"", "\"9\"")).isNegative();
  }

  @Test
  void readsTextsAsNumbersAndNumbersAsTextsWhenTold() {
    assertThat(
            sorted(SortKey.ofRecord(As.NUMBER, false), "\"10\"", "\" 9 \"", "\"x\"", "9.5", "true"))
        .containsExactly("\" 9 \"", "9.5", "\"10\"", "\"x\"", "true");
    assertThat(sorted(SortKey.ofRecord(As.TEXT, false), "9", "10", "\"100\""))
        .containsExactly("10", "\"100\"", "9");
  }

  @Test
  void sortsBySeveralFieldsEachInItsDirection() {
    String[] records = {
      "{\"a\":1,\"b\":\"x\"}", "{\"a\":2,\"b\":\"xy\"}", "{\"a\":2,\"b\":\"x\"}", "{\"b\":\"x\"}"
    };
    assertThat(sorted(SortKey.of(List.of("-a", "b"), As.VALUE, false), records))
        .containsExactly(records[2], records[1], records[0], records[3]);
    assertThat(sorted(SortKey.of(List.of("b", "a"), As.VALUE, true), records))
        .containsExactly(records[1], records[2], records[0], records[3]);
  }

  @Test
  void whatIsNoPathIsNoOption() {
    assertThatThrownBy(() -> new Options(List.of("a..b"), Order.ASC, As.VALUE, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("by: ");
  }
}
