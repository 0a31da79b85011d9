package dev.nightjar.plugin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.BodyFailure;
import dev.nightjar.testkit.ProcessorTester;
import dev.nightjar.testkit.ProcessorTester.BodyCall;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ForEachTest {

  @Test
  void runsTheStepsForEachItemOfAListAndEmitsWhatTheLastOnePublished() throws Exception {
    var result =
        foreach("[\"a\", {\"b\": 1.5}]", 1, OnError.FAIL)
            .block("steps", "first", "last")
            .body(ForEachTest::echo)
            .run();

    assertThat(result.texts())
        .containsExactly("{\"item\":\"a\",\"index\":0}", "{\"item\":{\"b\":1.5},\"index\":1}");
    assertThat(result.outputs().toString()).isEqualTo("{items=2, failed=0}");
  }

  @Test
  void runsTheStepsForEachRecordWhenNoListIsGiven() throws Exception {
    var result =
        foreach(null, 1, OnError.FAIL)
            .block("steps", "last")
            .body(ForEachTest::echo)
            .text("plain")
            .json("{\"n\": 1.50}")
            .bytes(new byte[] {0, 1})
            .run();

    assertThat(result.texts())
        .containsExactly(
            "{\"item\":\"plain\",\"index\":0}",
            "{\"item\":{\"n\":1.50},\"index\":1}",
            "{\"item\":\"AAE=\",\"index\":2}");
    assertThat(result.records())
        .extracting(record -> record.origin().toString())
        .containsExactly("test:1", "test:2", "test:3");
  }

  @Test
  void emitsInTheItemsOrderHoweverManyRunAtOnce() throws Exception {
    String[] lines = IntStream.range(0, 2_000).mapToObj(i -> "line " + i).toArray(String[]::new);

    var result =
        foreach(null, 8, OnError.FAIL)
            .block("steps", "last")
            .body(ForEachTest::echo)
            .text(lines)
            .run();

    assertThat(result.records())
        .extracting(record -> record.json().get("item").stringValue())
        .containsExactly(lines);
  }

  @Test
  void emitsAnEmptyObjectWhereTheLastStepWasSkipped() throws Exception {
    var result =
        foreach("[1]", 1, OnError.FAIL)
            .block("steps", "first", "last")
            .body(call -> Nested.json("{\"first\": {}}"))
            .run();

    assertThat(result.texts()).containsExactly("{}");
  }

  @Test
  void failsWithTheItemItFailedFor() {
    var step =
        foreach(null, 1, OnError.FAIL)
            .block("steps", "last")
            .body(ForEachTest::echo)
            .text("good", "bad", "good");

    assertThatThrownBy(step::run)
        .isInstanceOf(BodyFailure.class)
        .hasMessage("item 1 (test:2): no good");
  }

  @Test
  void leavesOutTheItemsThatFailWhenToldToSkipThem() throws Exception {
    var result =
        foreach("[\"a\", \"bad\", \"b\"]", 2, OnError.SKIP)
            .block("steps", "last")
            .body(ForEachTest::echo)
            .run();

    assertThat(result.texts())
        .containsExactly("{\"item\":\"a\",\"index\":0}", "{\"item\":\"b\",\"index\":2}");
    assertThat(result.outputs().toString()).isEqualTo("{items=3, failed=1}");
    assertThat(result.log()).containsExactly("WARN item 1: no good; skipped");
  }

  @Test
  void logsTheFirstFailuresAlone() throws Exception {
    String[] lines = IntStream.range(0, 1_000).mapToObj(i -> "bad").toArray(String[]::new);

    var result =
        foreach(null, 1, OnError.SKIP)
            .block("steps", "last")
            .body(ForEachTest::echo)
            .text(lines)
            .run();

    assertThat(result.outputs()).hasToString("{items=1000, failed=1000}");
    assertThat(result.log())
        .hasSize(11)
        .last()
        .isEqualTo("WARN further failures are counted, not logged");
  }

  @Test
  void refusesWhatIsNoList() {
    assertThatThrownBy(() -> foreach("\"a\"", 1, OnError.FAIL))
        .hasMessage("in must be a list, not string");
    assertThatThrownBy(() -> foreach(null, 0, OnError.FAIL))
        .hasMessage("max_parallel must be at least 1");
  }

  private static ProcessorTester<ForEach.Options> foreach(
      @Nullable String in, int maxParallel, OnError onError) {
    JsonNode list = in == null ? null : Nested.json(in);
    return ProcessorTester.of(new ForEach(), new ForEach.Options(list, maxParallel, onError));
  }

  private static JsonNode echo(BodyCall call) throws BodyFailure {
    JsonNode item = call.bindings().get("item");
    if (item.asString("").equals("bad")) {
      throw Nested.failure("no good");
    }
    var outputs = JsonNodeFactory.instance.objectNode();
    var last = outputs.putObject("last");
    last.set("item", item);
    last.set("index", call.bindings().get("item_index"));
    return outputs;
  }
}
