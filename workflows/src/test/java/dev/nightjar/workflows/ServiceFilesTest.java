package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What starts the daemon as a service fits the distribution it lies in. */
class ServiceFilesTest {

  private static final Path DISTRIBUTION = CommandLine.CLONE.resolve("cli/target/nightjar");
  private static final String INSTALLED = "/opt/nightjar";

  private static final Pattern COPY = Pattern.compile("(?m)^COPY (\\S+) (\\S+)$");
  private static final Pattern ENTRY = Pattern.compile("(?m)^ENTRYPOINT \\[\"([^\"]+)\"]$");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^CMD \\[\"serve\", \"([^\"]+)\", \"(--[a-z]+)\", \"0\\.0\\.0\\.0\"]$");
  private static final Pattern EXEC = Pattern.compile("(?m)^ExecStart=(\\S+) serve \\S+ (--\\w+) ");

  @TempDir Path folder;

  @Test
  void systemdTakesTheUnit() throws IOException, InterruptedException {
    Path unit = folder.resolve("nightjar.service");
    String text = Files.readString(DISTRIBUTION.resolve("nightjar.service"));
    Files.writeString(unit, text.replace(INSTALLED, DISTRIBUTION.toString()));
    String found = print("sh", "-c", "command -v systemd-analyze || true");
    assumeTrue(!found.isBlank(), "there is no systemd-analyze here: the unit is not verified");

    // What it does not know it only prints.
    assertThat(print("systemd-analyze", "verify", unit.toString())).isEmpty();
  }

  @Test
  void theUnitStartsTheLauncherWithAnOptionThereIs() throws IOException, InterruptedException {
    Matcher exec = find(EXEC, "nightjar.service");

    assertThat(inDistribution(exec.group(1))).isExecutable();
    assertThat(help()).contains(exec.group(2));
  }

  @Test
  void theContainerHasWhatItStarts() throws IOException {
    String text = Files.readString(DISTRIBUTION.resolve("Containerfile"));
    List<MatchResult> copies = COPY.matcher(text).results().toList();
    assertThat(copies).as("launcher, libraries, plugins").hasSize(3);
    for (MatchResult copy : copies) {
      assertThat(copied(copy.group(1))).as(copy.group()).isNotEmpty();
      assertThat(copy.group(2)).isEqualTo(INSTALLED + "/" + copy.group(1).replace("*.jar", ""));
    }
    Matcher entry = find(ENTRY, "Containerfile");
    assertThat(inDistribution(entry.group(1))).isExecutable();
  }

  @Test
  void theContainerServesItsVolumeOnThePortThatIsAsked() throws IOException, InterruptedException {
    Matcher command = find(COMMAND, "Containerfile");
    Matcher port = find(Pattern.compile("(?m)^EXPOSE (\\d+)$"), "Containerfile");
    String text = Files.readString(DISTRIBUTION.resolve("Containerfile"));

    assertThat(text).contains("VOLUME " + command.group(1) + "\n");
    assertThat(text).contains("/dev/tcp/127.0.0.1/" + port.group(1) + " ");
    assertThat(help()).contains(command.group(2)).contains("default: " + port.group(1));
  }

  @Test
  void theArchiveHasBoth() throws IOException, InterruptedException {
    Path archive;
    try (Stream<Path> files = Files.list(DISTRIBUTION.getParent())) {
      archive = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }

    assertThat(print("tar", "-tzf", archive.toString()).lines().map(ServiceFilesTest::below))
        .contains("nightjar.service", "Containerfile");
  }

  /** systemd's folder for a user that it makes is one. */
  @Test
  void whatIsServedMayBeALink() throws IOException, InterruptedException {
    Path real = Files.createDirectory(folder.resolve("real"));
    String step = "steps: [{uses: flow.log, with: {message: hello}}]";
    Files.writeString(real.resolve("hello.yaml"), "name: hello\n" + step + "\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Process daemon =
        process(
            DISTRIBUTION.resolve("bin/nightjar").toString(),
            "serve",
            link.toString(),
            "--port",
            "0");
    try (BufferedReader said = daemon.inputReader(StandardCharsets.UTF_8)) {
      List<String> until = new ArrayList<>();
      String line;
      while ((line = said.readLine()) != null && !line.contains("tokens.json")) {
        until.add(line);
      }

      assertThat(until).anyMatch(one -> one.contains("serves 1 workflow files of " + real));
    } finally {
      daemon.destroyForcibly().waitFor();
    }
  }

  /** Without the archive's one folder. */
  private static String below(String entry) {
    return entry.replaceFirst("^(\\./)?[^/]*/", "");
  }

  private static Path inDistribution(String path) {
    assertThat(path).startsWith(INSTALLED + "/");
    return DISTRIBUTION.resolve(path.substring(INSTALLED.length() + 1));
  }

  /** What a COPY of the distribution takes. */
  private static List<Path> copied(String pattern) throws IOException {
    String files = pattern.endsWith("/") ? pattern + "*" : pattern;
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + files);
    try (Stream<Path> all = Files.walk(DISTRIBUTION)) {
      return all.filter(file -> matcher.matches(DISTRIBUTION.relativize(file))).toList();
    }
  }

  private static Matcher find(Pattern pattern, String file) throws IOException {
    Matcher found = pattern.matcher(Files.readString(DISTRIBUTION.resolve(file)));
    assertThat(found.find()).as("%s in %s", pattern, file).isTrue();
    return found;
  }

  private static String help() throws IOException, InterruptedException {
    return print(DISTRIBUTION.resolve("bin/nightjar").toString(), "serve", "--help");
  }

  private static String print(String... command) throws IOException, InterruptedException {
    Process process = process(command);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), printed).isZero();
    return printed;
  }

  private static Process process(String... command) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }
}
