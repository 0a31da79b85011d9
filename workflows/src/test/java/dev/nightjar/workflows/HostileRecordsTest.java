package dev.nightjar.workflows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.workflows.CommandLine.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lines that no program meant to write: each is set aside with its place, or passes as it is, and
 * its neighbours never notice.
 */
@Timeout(60)
class HostileRecordsTest {

  private static final String WORKFLOW =
      """
      name: hostile
      steps:
        - id: read
          uses: file.read
          with: {path: in.ndjson}
        - id: parse
          uses: json.parse
        - id: write
          uses: file.write
          with: {path: out/good.ndjson}
          rejects: {path: out/bad.ndjson}
      """;

  /** Not JSON, each for a reason of its own; a character is a byte. */
  private static final List<String> BAD =
      List.of(
          "",
          "   ",
          "\t",
          "{",
          "}",
          "[",
          "]",
          "[1,]",
          "[,1]",
          "[1 2]",
          "{\"a\":1",
          "{\"a\":1,}",
          "{,}",
          "{\"a\"}",
          "{\"a\" 1}",
          "{\"a\":}",
          "{a:1}",
          "{1:1}",
          "{\"a\":1]",
          "[1}",
          "nul",
          "True",
          "NaN",
          "Infinity",
          "-Infinity",
          "undefined",
          "'x'",
          "\"open",
          "\"",
          "\"\\",
          "\"\\\"",
          "01",
          "-01",
          "1.",
          ".5",
          "+1",
          "-",
          "--1",
          "1e",
          "1e+",
          "1.e1",
          "0x10",
          "1_000",
          "1,2",
          // Something after the value.
          "1 2",
          "{} {}",
          "{\"a\":1}x",
          "null,",
          "[1] // why",
          "/* why */ 1",
          "{\"a\":1}\0",
          "1\0",
          // What a string must not hold.
          "\"\\x\"",
          "\"\\u12\"",
          "\"\\u12G4\"",
          "\"\\U0041\"",
          "\"a\tb\"",
          "\"a\0b\"",
          "\"\u001f\"",
          "\0",
          // Half a character.
          "\"\\ud800\"",
          "\"\\udc00\"",
          "\"\\ud800\\u0041\"",
          "\"\\ud800\\ud800\"",
          "\"\\udc00\\ud800\"",
          "{\"\\ud800\":1}",
          // No UTF-8: alone, overlong, cut off, surrogates, above the last code point, no byte of
          // it.
          "\"\u0080\"",
          "\"\u00bf\"",
          "\"\u00c0\u00af\"",
          "\"\u00c1\u0081\"",
          "\"\u00c3\"",
          "\"\u00c3",
          "\u00c3",
          "\"\u00e0\u0080\u0080\"",
          "\"\u00e0\u009f\u00bf\"",
          "\"\u00e2\u0082\"",
          "\"\u00e2\"",
          "\"\u00ed\u00a0\u0080\"",
          "\"\u00ed\u00bf\u00bf\"",
          "\"\u00ed\u00a0\u0080\u00ed\u00b0\u0080\"",
          "\"\u00f0\u0080\u0080\u0080\"",
          "\"\u00f0\u008f\u00bf\u00bf\"",
          "\"\u00f0\u009f\u0098\"",
          "\"\u00f4\u0090\u0080\u0080\"",
          "\"\u00f5\u0080\u0080\u0080\"",
          "\"\u00f8\u0088\u0080\u0080\u0080\"",
          "\"\u00fe\"",
          "\"\u00ff\"",
          "{\"\u00ff\":1}",
          "[1]\u00ff",
          "\u00ff[1]",
          // A mark that begins no file; and UTF-16.
          "\u00ef\u00bb\u00bf{\"a\":1}",
          "\u00ff\u00fe1\0",
          "\0" + "1",
          "[".repeat(100_000) + "]".repeat(100_000),
          "[".repeat(100_000),
          "{\"a\":".repeat(100_000));

