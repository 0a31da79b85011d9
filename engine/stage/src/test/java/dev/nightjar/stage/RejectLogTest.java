package dev.nightjar.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class RejectLogTest {

  private static final RejectPolicy KEEP =
      new RejectPolicy.Keep(true, new RejectPolicy.Budget(Long.MAX_VALUE));

  @TempDir Path folder;

  private List<String> lines(Path file, long lineBase) throws IOException {
    var json = new ByteArrayOutputStream();
    long count = RejectLog.copyAsJson(file, lineBase, json);
    List<String> lines = json.toString(UTF_8).lines().toList();
    assertThat(count).isEqualTo(lines.size());
    return lines;
  }

  private Path log(String name, Rejects rejects) throws IOException {
    Path file = folder.resolve(name);
    try (var log = new RejectLog(file)) {
      rejects.into(log);
      log.settle();
    }
    return file;
  }

  @FunctionalInterface
  private interface Rejects {
    void into(RejectLog log);
  }

  private static DataRecord record(String text, String source, long line, long offset) {
    return DataRecord.text(text, new Origin(source, line, offset));
  }

  @Test
  void keepsRejectsWithTheirReasonsAsJson() throws Exception {
    Path file = folder.resolve("rejects");
    var keep = new RejectPolicy.Keep(true, new RejectPolicy.Budget(3));
    try (var log = new RejectLog(file)) {
      log.reject("a", keep, DataRecord.text("x \"y\"", new Origin("in.txt", 7, 40)), "bad");
      log.reject(
          "b", keep, DataRecord.bytes(new byte[] {-1}, 0, 1, new Origin("in.txt", 8, -1)), "worse");
      log.reject(
          "c", keep, DataRecord.text("half \ud83d", new Origin("in.txt", 9, -1)), "no bytes");
      assertThatThrownBy(
              () -> log.reject("d", keep, DataRecord.text("z", new Origin("q", 9, -1)), "no"))
          .isInstanceOf(StepFailure.class)
          .hasMessage("no (more than 3 rejected records are too many)");
    }
    var json = new ByteArrayOutputStream();
    long count = RejectLog.copyAsJson(file, 100, json);

    assertThat(count).isEqualTo(3);
    assertThat(json.toString(UTF_8).lines().toList())
        .satisfiesExactly(
            one ->
                assertThat(one)
                    .isEqualTo(
                        "{\"reason\":\"bad\",\"step\":\"a\",\"source\":\"in.txt\",\"line\":107,"
                            + "\"offset\":40,\"record\":\"x \\\"y\\\"\"}"),
            two ->
                assertThat(two)
                    .isEqualTo(
                        "{\"reason\":\"worse\",\"step\":\"b\",\"source\":\"in.txt\",\"line\":108,"
                            + "\"bytes\":\"/w==\"}"),
            three -> assertThat(three).contains("\"reason\":\"no bytes\""));
  }

  @Test
  void failsWithTheFirstRejectWhereNoneMayBe() {
    try (var log = new RejectLog(folder.resolve("rejects"))) {
      assertThatThrownBy(() ->
              log.reject(
                  "a",
                  new RejectPolicy.Fail(),
                  DataRecord.text("x", new Origin("in.txt", 7, -1)),
                  "bad"))
          .isInstanceOfSatisfying(
              StepFailure.class,
              failure -> {
                assertThat(failure.step()).isEqualTo("a");
                assertThat(failure.rejected()).isTrue();
                assertThat(failure.origin()).hasToString("in.txt:7");
              });
    }
    assertThat(folder.resolve("rejects")).doesNotExist();
  }

  @Test
  void writesThemInTheOrderOfTheInputWhateverTheOrderOfTheSteps() throws Exception {
    var expected = new ArrayList<String>();
    var mixed = new ArrayList<Integer>();
    for (int i = 0; i < 5_000; i++) {
      expected.add(
          "{\"reason\":\"r\",\"step\":\"s\",\"source\":\"in\",\"line\":%d,\"offset\":%d,\"record\":\"%s\"}"
              .formatted(i + 11, i * 200L, "x".repeat(i % 200)));
      mixed.add(i);
    }
    Collections.shuffle(mixed, new Random(5));

    Path file =
        log(
            "rejects",
            log ->
                mixed.forEach(i ->
                    log.reject(
                        "s", KEEP, record("x".repeat(i % 200), "in", i + 1, i * 200L), "r")));

    assertThat(lines(file, 10)).isEqualTo(expected);
  }

  @Test
  void sortsBySourceThenPlaceThenStepThenReason() throws Exception {
    Path file =
        log(
            "rejects",
            log -> {
              log.reject("b", KEEP, record("6", "z", 1, 0), "r");
              log.reject("b", KEEP, record("5", "a", 2, 9), "r");
              log.reject("b", KEEP, record("4", "a", 1, 7), "s");
              log.reject("b", KEEP, record("3", "a", 1, 7), "r");
              log.reject("a", KEEP, record("2", "a", 1, 7), "t");
              log.reject("b", KEEP, record("1", "a", 1, 3), "r");
              log.reject("c", KEEP, record("0", "", 0, -1), "r");
            });

    assertThat(lines(file, 0))
        .extracting(line -> line.charAt(line.length() - 3))
        .containsExactly('0', '1', '2', '3', '4', '5', '6');
  }

  @Test
  void leavesOutWhatARecordHasNotGot() throws Exception {
    Path file = log("rejects", log -> log.reject("s", KEEP, record("x", "", 0, -1), "r"));

    assertThat(lines(file, 0))
        .containsExactly("{\"reason\":\"r\",\"step\":\"s\",\"record\":\"x\"}");
  }

  @Test
  void keepsReasonsThatQuoteHalfACharacter() throws Exception {
    Path file = log("rejects", log -> log.reject("s", KEEP, record("x", "", 0, -1), "no \ud83d"));

    assertThat(lines(file, 0))
        .containsExactly("{\"reason\":\"no ?\",\"step\":\"s\",\"record\":\"x\"}");
  }

  @Test
  void keepsWhatCanBeShownOfValuesWithoutBytes() throws Exception {
    JsonNode half = JsonNodeFactory.instance.objectNode().put("name", "no \ud83d");
    JsonNode number = JsonNodeFactory.instance.objectNode().put("n", Double.NaN);
    JsonNode deep = JsonNodeFactory.instance.objectNode().put("inner", "most");
    for (int i = 0; i < 1_001; i++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    List<JsonNode> values = List.of(half, number, deep);

    Path file =
        log(
            "rejects",
            log ->
                values.forEach(
                    value -> log.reject("s", KEEP, DataRecord.json(value, Origin.NONE), "r")));

    assertThat(lines(file, 0))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).contains("no ?"),
            two -> assertThat(two).contains("NaN"),
            three -> assertThat(three).contains("(nested deeper than 1000 levels)"));
  }

  @Test
  void takesOverWhatAStepHasSetAsideUnderAnotherPath() throws Exception {
    Path before =
        log(
            "before",
            log -> {
              log.reject("one/two/step", KEEP, record("é", "in", 3, 4), "q \"one/two/\"");
              log.reject("one/two/other", KEEP, record("y", "in", 2, 4), "r");
            });
    Path after = log("after", log -> log.reject("x", KEEP, record("z", "in", 1, 0), "r"));

    RejectLog.append(
        new ByteArrayInputStream(Files.readAllBytes(before)), "one/two/", "three/", after);

    assertThat(lines(after, 0))
        .containsExactly(
            "{\"reason\":\"r\",\"step\":\"x\",\"source\":\"in\",\"line\":1,\"offset\":0,"
                + "\"record\":\"z\"}",
            "{\"reason\":\"r\",\"step\":\"three/other\",\"source\":\"in\",\"line\":2,\"offset\":4,"
                + "\"record\":\"y\"}",
            "{\"reason\":\"q \\\"one/two/\\\"\",\"step\":\"three/step\",\"source\":\"in\","
                + "\"line\":3,\"offset\":4,\"record\":\"é\"}");
  }

  @Test
  void noticesThatItsFileIsCutOffOrNoneOfItsOwn() throws Exception {
    Path file = log("rejects", log -> log.reject("s", KEEP, record("x", "in", 1, 0), "r"));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 1; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> lines(file, 0)).isInstanceOf(IOException.class);
    }
    Files.write(file, "What is this? It is no list of rejects at all.".getBytes(UTF_8));
    assertThatThrownBy(() -> lines(file, 0)).isInstanceOf(IOException.class);
  }
}
