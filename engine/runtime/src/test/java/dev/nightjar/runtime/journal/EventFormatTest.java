package dev.nightjar.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.journal.Samples.Filling;
import dev.nightjar.spi.Split;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class EventFormatTest {

  private static final Instant AT = Instant.parse("2026-11-20T10:00:00.000000001Z");

  @ParameterizedTest
  @EnumSource
  void nothingOfAnyEventIsLost(Filling filling) {
    for (int seed = 0; seed < 50; seed++) {
      new Samples(seed, filling)
          .events()
          .forEach(event -> {
            byte[] json = EventFormat.bytes(event);
            assertThat(same(event, EventFormat.read(json)))
                .as(new String(json, StandardCharsets.UTF_8))
                .isTrue();
            assertThat(same(event, EventFormat.read(EventFormat.write(event)))).isTrue();
            assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContain("\n");
          });
    }
  }

  @Test
  void eachEventHasANameOfItsOwn() {
    List<String> names =
        new Samples(0, Filling.EMPTY)
            .events()
            .map(event -> EventFormat.write(event).get("event").stringValue())
            .toList();

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z_]+"));
  }

  @Test
  void theFormIsTheOneThatProgramsRead() {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    var started = new Event.StepStarted(AT, "each[3].write", "file.write", empty);
    var failure = new Failure("io", "clean", "a.yaml:3:5", "gone", false, null);
    var failed =
        new Event.AttemptFailed(
            AT, "clean", 2, 1, failure, Duration.ofMillis(1500), Duration.ofSeconds(10));

    assertThat(text(started))
        .isEqualTo(
            """
            {"event":"step_started","at":"2026-11-20T10:00:00.000000001Z","step":"each[3].write","processor":"file.write"}\
            """);
    assertThat(text(failed))
        .isEqualTo(
            """
            {"event":"attempt_failed","at":"2026-11-20T10:00:00.000000001Z","step":"clean","task":2,"attempt":1,\
            "failure":{"code":"io","step":"clean","place":"a.yaml:3:5","message":"gone","permanent":false},\
            "took":1.5,"next_in":10}\
            """);
  }

  @Test
  void durationsAreSecondsDigitByDigit() {
    var told = new LinkedHashMap<Duration, String>();
    told.put(Duration.ZERO, "0");
    told.put(Duration.ofNanos(1), "1E-9");
    told.put(Duration.ofNanos(999), "9.99E-7");
    told.put(Duration.ofNanos(1_000), "0.000001");
    told.put(Duration.ofNanos(1_010), "0.00000101");
    told.put(Duration.ofMillis(1_500), "1.5");
    told.put(Duration.ofSeconds(86_400, 120_034_000), "86400.120034");
    told.put(Duration.ofSeconds(7, 999_999_999), "7.999999999");
    told.put(Duration.ofMillis(-1_500), "-1.5");

    told.forEach((took, seconds) -> {
      var failed =
          new Event.AttemptFailed(
              AT, "a", -1, 1, new Failure("io", "a", "", "gone", false, null), took, null);
      assertThat(text(failed)).endsWith("\"took\":" + seconds + "}");
    });
  }

  @Test
  void whatALaterReleaseAddsIsPassedOver() {
    var event = new Event.Warned(AT, "a", "hot");
    ObjectNode json = EventFormat.write(event).put("heat", 451);

    assertThat(EventFormat.read(json)).isEqualTo(event);
  }

  @Test
  void whatIsNoEventIsSaidToBeNone() {
    for (String json :
        List.of(
            "",
            "{",
            "[]",
            "{}",
            "{\"event\":7}",
            "{\"event\":\"moon\",\"at\":\"2026-11-20T10:00:00Z\"}",
            "{\"event\":\"warned\",\"at\":\"yesterday\",\"step\":\"a\",\"message\":\"b\"}",
            "{\"event\":\"warned\",\"at\":\"2026-11-20T10:00:00Z\",\"step\":\"a\"}",
            "{\"event\":\"run_resumed\",\"at\":\"2026-11-20T10:00:00Z\",\"owner\":\"a\",\"fence\":\"x\"}",
            splitsListed("[1],\"splits\":[]"),
            splitsListed("[1],\"splits\":[0,\"0:a\",1,2],\"fields\":[]"),
            splitsListed("[1],\"splits\":[0,\"0:a\",1],\"fields\":[[\"size\"]]"),
            splitsListed("[1],\"splits\":[0,\"a\",1,2],\"fields\":[[\"size\"]]"),
            splitsListed("[1],\"splits\":[0,\"7:a\",1,2],\"fields\":[[\"size\"]]"),
            "{\"event\":\"run_resumed\",\"at\":\"2026-11-20T10:00:00Z\",\"owner\":\"a\",\"fence\":1e99}")) {
      assertThatThrownBy(() -> EventFormat.read(json.getBytes(StandardCharsets.UTF_8)))
          .as(json)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String splitsListed(String tasks) {
    return "{\"event\":\"splits_listed\",\"at\":\"2026-11-20T10:00:00Z\",\"stage\":\"a\",\"tasks\":"
        + tasks
        + "}";
  }

  @Test
  void whatTheNamesOfSplitsHaveInCommonIsThereOnce() {
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("size", 5).put("file", "(1,2)");
    ObjectNode other = JsonNodeFactory.instance.objectNode().put("offset", 7);
    var tasks =
        List.of(
            List.of(
                new Split("orders/1.json", 5, detail),
                new Split("orders/2.json", 5, detail.deepCopy().put("file", "(1,3)"))),
            List.<Split>of(),
            List.of(new Split("orders/\ud83d\ude00", -1, other)),
            List.of(new Split("orders/\ud83d\ude01", 6, detail)));
    var event = new Event.SplitsListed(AT, "read", tasks, Map.of());

    assertThat(text(event))
        .endsWith(
            "\"tasks\":[2,0,1,1],"
                + "\"splits\":[0,\"0:orders/1.json\",5,5,\"0:(1,2)\",\"7:2.json\",5,5,\"3:3)\","
                + "1,\"0:orders/\ud83d\ude00\",-1,7,0,\"7:\ud83d\ude01\",6,5,\"3:2)\"],"
                + "\"fields\":[[\"size\",\"file\"],[\"offset\"]],\"files\":{}}");
    assertThat(EventFormat.read(EventFormat.bytes(event))).isEqualTo(event);
  }

  @Test
  void splitsWithDetailsOfAnyKindAreWhatTheyWere() {
    var nodes = JsonNodeFactory.instance;
    var details =
        List.<JsonNode>of(
            nodes.nullNode(),
            nodes.stringNode("a: \ud83d\ude00"),
            nodes.stringNode("a: \ud83d\ude01"),
            nodes.objectNode(),
            nodes.arrayNode().add("a").add(1),
            nodes.objectNode().put("a", "1").put("b", "2"),
            nodes.objectNode().put("b", "1").put("a", "2"),
            nodes.objectNode().set("a", nodes.objectNode().put("deep", "x")));
    var splits = details.stream().map(detail -> new Split("s", 1, detail)).toList();
    var event = new Event.SplitsListed(AT, "read", List.of(splits, splits), Map.of());

    assertThat(same(event, EventFormat.read(EventFormat.bytes(event)))).isTrue();
  }

  @Test
  void treesAreWrittenAsJacksonsMapperWritesThem() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("text", "a \"b\" \u00e9 \ud83d\ude00 \u0001").put("flag", true).putNull("nothing");
    tree.put("int", -7).put("short", (short) 7).put("long", Long.MIN_VALUE);
    tree.put("double", 1e300).put("float", 0.1f).put("nan", Double.NaN);
    tree.put("big", BigInteger.TEN.pow(40)).put("decimal", new BigDecimal("1.50E+400"));
    tree.put("bytes", new byte[] {0, -1, 3}).putPOJO("pojo", List.of(1, "two"));
    tree.putArray("list").add(1).addNull().add("x").addObject().putArray("empty");
    tree.set("exact", EventFormat.write(new Event.RunResumed(AT, "a", 3)).get("fence"));
    var mapper =
        JsonMapper.builder().disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

    assertThat(text(new Event.StepResolved(AT, "a", true, tree)))
        .endsWith("\"outputs\":" + mapper.writeValueAsString(tree) + "}");
  }

  @Test
  void nestingIsNotLimitedBelowWhatStepsCanPublish() {
    ObjectNode deep = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = deep;
    for (int level = 0; level < 1_000; level++) {
      inner = inner.putObject("in");
    }
    var event = new Event.StepResolved(AT, "a", true, deep);

    assertThat(EventFormat.read(EventFormat.bytes(event))).isEqualTo(event);
  }

  @Test
  void halfASurrogatePairDoesNotStopTheJournal() {
    var event = new Event.Warned(AT, "a", "cut \ud83d here, there \ude00");

    assertThat(EventFormat.read(EventFormat.bytes(event))).isEqualTo(event);
  }

  private static String text(Event event) {
    return new String(EventFormat.bytes(event), StandardCharsets.UTF_8);
  }

  /** As {@code equals}, but arrays by what is in them, maps by their order too, trees by text. */
  private static boolean same(Object one, Object other) {
    return switch (one) {
      case null -> other == null;
      case Record record ->
          other != null
              && other.getClass() == record.getClass()
              && Arrays.stream(record.getClass().getRecordComponents())
                  .allMatch(component -> same(of(component, record), of(component, other)));
      case JsonNode tree -> other instanceof JsonNode && tree.toString().equals(other.toString());
      case long[] numbers -> other instanceof long[] others && Arrays.equals(numbers, others);
      case List<?> list -> other instanceof List<?> others && sameItems(list, others);
      case Map<?, ?> map ->
          other instanceof Map<?, ?> others
              && sameItems(map.keySet(), others.keySet())
              && sameItems(map.values(), others.values());
      default -> Objects.equals(one, other);
    };
  }

  private static boolean sameItems(Iterable<?> ones, Iterable<?> others) {
    Iterator<?> other = others.iterator();
    for (Object one : ones) {
      if (!other.hasNext() || !same(one, other.next())) {
        return false;
      }
    }
    return !other.hasNext();
  }

  private static Object of(RecordComponent component, Object record) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
