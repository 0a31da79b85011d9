package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.workflows.CommandLine.Ended;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs every example as a user does and compares what it writes with what its page shows. */
class ExamplesTest {

  /** Exit codes of the examples that fail on purpose. */
  private static final Map<String, Integer> FAILING = Map.of("failing", 1);

  /** Files that differ from run to run. */
  private static final Map<String, Set<String>> CHANGING = Map.of("memory", Set.of("memory.json"));

  /** Examples that need to be told about the machine. */
  private static final Set<String> TOLD = Set.of("poms");

  @TempDir Path folder;

  static Stream<Arguments> examples() throws IOException {
    try (Stream<Path> folders = Files.list(CommandLine.CLONE.resolve("workflows"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("workflow.yaml")))
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !TOLD.contains(name))
          .sorted()
          .toList()
          .stream()
          .flatMap(name -> Stream.of(1, 4).map(parallelism -> Arguments.of(name, parallelism)));
    }
  }

  @ParameterizedTest(name = "{0} --parallelism {1}")
  @MethodSource("examples")
  void writesWhatIsExpected(String example, int parallelism) throws IOException {
    copy(example);
    Ended run = run(parallelism);

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(FAILING.getOrDefault(example, 0));
    Set<String> expected = FileTree.contents(folder.resolve("expected")).keySet();
    Set<String> written = FileTree.contents(folder.resolve("out")).keySet();
    for (String file : CHANGING.getOrDefault(example, Set.of())) {
      assertThat(written.remove(file)).as(file).isTrue();
    }
    assertThat(written).isNotEmpty().isEqualTo(expected);
    for (String file : expected) {
      assertThat(folder.resolve("out").resolve(file))
          // Shows what differs; the second sees the line ends, too.
          .hasSameTextualContentAs(folder.resolve("expected").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("expected").resolve(file));
    }
    assertThat(leftovers()).isEmpty();
  }

  /** What is there after a run and neither came with the example nor is its output. */
  private List<Path> leftovers() throws IOException {
    Set<String> known = Set.of("data", "expected", "out", "schemas", "workflow.yaml", ".nightjar");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !known.contains(file.getFileName().toString())).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void memoryTellsItsFigures(int parallelism) throws IOException {
    copy("memory");

    Ended run = run(parallelism);

    JsonNode report =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("out/memory.json")));
    assertThat(run.result().at("/outputs/snapshots").asInt()).isEqualTo(3);
    assertThat(report.at("/count").asInt()).isEqualTo(3);
    assertThat(report.at("/snapshots").valueStream().map(one -> one.path("label").asString()))
        .containsExactly("before", "sorted", "after");
    assertThat(report.at("/peak/heap_used").asLong())
        .isEqualTo(run.result().at("/outputs/peak_heap").asLong())
        .isGreaterThanOrEqualTo(report.at("/first/heap_used").asLong())
        .isGreaterThanOrEqualTo(report.at("/last/heap_used").asLong())
        .isPositive();
    assertThat(run.result().at("/summary/memory/count").asInt()).isEqualTo(3);
  }

  /** Counts in its own way and compares; a copy, because other builds add to the repository. */
  @Test
  void pomsAreCountedRight() throws IOException {
    copy("poms");
    Path repository = folder.resolve("repository");
    FileTree.copy(
        Path.of(System.getProperty("nightjar.repository")),
        repository,
        path -> path.toString().endsWith(".pom") && !hidden(path));
    // At least one that is not text, whatever the machine's has.
    Files.writeString(
        repository.resolve("latin.pom"), "<name>M\u00fcller</name>", StandardCharsets.ISO_8859_1);
    var poms = new Poms(FileTree.contents(repository));

    for (int parallelism : List.of(1, 4)) {
      Ended run = run(parallelism, "--input", "repository=" + repository);

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertCounted(poms, run.result().path("outputs"));
    }
  }

  private void assertCounted(Poms poms, JsonNode outputs) throws IOException {
    assertThat(outputs.path("poms").asInt()).isEqualTo(poms.texts.size());
    assertThat(outputs.path("apache").asInt())
        .isEqualTo(
            poms.with(
                "apache license", "apache software license", "apache.org/licenses/license-2.0"));
    assertThat(outputs.path("kotlin").asInt()).isEqualTo(poms.with("kotlin"));
    assertThat(Files.readAllLines(folder.resolve("out/maven-plugins.txt")))
        .hasSize(outputs.path("maven_plugins").asInt())
        .containsExactlyElementsOf(poms.mavenPlugins);
    assertThat(Files.readAllLines(folder.resolve("out/unreadable.ndjson")))
        .extracting(line -> JsonMapper.shared().readTree(line).path("source").asString())
        .containsExactlyElementsOf(poms.unreadable);
  }

  private static boolean hidden(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** The POMs of a folder, looked at one by one. */
  private static final class Poms {

    private final List<String> texts = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<String> mavenPlugins = new ArrayList<>();

    Poms(SortedMap<String, String> files) {
      files.forEach((name, content) ->
          add("repository/" + name, content.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void add(String name, byte[] content) {
      try {
        String text =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        texts.add(text);
        if (text.contains("<packaging>maven-plugin</packaging>")) {
          mavenPlugins.add(name);
        }
      } catch (CharacterCodingException e) {
        unreadable.add(name);
      }
    }

    /** How many have at least one of these words, in whatever case. */
    int with(String... words) {
      return (int)
          texts.stream()
              .map(text -> text.toLowerCase(Locale.ROOT))
              .filter(text -> Stream.of(words).anyMatch(text::contains))
              .count();
    }
  }

  private void copy(String example) throws IOException {
    FileTree.copy(
        CommandLine.CLONE.resolve("workflows").resolve(example),
        folder,
        path -> !path.startsWith("out") && !path.startsWith(".nightjar"));
  }

  private Ended run(int parallelism, String... more) {
    var arguments = new ArrayList<>(List.of("--parallelism", Integer.toString(parallelism)));
    arguments.addAll(List.of(more));
    return CommandLine.run(folder.resolve("workflow.yaml"), arguments.toArray(String[]::new));
  }
}
