package dev.nightjar.plugin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.testkit.ProcessorTester;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code flow.sleep}, {@code flow.fail}, {@code flow.log} and {@code flow.set}. */
class SmallStepsTest {

  @Test
  void sleepsAsLongAsItSays() throws Exception {
    var pause = new Sleep.Options(Duration.ofMillis(250));

    assertThat(ProcessorTester.of(new Sleep(), pause).run().waits())
        .containsExactly(Duration.ofMillis(250));
    assertThatThrownBy(() -> new Sleep.Options(Duration.ofMillis(-1)))
        .hasMessage("duration must not be negative");
  }

  @Test
  void failsForGoodUnlessToldOtherwise() {
    var permanent = new Fail.Options("no orders came", false, null);
    var retryable = new Fail.Options("no orders yet", true, null);

    assertThatThrownBy(() -> ProcessorTester.of(new Fail(), permanent).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("no orders came");
    assertThatThrownBy(() -> ProcessorTester.of(new Fail(), retryable).run())
        .isNotInstanceOf(PermanentFailure.class)
        .hasMessage("no orders yet");
  }

  @Test
  void failsTheFirstAttemptsAlone() throws Exception {
    var first = new Fail.Options("not yet", true, 1);
    var none = new Fail.Options("not yet", true, 0);

    assertThatThrownBy(() -> ProcessorTester.of(new Fail(), first).run()).hasMessage("not yet");
    assertThat(ProcessorTester.of(new Fail(), none).run().outputs()).isEmpty();
    assertThatThrownBy(() -> new Fail.Options("no", false, 2))
        .hasMessage("attempts makes sense with retryable: true only");
  }

  @Test
  void logsMessagesAsTheyAreAndDataWithThem() throws Exception {
    var plain = new Log.Options("100 {} %s", Log.Severity.WARN, null);
    var data = new Log.Options("read", Log.Severity.INFO, Nested.json("{\"n\": [1, 2]}"));

    assertThat(ProcessorTester.of(new Log(), plain).run().log()).containsExactly("WARN 100 {} %s");
    assertThat(ProcessorTester.of(new Log(), data).run().log())
        .singleElement()
        .asString()
        .contains("read", "data={\"n\":[1,2]}");
  }

  @Test
  void publishesValuesInTheOrderGiven() throws Exception {
    var values = new LinkedHashMap<String, JsonNode>();
    values.put("z", Nested.json("1"));
    values.put("a", Nested.json("[]"));

    assertThat(ProcessorTester.of(new SetOutputs(), new SetOutputs.Options(values)).run().outputs())
        .hasToString("{z=1, a=[]}");
  }
}
