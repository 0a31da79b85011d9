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

  private static final List<String> LARGE =
      List.of(
          " picocli.",
          " org.pf4j.PluginManager ",
          " org.sqlite.",
          " com.github.benmanes.caffeine.",
          // Loaded when a mapper is made.
          " tools.jackson.databind.ext.javatime.",
          // Whoever exits makes a logger.
          " jdk.internal.logger.LoggerFinderLoader ");

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
      List<String> loaded = Files.readAllLines(log);
      assertThat(loaded).anyMatch(line -> line.contains(" dev.nightjar.cli.Main "));
      assertThat(loaded)
          .as(String.join(" ", command))
          .filteredOn(line -> LARGE.stream().anyMatch(line::contains))
          .isEmpty();
    }
  }
}
