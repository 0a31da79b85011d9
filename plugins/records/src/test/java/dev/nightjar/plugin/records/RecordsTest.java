package dev.nightjar.plugin.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.records.RecordsSort.As;
import dev.nightjar.plugin.records.RecordsSort.Order;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import dev.nightjar.testkit.ProcessorTester;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RecordsTest {

  @TempDir private Path folder;

  /** Whether the field {@code keep} is true; without it there is no value. */
  private static final class Keep implements Expression {
    @Override
    public JsonNode value(DataRecord record) {
      return record.at(FieldPath.of("keep"));
    }

    @Override
    public boolean test(DataRecord record) {
      JsonNode value = value(record);
      if (value.isMissingNode()) {
        throw new Rejected("there is no field keep");
      }
      return value.booleanValue();
    }
  }

  @Test
  void filterKeepsWhatHoldsAndRejectsWhatHasNoValue() throws Exception {
    var result =
        ProcessorTester.of(new RecordsFilter(), new RecordsFilter.Options(new Keep()))
            .json("{\"keep\":true,\"n\":1.00}", "{\"keep\":false}", "{}")
            .run();
    assertThat(result.texts()).containsExactly("{\"keep\":true,\"n\":1.00}");
    assertThat(result.rejects())
        .singleElement()
        .satisfies(reject -> assertThat(reject.reason()).isEqualTo("there is no field keep"));
  }

  private static RecordsCount.Options by(int maxGroups, String... fields) {
    return new RecordsCount.Options(Arrays.stream(fields).map(FieldPath::of).toList(), maxGroups);
  }

  @Test
  void countsAllRecordsOfAnyKind() throws Exception {
    var result =
        ProcessorTester.of(new RecordsCount(), by(10)).text("a", "").bytes(new byte[3]).run();
    assertThat(result.texts()).containsExactly("{\"count\":3}");
    assertThat(result.outputs().get("count").asInt()).isEqualTo(3);
    assertThat(ProcessorTester.of(new RecordsCount(), by(10)).run().texts())
        .containsExactly("{\"count\":0}");
  }

  @Test
  void countsByFieldsInTheirOrder() throws Exception {
    var result =
        ProcessorTester.of(new RecordsCount(), by(10, "day", "place.city"))
            .json(
                "{\"day\":10,\"place\":{\"city\":\"B\"}}",
                "{\"day\":9}",
                "{\"day\":10.0,\"place\":{\"city\":\"B\"}}",
                "{\"day\":10,\"place\":{\"city\":\"A\"}}")
            .run();
    assertThat(result.texts())
        .containsExactly(
            "{\"day\":9,\"place.city\":null,\"count\":1}",
            "{\"day\":10,\"place.city\":\"A\",\"count\":1}",
            "{\"day\":10,\"place.city\":\"B\",\"count\":2}");
    assertThat(result.outputs().get("groups").asInt()).isEqualTo(3);
  }

  @Test
  void tooManyDifferentValuesFailWithAdvice() {
    var tester =
        ProcessorTester.of(new RecordsCount(), by(2, "n"))
            .json("{\"n\":1}", "{\"n\":2}", "{\"n\":2}", "{\"n\":3}");
    assertThatThrownBy(tester::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("over 2 different values of n: count by fewer fields");
    assertThatThrownBy(() -> by(2, "count")).isInstanceOf(IllegalArgumentException.class);
  }

  private ProcessorTester<RecordsSort.Options> sort(Order order, long memory, String... by) {
    var options = new RecordsSort.Options(List.of(by), order, As.VALUE, memory);
    return ProcessorTester.of(new RecordsSort(), options).folder(folder);
  }

  @Test
  void sortsTextsAndFields() throws Exception {
    assertThat(sort(Order.DESC, 1).text("b", "a", "c").run().texts())
        .containsExactly("c", "b", "a");
    assertThat(sort(Order.ASC, 1000, "-n").json("{\"n\":9}", "{}", "{\"n\":10}").run().texts())
        .containsExactly("{\"n\":10}", "{\"n\":9}", "{}");
  }

  @Test
  void sortKeepsWhereRecordsCameFrom() throws Exception {
    assertThat(sort(Order.ASC, 1).text("b", "a").run().records())
        .extracting(record -> record.origin().toString())
        .containsExactly("test:2", "test:1");
  }
}
