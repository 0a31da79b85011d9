package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does without: each of these costs it a tenth or more. */
final class LoadedClassesTest {

  @TempDir Path folder;

  @Test
  void lookingLoadsNoneOfTheLargeLibraries() throws Exception {
    var shell = new Shell(folder);
    Path workflow = folder.resolve("a.yaml");
    Files.writeString(workflow, "name: a\nsteps:\n  - uses: hello.read\n    with: {path: x}\n");
    Path log = folder.resolve("classes.log");
    var environment =
        Map.of(
            "NIGHTJAR_PLUGINS",
            shell.plugins().toString(),
            "JDK_JAVA_OPTIONS",
            "-Xlog:class+load:file=" + log);

    for (List<String> command :
        List.of(List.of("--help"), List.of("validate", "a.yaml"), List.of("plugins", "list"))) {
      try (var process = OtherProcess.start(folder, environment, command)) {
        assertThat(process.exitCode()).as(process.err()).isEqualTo(ExitCode.SUCCEEDED);
      }
      assertThat(Files.readString(log))
          .as(String.join(" ", command))
          .contains("dev.nightjar.cli.Main ")
          .doesNotContain(
              " picocli.",
              " org.pf4j.",
              " org.sqlite.",
              " com.github.benmanes.caffeine.",
              " tools.jackson.databind.ObjectMapper ");
    }
  }
}
