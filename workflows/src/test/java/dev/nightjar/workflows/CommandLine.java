package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as a user has them, with the distribution's plugins, in this process. */
final class CommandLine {

  /** The folder of the clone; tests run in that of their module. */
  static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

  /** What {@code mvn package} has put together before. */
  static final Path PLUGINS = CLONE.resolve("cli/target/nightjar/plugins");

  private CommandLine() {}

  /** What a command left. */
  record Ended(int exitCode, String out, String err) {

    /** What there is to know when it did not end as it should. */
    @Override
    public String toString() {
      return Stream.concat(out.lines().filter(line -> line.contains("failure")), err.lines())
          .limit(20)
          .collect(Collectors.joining("\n", "exit code " + exitCode + "\n", ""));
    }

    /** The events of a run with {@code --output json}, in order. */
    List<JsonNode> events() {
      return out.lines().map(JsonMapper.shared()::readTree).toList();
    }

    /** The run's last event: its outcome, outputs and summary. */
    JsonNode result() {
      List<JsonNode> events = events();
      assertThat(events).as("events; %s", this).isNotEmpty();
      JsonNode last = events.get(events.size() - 1);
      assertThat(last.path("event").asString()).as("last event; %s", this).isEqualTo("run_ended");
      return last;
    }

    /** The figures of a step. */
    JsonNode metrics(String step) {
      for (JsonNode line : result().at("/summary/steps")) {
        if (line.path("step").asString().equals(step)) {
          return line.path("metrics");
        }
      }
      throw new AssertionError("no step " + step + " in " + result());
    }

    /** Why the run failed. */
    String failure() {
      return result().at("/failure/message").asString();
    }
  }

  /** Runs a workflow and takes its events. */
  static Ended run(Path workflow, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "run", workflow.toString(), "--plugins", PLUGINS.toString(), "--output", "json"));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  private static Ended execute(String... arguments) {
    assertThat(Files.isDirectory(PLUGINS))
        .as("plugins in %s, where `mvn verify` puts them", PLUGINS)
        .isTrue();
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode =
        Main.execute(
            arguments,
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Map.of());
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
