package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MainTest {

  private static final String GOOD =
      """
      name: greet
      inputs:
        count: {type: integer, default: 3}
      steps:
        - id: lines
          uses: hello.read
          with: {path: in.txt}
        - uses: hello.write
      """;

  private static final String BAD =
      """
      name: greet
      steps:
        - id: lines
          uses: hello.read
          with: {paht: in.txt}
        - uses: hello.wirte
      """;

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void openShell() throws IOException {
    shell = new Shell(folder);
  }

  @Test
  void helpListsEveryCommand() {
    assertThat(shell.run("--help")).isZero();

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .startsWith("Nightjar runs batch workflows")
        .contains(
            "Usage: nightjar COMMAND [OPTIONS]",
            "  run FILE                      Run a workflow.",
            "  validate FILE|FOLDER...       Check workflow files; run nothing.",
            "  plugins describe NAME         Tell a processor's options, or a plugin's processors.",
            "Exit codes: 0 succeeded, 1 failed, 2 wrong usage");
    assertThat(shell.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpOfACommandListsItsOptions() {
    assertThat(shell.run("validate", "--help")).isZero();

    assertThat(shell.out())
        .isEqualTo(
            """
            Usage: nightjar validate [-h] [--output=text|json] [--plugins=DIR]
                                     FILE|FOLDER...
            Check workflow files; run nothing.

                  FILE|FOLDER...       A workflow file, or a folder of *.yaml and *.yml at
                                         any depth.

            Options:
                  --plugins=DIR        The folder of plugin jars; default:
                                         $NIGHTJAR_PLUGINS, or those that came with
                                         Nightjar.
                  --output=text|json   For people or for programs; default text.
              -h, --help               Say what the command does.
            """);
    assertThat(shell.run("help", "validate")).isZero();
    assertThat(shell.out()).startsWith("Usage: nightjar validate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "rnu f.yaml > there is no command `rnu`; did you mean `run`?",
        "frobnicate > there is no command `frobnicate`; see `nightjar --help`",
        "--halp > there is no option `--halp`; did you mean `--help`?",
        "plugins > `nightjar plugins` needs one more word; use `plugins list` or `plugins"
            + " describe`",
        "plugins lst > there is no command `plugins lst`; did you mean `plugins list`?",
        "run > `FILE` is missing; see `nightjar run --help`",
        "run a.yaml b.yaml > `nightjar run` does not take `b.yaml`; see `nightjar run --help`",
        "run --paralelism=3 a.yaml > `nightjar run` has no option `--paralelism`; did you mean"
            + " `--parallelism`?",
        "run --parallelism 0 a.yaml > `--parallelism` needs a whole number from 1, not `0`",
        "run --output xml a.yaml > `--output` needs `text` or `json`, not `xml`",
        "run -q -v a.yaml > `--quiet` and `--verbose` ask for opposite things; give one of them",
        "run --inputs > `--inputs` needs a value: FILE; see `nightjar run --help`",
        "explain unknown-opton > there is no code `unknown-opton`; did you mean `unknown-option`?",
      })
  void wrongUsageIsOneLineAndCode2(String typed, String message) {
    assertThat(shell.run((Object[]) typed.split(" ", -1))).isEqualTo(2);

    assertThat(shell.err()).isEqualTo("error: " + message + "\n");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void controlCharactersOfArgumentsAreNotPrinted() {
    assertThat(shell.run("\u001b[31mrun")).isEqualTo(2);

    assertThat(shell.err()).doesNotContain("\u001b").contains("\\x1b[31mrun");
  }

  @Test
  void nothingTypedShowsTheOverview() {
    assertThat(shell.run()).isEqualTo(2);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).contains("Usage: nightjar COMMAND");
  }

  @Test
  void versionNamesNightjarAndJava() {
    assertThat(shell.run("--version")).isZero();

    assertThat(shell.out()).startsWith("nightjar ").contains(", Java 25");
  }

  @Test
  void validateTellsAllMistakesWithTheirPlaces() throws IOException {
    write("a/good.yaml", GOOD);
    Path bad = write("a/bad.yml", BAD);
    write("a/.hidden/bad.yaml", BAD);

    assertThat(shell.run("validate", folder.resolve("a"))).isEqualTo(3);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .contains(
            bad + ":5:12: error[unknown-option]: `hello.read` has no option `paht`",
            " 5 |     with: {paht: in.txt}\n   |            ^^^^\n   = did you mean `path`?\n",
            bad + ":6:11: error[unknown-processor]")
        .endsWith("2 files, 1 with mistakes\n");
  }

  @Test
  void validateForProgramsIsAnObjectALine() throws IOException {
    Path bad = write("bad.yaml", BAD);

    assertThat(shell.run("validate", "--output", "json", bad)).isEqualTo(3);

    List<JsonNode> found = shell.out().lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(found)
        .extracting(one -> one.get("code").asString())
        .containsExactly("unknown-option", "unknown-processor");
    JsonNode first = found.getFirst();
    assertThat(first.get("file").asString()).isEqualTo(bad.toString());
    assertThat(first.get("line").asInt()).isEqualTo(5);
    assertThat(first.get("column").asInt()).isEqualTo(12);
    assertThat(first.get("hints").get(0).asString()).contains("`path`");
  }

  @Test
  void validateOfAFolderWithoutWorkflowsIsWrongUsage() {
    assertThat(shell.run("validate", shell.plugins())).isEqualTo(2);

    assertThat(shell.err()).contains("there is no *.yaml or *.yml in");
  }

  @Test
  void aBrokenJarIsAWarningUntilItMayBeWhatIsMissing() throws IOException {
    Path good = write("good.yaml", GOOD);
    Path bad = write("bad.yaml", BAD);
    Files.writeString(shell.plugins().resolve("junk.jar"), "junk");

    assertThat(shell.run("validate", good)).isZero();
    assertThat(shell.err()).contains("warning: ", "junk.jar: is not a jar");
    assertThat(shell.run("validate", bad)).isEqualTo(4);
    assertThat(shell.err()).contains("error: ", "junk.jar: is not a jar");
    assertThat(shell.run("plugins", "list")).isEqualTo(4);
    assertThat(shell.out()).contains("hello.read");
  }

  @Test
  void aMissingPluginFolderIsNamed() {
    assertThat(shell.run("plugins", "list", "--plugins", folder.resolve("gone"))).isEqualTo(4);
    assertThat(shell.err()).contains("gone is not there");

    shell.environment.remove("NIGHTJAR_PLUGINS");
    assertThat(shell.run("plugins", "list")).isEqualTo(2);
    assertThat(shell.err()).contains("--plugins DIR");
  }

  @Test
  void pluginsAreListedAndDescribed() {
    assertThat(shell.run("plugins", "list")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            processor    plugin  version  what it does
            hello.read   hello   1.2.3    Reads lines.
            hello.write  hello   1.2.3    Writes lines.
            """);

    assertThat(shell.run("plugins", "describe", "hello.read")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            hello.read  Reads lines.
              reads   no records
              emits   text records
              effect  pure
              options
                path  string  required
                    Where they lie.
                limit  integer  default 10
                    At most so many.
              outputs
                files  integer  How many files.
            """);
    assertThat(shell.run("plugins", "describe", "hello.raed")).isEqualTo(2);
    assertThat(shell.err()).contains("did you mean `hello.read`?");
  }

  @Test
  void schemaIsJsonWithTheProcessorsIn() {
    assertThat(shell.run("schema")).isZero();

    assertThat(JsonMapper.shared().readTree(shell.out()).isObject()).isTrue();
    assertThat(shell.out()).contains("hello.read");
  }

  @Test
  void explainTellsMore() {
    assertThat(shell.run("explain", "tab")).isZero();

    assertThat(shell.out()).startsWith("tab: YAML is indented with spaces");
  }

  @Test
  void planAndDryRunShowTheStagesAndLoadNothing() throws IOException {
    Path good = write("good.yaml", GOOD);

    assertThat(shell.run("plan", good)).isZero();
    String plan = shell.out();
    assertThat(plan)
        .startsWith("greet\n  1. stage, a task for each part of the source\n")
        .contains("       lines  hello.read\n", "       write  hello.write\n");

    assertThat(shell.run("run", "--dry-run", "--input", "count=7", good)).isZero();
    assertThat(shell.out()).isEqualTo(plan);
    assertThat(folder.resolve(".nightjar")).doesNotExist();

    assertThat(shell.run("plan", "--output", "json", good)).isZero();
    assertThat(JsonMapper.shared().readTree(shell.out()).at("/steps/0/kind").asString())
        .isEqualTo("stage");
  }

  @Test
  void inputsThatDoNotFitStopTheRunBeforeItStarts() throws IOException {
    Path good = write("good.yaml", GOOD);

    assertThat(shell.run("run", "--input", "count=many", good)).isEqualTo(2);
    assertThat(shell.err()).contains("error[bad-input]", "count");
    assertThat(shell.out()).isEmpty();
    assertThat(folder.resolve(".nightjar")).doesNotExist();
  }

  @Test
  void aPluginWithoutItsClassesEndsTheRunWithItsCode() throws IOException {
    Path good = write("good.yaml", GOOD);

    assertThat(shell.run("run", good)).isEqualTo(4);
    assertThat(shell.err())
        .contains("hello.jar: it declares the class hello.Read and does not hold it")
        .doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNotThereIsADiagnostic() {
    assertThat(shell.run("run", folder.resolve("gone.yaml"))).isEqualTo(3);

    assertThat(shell.err()).contains("gone.yaml").contains("error[unreadable-file]");
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
