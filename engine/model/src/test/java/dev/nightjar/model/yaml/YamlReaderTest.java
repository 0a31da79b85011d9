package dev.nightjar.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.model.Golden;
import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class YamlReaderTest {

  /** What no file may take; a cold JVM included. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static YamlNode read(String text) {
    var diagnostics = new Diagnostics();
    YamlNode node = YamlReader.read(new SourceText("a.yaml", text), diagnostics);
    assertThat(Golden.printed(diagnostics)).isEmpty();
    return Objects.requireNonNull(node);
  }

  private static List<Code> mistakes(String text) {
    var diagnostics = new Diagnostics();
    YamlReader.read(new SourceText("a.yaml", text), diagnostics);
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  static List<Path> broken() throws IOException, URISyntaxException {
    return Golden.files("broken");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysWhatIsWrongWithABrokenFile(Path file) throws IOException {
    var diagnostics = new Diagnostics();
    YamlReader.read(file, Golden.name(file), diagnostics);
    assertThat(Golden.printed(diagnostics)).isEqualTo(Golden.expected(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "~|null",
        "null|null",
        "Null|null",
        "true|true",
        "FALSE|false",
        "yes|\"yes\"",
        "on|\"on\"",
        "12|12",
        "-3|-3",
        "+7|7",
        "0x1F|31",
        "0o17|15",
        "012|\"012\"",
        "1_000|\"1_000\"",
        "1.10|1.10",
        ".5|0.5",
        "1e3|1E+3",
        "1.|1",
        "-0.0|0.0",
        "12345678901234567890|12345678901234567890",
        "2026-01-31|\"2026-01-31\"",
        "12:30|\"12:30\"",
        ".|\".\"",
        "1e|\"1e\"",
        "0x|\"0x\"",
        "\"12\"|\"12\"",
        "!!str 12|\"12\"",
        "!!int 12|12",
        "! true|\"true\""
      })
  void readsScalarsAsTheCoreSchemaDoes(String written, String json) {
    assertThat(read("[" + written + "]").json().get(0).toString()).isEqualTo(json);
  }

  @Test
  void expandsAliasesWhereTheyStand() {
    var map = (YamlNode.Mapping) read("a: &x {b: 1}\nc: *x\n");
    assertThat(map.json().toString()).isEqualTo("{\"a\":{\"b\":1},\"c\":{\"b\":1}}");
    assertThat(Objects.requireNonNull(map.get("c")).place()).hasToString("a.yaml:2:4");
  }

  @Test
  void mergesWhereTheMergeStandsAndLetsWrittenKeysWin() {
    String text =
        """
        base: &base {x: 1, y: 2}
        more: &more {y: 3, z: 4}
        all:
          first: 0
          <<: [*base, *more]
          x: 9
        """;
    assertThat(read(text).json().get("all").toString())
        .isEqualTo("{\"first\":0,\"y\":2,\"z\":4,\"x\":9}");
  }

  @Test
  void takesAMergeInQuotesForAKey() {
    assertThat(read("{\"<<\": 1}").json().toString()).isEqualTo("{\"<<\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '§',
      value = {
        "a: one X two;1:8",
        "a: 'it''s X';1:11",
        "a: \"\\t\\x41\\u0042\\U00000043 X\";1:28",
        "a: \"😀 X\";1:7",
        "a: |\\n  one\\n  two X\\n;3:7",
        "a: >-\\n  one\\n  two X\\n;3:7",
        "a: one\\n  two X\\n;2:7",
        "a: 'one\\n\\n  two X'\\n;3:7",
        "a: \"one \\\\\\n  two X\"\\n;2:7",
        "a: &b !!str X;1:13",
        "? X\\n: b;1:3"
      })
  void findsEachCharacterOfAValue(String written, String place) {
    String text = written.replace("\\n", "\n").replace("\\\\", "\\");
    var map = (YamlNode.Mapping) read(text);
    YamlNode.Entry entry = map.entries().values().iterator().next();
    var scalar = entry.key().text().equals("X") ? entry.key() : (YamlNode.Scalar) entry.value();
    int at = scalar.text().indexOf('X');
    assertThat(scalar.locator().place(at, at + 1)).hasToString("a.yaml:" + place);
    var found = scalar.locator().place(at, at + 1);
    assertThat(text.substring(found.start(), found.end())).isEqualTo("X");
  }

  @Test
  void keepsAnExpressionInAPlainValue() {
    assertThat(read("a: ${{ inputs.x }}").json().toString())
        .isEqualTo("{\"a\":\"${{ inputs.x }}\"}");
  }

  @Test
  void allowsWhatIsJustWithinTheLimits() {
    read("[".repeat(100) + "]".repeat(100));
    read("- a\n".repeat(199_999));
    assertThat(mistakes("[".repeat(101) + "]".repeat(101))).containsExactly(Code.TOO_DEEP);
    assertThat(mistakes("- a\n".repeat(200_000))).containsExactly(Code.TOO_LARGE);
  }

  @Test
  void countsWhatAnAliasStandsFor() {
    String deep =
        "a: &a "
            + "[".repeat(60)
            + "]".repeat(60)
            + "\nb: "
            + "[".repeat(60)
            + "*a"
            + "]".repeat(60);
    assertThat(mistakes(deep)).containsExactly(Code.TOO_DEEP);
    var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
    }
    assertThat(mistakes(laughs.toString())).containsExactly(Code.TOO_LARGE);
  }

  @Test
  void refusesHostileTextInNoTime() {
    List<String> texts =
        List.of(
            "[".repeat(1 << 20),
            "{a: ".repeat(1 << 18),
            "- ".repeat(1 << 19),
            "? ".repeat(1 << 19),
            "&a ".repeat(300_000),
            "a: 9".repeat(1 << 18),
            "[a,]:".repeat(200_000),
            "%TAG ! x\n".repeat(100_000),
            "---\n".repeat(1 << 18),
            "a: " + "9".repeat(1_000_000),
            "a: 1\n".repeat(9_000),
            "x".repeat(1_000_000) + ": 1\nb: [",
            "a:\n" + "\t\n".repeat(400_000) + "b:1\nc: 2",
            "'".repeat(999_999));
    read("warm: up");
    for (String text : texts) {
      long start = cpuNanos();
      assertThat(mistakes(text)).as(text.substring(0, 10)).isNotEmpty();
      assertThat(Duration.ofNanos(cpuNanos() - start)).as(text.substring(0, 10)).isLessThan(LIMIT);
    }
  }

  /** The library reads in pieces of 1,024 and loses a pair that lies across their border. */
  @Test
  void readsSurrogatePairsAnywhere() {
    for (int before = 1_000; before < 1_050; before++) {
      String text = "a".repeat(before) + "😀".repeat(600);
      assertThat(read("- " + text).json().get(0).stringValue()).isEqualTo(text);
    }
  }

  private static List<Code> mistakes(Path file) {
    var diagnostics = new Diagnostics();
    @Nullable YamlNode node = YamlReader.read(file, "x.yaml", diagnostics);
    assertThat(node).isNull();
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  @Test
  @Timeout(5)
  void refusesWhatIsNoRegularFile(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(mistakes(folder)).containsExactly(Code.UNREADABLE_FILE);
    assertThat(mistakes(folder.resolve("missing"))).containsExactly(Code.UNREADABLE_FILE);
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(mistakes(empty)).containsExactly(Code.EMPTY_FILE);
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    assertThat(mistakes(Path.of("/dev/zero"))).containsExactly(Code.UNREADABLE_FILE);
    assertThat(mistakes(Path.of("/proc/self/cmdline"))).containsExactly(Code.EMPTY_FILE);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/zero"));
    assertThat(mistakes(link)).containsExactly(Code.UNREADABLE_FILE);
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertThat(mistakes(pipe)).containsExactly(Code.UNREADABLE_FILE);
  }

  @Test
  void refusesALargeFileByItsSize(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.yaml");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(10L << 30);
    }
    assertThat(mistakes(file)).containsExactly(Code.TOO_LARGE);
  }

  @Test
  void neverThrowsWhateverBytesAreChanged() throws IOException, URISyntaxException {
    var random = new Random(7);
    String signs = "{}[]:,-?&*!|>'\"%@`#<~ \t\n\r\\$0aé😀\u0000\ufeff";
    int[] points = signs.codePoints().toArray();
    for (Path file : Golden.files("good")) {
      String good = Files.readString(file);
      for (int round = 0; round < 1_500; round++) {
        var text = new StringBuilder(good);
        for (int change = random.nextInt(4); change >= 0; change--) {
          int at = random.nextInt(text.length());
          int end = Math.min(text.length(), at + random.nextInt(3));
          text.replace(at, end, Character.toString(points[random.nextInt(points.length)]));
        }
        var diagnostics = new Diagnostics();
        YamlNode node = YamlReader.read(new SourceText("f", text.toString()), diagnostics);
        assertThat(node != null || diagnostics.hasErrors()).isTrue();
        Golden.printed(diagnostics);
      }
    }
  }

  /** Of this thread: others that want the processor do not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