  /** Strange and right: they must come out as they went in. */
  private static final List<String> STRANGE =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1.0",
          "1.10",
          "1E+2",
          "1e-0",
          "1e999999999",
          "-1E-999999999",
          "123456789012345678901234567890",
          "9007199254740993",
          "0.1000000000000000055511151231257827",
          "7".repeat(10_000),
          "0." + "3".repeat(10_000),
          "{\"n\":" + "9".repeat(10_000) + "e123456789}",
          "null",
          "true",
          "\"\"",
          "[]",
          "{}",
          "  {\"a\" : 1 }  ",
          "[ 1 ,\t2 ]",
          "\"\\u0000\\/\\b\\ud83d\\ude00\"",
          "\"\u00f0\u009f\u0098\u0080\"",
          "\"\u00f4\u008f\u00bf\u00bf\"",
          "\"\u00ef\u00bb\u00bf\"",
          "\"\u00ed\u009f\u00bf\u00ee\u0080\u0080\"",
          "\"\u007f\"",
          "\"\u00c2\u0085\"",
          "{\"\":{\"\":\"\"}}",
          "[".repeat(900) + "]".repeat(900),
          "\"" + "x".repeat(3_000_000) + "\"");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void badLinesAreSetAsideAndNeighboursAreIntact(int parallelism) throws IOException {
    var lines = new ArrayList<String>();
    var good = new ArrayList<String>();
    var bad = new ArrayList<Integer>();
    for (String line : BAD) {
      lines.add(line);
      bad.add(lines.size());
      String neighbour = "{\"after\":%d}".formatted(lines.size());
      lines.add(neighbour);
      good.add(neighbour);
    }
    input(String.join("\n", lines) + "\n");

    Ended run = run(WORKFLOW, "--parallelism", Integer.toString(parallelism));

    succeeded(run);
    assertThat(output()).containsExactlyElementsOf(good);
    assertThat(rejects().stream().map(reject -> reject.path("line").asInt()))
        .containsExactlyElementsOf(bad);
    assertThat(rejects())
        .allSatisfy(reject -> {
          assertThat(reject.path("source").asString()).isEqualTo("in.ndjson");
          assertThat(reject.path("reason").asString()).isNotBlank().hasSizeLessThan(300);
        });
    assertThat(
            run.metrics("read").path("records_out").asInt()
                + run.metrics("read").path("rejected").asInt())
        .isEqualTo(lines.size());
  }

  @Test
  void strangeLinesPassAsTheyAre() throws IOException {
    input(String.join("\n", STRANGE) + "\n");

    succeeded(run(WORKFLOW));

    assertThat(output()).containsExactlyElementsOf(STRANGE);
    assertThat(folder.resolve("out/bad.ndjson"))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(), file -> assertThat(file).isEmptyFile());
  }

  @Test
  void numbersStayAsWrittenBesideFieldsThatChange() throws IOException {
    List<String> numbers =
        List.of("-0", "1.10", "1E+2", "1e999999999", "9007199254740993", "8".repeat(10_000));
    input(
        numbers.stream()
            .map("{\"n\":%s,\"name\":\" x \"}\n"::formatted)
            .reduce("", String::concat));

    succeeded(
        run(
            """
            name: hostile
            steps:
              - id: read
                uses: file.read
                with: {path: in.ndjson}
              - uses: json.parse
              - uses: text.trim
                with: {fields: [name]}
              - uses: json.set
                with: {values: {copy: record.n}}
              - uses: json.select
                with: {fields: [n, copy, name]}
              - id: write
                uses: file.write
                with: {path: out/good.ndjson}
            """));

    assertThat(output())
        .containsExactlyElementsOf(
            numbers.stream()
                .map(n -> "{\"n\":%s,\"copy\":%s,\"name\":\"x\"}".formatted(n, n))
                .toList());
  }

  @Test
  void hugeNumbersDoNotHoldUpComparisons() throws IOException {
    input(
        "{\"n\":1e999999999}\n{\"n\":2}\n{\"n\":-1e999999999}\n{\"n\":%s}\n{\"n\":1e-999999999}\n"
            .formatted("9".repeat(10_000)));

    Ended run =
        run(
            """
            name: hostile
            steps:
              - id: read
                uses: file.read
                with: {path: in.ndjson}
              - uses: json.parse
              - id: filter
                uses: records.filter
                with: {where: "record.n + 1 > 2"}
              - id: write
                uses: file.write
                with: {path: out/good.ndjson}
                rejects: {path: out/bad.ndjson}
            """);

    succeeded(run);
    assertThat(output()).contains("{\"n\":2}").doesNotContain("{\"n\":-1e999999999}");
    JsonNode metrics = run.metrics("filter");
    assertThat(metrics.path("records_in").asInt()).isEqualTo(5);
    assertThat(metrics.path("records_out").asInt()).isEqualTo(output().size());
  }

  @Test
  void aMarkCarriageReturnsAndALastLineWithoutEndAreNoData() throws IOException {
    input("\u00ef\u00bb\u00bf{\"a\":1}\r\n{\"a\":\r}\n{\"a\":3}\r\r\n{\"a\":4}");

    succeeded(run(WORKFLOW));

    // A carriage return is white space to JSON; the one before the line feed is no part of a line.
    assertThat(Files.readString(folder.resolve("out/good.ndjson"), ISO_8859_1))
        .isEqualTo("{\"a\":1}\n{\"a\":3}\r\n{\"a\":4}\n");
    assertThat(rejects())
        .singleElement()
        .satisfies(reject -> assertThat(reject.path("line").asInt()).isEqualTo(2));
  }

  @Test
  void aLineOverTheLimitIsNotLoaded() throws IOException {
    input("1\n\"" + "x".repeat(5_000_000) + "\"\n3\n\"" + "y".repeat(200) + "\"\n5\n");

    Ended run = run(WORKFLOW.replace("in.ndjson}", "in.ndjson, max_record: 100}"));

    succeeded(run);
    assertThat(output()).containsExactly("1", "3", "5");
    assertThat(rejects().stream().map(reject -> reject.path("line").asInt())).containsExactly(2, 4);
    assertThat(Files.size(folder.resolve("out/bad.ndjson"))).isLessThan(100_000);
  }

  @Test
  void anEmptyFileHasNoRecords() throws IOException {
    input("");

    Ended run = run(WORKFLOW);

    succeeded(run);
    assertThat(folder.resolve("out/good.ndjson")).isEmptyFile();
  }

  /** Seeded damage to well-formed lines: whatever it makes of them, none is lost. */
  @Test
  void noDamageLosesARecord() throws IOException {
    var random = new Random(7);
    var data = new ByteArrayOutputStream();
    for (int i = 0; i < 5_000; i++) {
      byte[] line =
          "{\"id\":%d,\"name\":\"Zo\u00eb\",\"n\":[1.5,null]}".formatted(i).getBytes(UTF_8);
      if (i % 2 == 1) {
        for (int flips = 0; flips <= random.nextInt(4); flips++) {
          byte wrong = (byte) random.nextInt();
          line[random.nextInt(line.length)] = wrong == '\n' ? 0 : wrong;
        }
      }
      data.writeBytes(line);
      data.write('\n');
    }
    Files.write(folder.resolve("in.ndjson"), data.toByteArray());

    Ended run = run(WORKFLOW);

    succeeded(run);
    assertThat(output().size() + rejects().size()).isEqualTo(5_000);
    assertThat(output())
        .containsAll(
            IntStream.range(0, 2_500)
                .mapToObj(i ->
                    "{\"id\":%d,\"name\":\"Zo\u00c3\u00ab\",\"n\":[1.5,null]}".formatted(2 * i))
                .toList());
    assertThat(rejects())
        .allSatisfy(reject -> assertThat(reject.path("line").asInt() % 2).isZero());
  }

  /** 70 MiB are two splits: the second one's lines count on, and its results come second. */
  @Test
  void splitsMakeNoDifference() throws IOException {
    int lines = 100_000;
    var bad = new ArrayList<Integer>();
    try (var data = Files.newBufferedWriter(folder.resolve("in.ndjson"), ISO_8859_1)) {
      for (int line = 1; line <= lines; line++) {
        boolean malformed = line % 997 == 0;
        data.write(
            "{\"id\":%d,\"text\":\"%s\"%s\n"
                .formatted(line, "x".repeat(710), malformed ? "" : "}"));
        if (malformed) {
          bad.add(line);
        }
      }
    }

    succeeded(run(WORKFLOW, "--parallelism", "1"));
    Path alone = Files.move(folder.resolve("out"), folder.resolve("alone"));
    Ended run = run(WORKFLOW, "--parallelism", "4");

    succeeded(run);
    assertThat(
            run.events().stream()
                .filter(one -> one.path("event").asString().equals("stage_started")))
        .singleElement()
        .satisfies(stage -> assertThat(stage.path("tasks").asInt()).isGreaterThan(1));
    for (String file : List.of("good.ndjson", "bad.ndjson")) {
      assertThat(Files.mismatch(alone.resolve(file), folder.resolve("out").resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
    assertThat(rejects().stream().map(reject -> reject.path("line").asInt()))
        .containsExactlyElementsOf(bad);
    assertThat(run.metrics("read").path("records_out").asInt()).isEqualTo(lines);
  }

  private void input(String bytes) throws IOException {
    Files.writeString(folder.resolve("in.ndjson"), bytes, ISO_8859_1);
  }

  private Ended run(String workflow, String... arguments) throws IOException {
    Path file = folder.resolve("workflow.yaml");
    Files.writeString(file, workflow);
    return CommandLine.run(file, arguments);
  }

  private static void succeeded(Ended run) {
    assertThat(run.exitCode()).as(run.toString()).isZero();
  }

  private List<String> output() throws IOException {
    return lines("out/good.ndjson", ISO_8859_1);
  }

  private List<JsonNode> rejects() throws IOException {
    return lines("out/bad.ndjson", UTF_8).stream().map(JsonMapper.shared()::readTree).toList();
  }

  /** Cut at line feeds alone. */
  private List<String> lines(String file, Charset charset) throws IOException {
    String text = Files.readString(folder.resolve(file), charset);
    return Stream.of(text.split("\n", -1))
        .limit(text.chars().filter(c -> c == '\n').count())
        .toList();
  }
}
