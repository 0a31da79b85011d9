package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
      List<String> loaded = loaded(environment, command, log);
      assertThat(loaded).anyMatch(line -> line.contains(" dev.nightjar.cli.Main "));
      assertThat(loaded)
          .as(String.join(" ", command))
          .filteredOn(line -> LARGE.stream().anyMatch(line::contains))
          .isEmpty();
    }
  }

  @Test
  void whatPluginsDeclareIsReadFromTheirJarsOnce() throws Exception {
    var shell = new Shell(folder);
    Path log = folder.resolve("classes.log");
    Path cache = folder.resolve("cache");
    var environment =
        Map.of(
            "NIGHTJAR_PLUGINS",
            shell.plugins().toString(),
            "XDG_CACHE_HOME",
            cache.toString(),
            "JDK_JAVA_OPTIONS",
            "-Xlog:class+load:file=" + log);

    assertThat(readsDeclarations(environment, log)).isTrue();
    try (Stream<Path> kept = Files.list(cache.resolve("nightjar"))) {
      // Long after the jars, which were made a moment ago.
      Files.setLastModifiedTime(
          kept.findFirst().orElseThrow(), FileTime.from(Instant.now().plusSeconds(60)));
    }
    assertThat(readsDeclarations(environment, log)).isFalse();
  }

  private boolean readsDeclarations(Map<String, String> environment, Path log) throws Exception {
    return loaded(environment, List.of("plugins", "list"), log).stream()
        .anyMatch(line -> line.contains(" dev.nightjar.model.options.DeclarationFile "));
  }

  private List<String> loaded(Map<String, String> environment, List<String> command, Path log)
      throws Exception {
    try (var process = OtherProcess.start(folder, environment, command)) {
      assertThat(process.exitCode()).as(process.err()).isEqualTo(ExitCode.SUCCEEDED);
    }
    return Files.readAllLines(log);
  }
}
