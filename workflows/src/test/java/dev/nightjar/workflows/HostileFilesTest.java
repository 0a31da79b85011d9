package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.nightjar.workflows.CommandLine.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be read, and targets that must not be written. */
@Timeout(60)
class HostileFilesTest {

  private static final String BEFORE = "what was there before\n";

  private static final String COPY =
      """
      name: hostile
      steps:
        - id: read
          uses: file.read
          with: {path: "%s"}
        - id: write
          uses: file.write
          with: {path: "%s"}
      """;

  @TempDir Path temporary;

  /** The workflow's folder; beside it lies what it must leave alone. */
  private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectories(temporary.resolve("inside"));
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("in.txt"), "new\n");
    Files.writeString(folder.resolve("out/result.txt"), BEFORE);
    Files.createDirectories(temporary.resolve("outside"));
    Files.writeString(temporary.resolve("outside/kept.txt"), BEFORE);
    Files.createSymbolicLink(folder.resolve("link"), temporary.resolve("outside"));
    Files.createSymbolicLink(
        folder.resolve("link.txt"), temporary.resolve("outside").resolve("kept.txt"));
    Files.createSymbolicLink(
        folder.resolve("new.txt"), temporary.resolve("outside").resolve("made.txt"));
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        argumentSet("cut off", "cut.gz", "cut.gz is cut off in the middle of its gzip data"),
        argumentSet("wrong checksum", "wrong.gz", "wrong.gz is damaged gzip data"),
        argumentSet("no gzip at all", "plain.gz", "plain.gz is not gzip data"),
        argumentSet("a folder", "out", "out is a folder: to read the files in it, write out/*"),
        argumentSet("missing", "nowhere.txt", "there is no file nowhere.txt"),
        argumentSet("no match", "*.csv", "no file matches *.csv"),
        argumentSet("a device", "/dev/zero", "/dev/zero is a device"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatCannotBeReadFailsAndKeepsTheTarget(String source, String message) throws IOException {
    damagedFiles();

    Ended run = run(COPY.formatted(source, "out/result.txt"));

    failed(run, message);
    assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/result.txt");
    assertThat(FileTree.contents(folder.resolve("out"))).hasSize(1).containsValue(BEFORE);
  }

  private void damagedFiles() throws IOException {
    String text =
        IntStream.range(0, 20_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = packed.toByteArray();
    Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    byte[] wrong = bytes.clone();
    wrong[wrong.length - 8] ^= 1;
    Files.write(folder.resolve("wrong.gz"), wrong);
    Files.writeString(folder.resolve("plain.gz"), text);
  }

  @Test
  void aDamagedFileCanBeSetAsideWithItsBeginningKept() throws IOException {
    damagedFiles();

    Ended run =
        run(
            """
            name: hostile
            steps:
              - id: read
                uses: file.read
                with: {path: [cut.gz, in.txt], unreadable: reject}
                rejects: {path: out/bad.ndjson}
              - id: write
                uses: file.write
                with: {path: out/result.txt}
            """);

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(Files.readAllLines(folder.resolve("out/result.txt")))
        .startsWith("line 0", "line 1")
        .endsWith("new");
    assertThat(Files.readAllLines(folder.resolve("out/bad.ndjson")))
        .singleElement()
        .asString()
        .contains("cut.gz is cut off");
  }

  @Test
  void aRejectedRecordThatMayNotBeFailsAndKeepsTheTarget() throws IOException {
    Files.write(folder.resolve("in.txt"), new byte[] {'a', '\n', (byte) 0xff, '\n', 'c', '\n'});

    Ended run = run(COPY.formatted("in.txt", "out/result.txt"));

    failed(run, "in.txt:2");
    assertThat(folder.resolve("out/result.txt")).hasContent(BEFORE);
  }

  @Test
  void tooManyRejectsFailAndKeepTheTarget() throws IOException {
    Files.writeString(folder.resolve("in.txt"), "1\nx\n3\nx\n5\n");

    Ended run =
        run(
            """
            name: hostile
            steps:
              - id: read
                uses: file.read
                with: {path: in.txt}
              - uses: json.parse
              - id: write
                uses: file.write
                with: {path: out/result.txt}
                rejects: {path: out/bad.ndjson, max: 1}
            """);

    failed(run, "more than 1");
    assertThat(folder.resolve("out/result.txt")).hasContent(BEFORE);
  }

  static Stream<String> outside() {
    return Stream.of(
        "../outside/kept.txt",
        "../outside/made.txt",
        "../made.txt",
        "out/../../made.txt",
        "nowhere/../../made.txt",
        "link/kept.txt",
        "link/made.txt",
        "link/deep/made.txt",
        "out/../link/made.txt",
        "link.txt",
        "new.txt");
  }

  @ParameterizedTest
  @MethodSource("outside")
  void nothingIsWrittenOutside(String target) throws IOException {
    SortedMap<String, String> before = FileTree.contents(temporary);

    Ended run = run(COPY.formatted("in.txt", target));

    failed(run, "run with --allow-outside if that is meant");
    assertUnchanged(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../made.txt", "link/made.txt", "/absolute"})
  void noRecordNamesAFileOutside(String name) throws IOException {
    String target = name.equals("/absolute") ? temporary.resolve("made.txt").toString() : name;
    Files.writeString(folder.resolve("in.txt"), "{\"to\":\"%s\"}\n".formatted(target));
    SortedMap<String, String> before = FileTree.contents(temporary);

    Ended run =
        run(
            """
            name: hostile
            steps:
              - id: read
                uses: file.read
                with: {path: in.txt}
              - uses: json.parse
              - id: write
                uses: file.write
                with: {path: "${{ record.to }}"}
            """);

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertUnchanged(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file.move\n    with: {from: in.txt, to: ../made.txt}",
        "file.move\n    with: {from: ../outside/kept.txt, to: out/made.txt}",
        "file.copy\n    with: {from: in.txt, to: link/made.txt}",
        "file.delete\n    with: {path: ../outside/kept.txt}",
        "file.delete\n    with: {path: link/kept.txt}",
        "memory.report\n    with: {path: ../made.json}",
      })
  void noStepReachesOutside(String step) throws IOException {
    SortedMap<String, String> before = FileTree.contents(temporary);

    Ended run = run("name: hostile\nsteps:\n  - uses: " + step + "\n");

    failed(run, "run with --allow-outside if that is meant");
    assertUnchanged(before);
  }

  @Test
  void rejectsStayInside() throws IOException {
    Files.writeString(folder.resolve("in.txt"), "no JSON\n");
    SortedMap<String, String> before = FileTree.contents(temporary);

    Ended run =
        run(
            """
            name: hostile
            steps:
              - id: read
                uses: file.read
                with: {path: in.txt}
              - uses: json.parse
              - id: write
                uses: file.write
                with: {path: out/result.txt}
                rejects: {path: ../made.ndjson}
            """);

    failed(run, "run with --allow-outside if that is meant");
    assertUnchanged(before);
  }

  @Test
  void allowOutsideLiftsIt() throws IOException {
    Ended run = run(COPY.formatted("in.txt", "../outside/deep/made.txt"), "--allow-outside");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(temporary.resolve("outside/deep/made.txt")).hasContent("new");
  }

  private void assertUnchanged(SortedMap<String, String> before) throws IOException {
    SortedMap<String, String> after = FileTree.contents(temporary);
    after
        .keySet()
        .removeIf(
            name -> name.equals("inside/workflow.yaml") || name.startsWith("inside/.nightjar"));
    assertThat(after).isEqualTo(before);
  }

  /** Failed as it should, telling whoever can do something about it, without a stack trace. */
  private static void failed(Ended run, String message) {
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertThat(run.failure()).contains(message).doesNotContain("Exception", "\tat ");
    assertThat(run.result().at("/failure").has("trace")).isFalse();
    assertThat(run.err()).isEmpty();
  }

  private Ended run(String workflow, String... arguments) throws IOException {
    Path file = folder.resolve("workflow.yaml");
    Files.writeString(file, workflow);
    return CommandLine.run(file, arguments);
  }
}
