package dev.nightjar.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The README tells the truth. A fenced block with {@code title=FILE} is written to that file; one
 * called {@code console} holds commands behind {@code $} and what they print, run from top to
 * bottom in one folder. Figures of time and memory may differ; a line {@code …} stands for any
 * lines. There is no other kind of block but the one {@code sh} block with the test command. A
 * daemon listens on a free port instead of the usual one.
 */
class ReadmeTest {

  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final Path DISTRIBUTION = CLONE.resolve("cli/target/nightjar");
  private static final String SERVE = "cli/nightjar serve";
  private static final String USUAL_PORT = ":8910";
  private static final String BUILD_PLUGIN = "mvn -B -q -f shout/pom.xml package";

  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(\\w+)(?: title=(\\S+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern FENCE = Pattern.compile("^```", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)\\)");

  /** What the watchdog says of any step where the machine has no time for it. */
  private static final String BUSY = "has computed for a second without giving way";

  private static final Pattern RUN = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{6}");

  /** With what differs with it: the records a second, and the step that was the slowest. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "[-+]?\\d[\\d,.]* (ns|µs|ms|s|min|B|KiB|MiB|GiB)\\b"
              + "( [\\d,.]+(?= \\d))?( \\([\\w.]+\\))?");

  @TempDir Path folder;

  private int exitCode;
  private int port;

  /** A fenced block; the title is empty where it has none. */
  private record Block(String language, String title, String body) {}

  /** One that a failure has left. */
  @AfterEach
  void endDaemon() throws IOException {
    Path pid = folder.resolve("served.pid");
    if (Files.exists(pid)) {
      long number = Long.parseLong(Files.readString(pid).strip());
      // The number may be another's by now.
      ProcessHandle.of(number)
          .filter(one -> one.info().commandLine().orElse("").contains(" serve "))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void everythingShownWorks() throws IOException, InterruptedException {
    prepareClone();
    port = freePort();
    for (Block block : blocks()) {
      if (!block.title.isEmpty()) {
        Path file = folder.resolve(block.title);
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.body);
      } else if (block.language.equals("console")) {
        runAll(block.body);
      } else {
        assertThat(block.language).as("a block that nobody runs: %s", block.body).isEqualTo("sh");
        assertThat(Files.readString(CLONE.resolve(".ci/run"))).contains(block.body.strip());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        ".github/CONTRIBUTING.md",
        "engine/docs/README.md",
        "engine/docs/adr/README.md"
      })
  void linksLeadSomewhere(String page) throws IOException {
    Path file = CLONE.resolve(page);

    Stream<String> links = LINK.matcher(Files.readString(file)).results().map(one -> one.group(1));

    assertThat(links).allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
  }

  /** What the commands find in a clone that is built. */
  private void prepareClone() throws IOException {
    assertThat(DISTRIBUTION.resolve("bin/nightjar")).as("what `mvn verify` builds before").exists();
    for (Path jar : jars(DISTRIBUTION.resolve("plugins"))) {
      copy(jar, folder.resolve("cli/target/nightjar/plugins").resolve(jar.getFileName()));
    }
    Path launcher = folder.resolve("cli/nightjar");
    Files.writeString(
        launcher, "#!/bin/sh\nexec '%s/bin/nightjar' \"$@\"\n".formatted(DISTRIBUTION));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    for (String file : List.of("workflow.yaml", "schemas/order.json", "data/orders.ndjson")) {
      String path = "workflows/orders/" + file;
      copy(CLONE.resolve(path), folder.resolve(path));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  private static List<Block> blocks() throws IOException {
    String text = Files.readString(CLONE.resolve("README.md"));
    var blocks = new ArrayList<Block>();
    for (Matcher block = BLOCK.matcher(text); block.find(); ) {
      String title = block.group(2) == null ? "" : block.group(2);
      blocks.add(new Block(block.group(1), title, block.group(3)));
    }
    assertThat(FENCE.matcher(text).results()).as("fences").hasSize(2 * blocks.size());
    return blocks;
  }

  private void runAll(String console) throws IOException, InterruptedException {
    for (String part : console.split("(?m)^\\$ ", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int end = part.indexOf('\n');
      String command = part.substring(0, end);
      assertSame(command, part.substring(end + 1), run(command));
    }
  }

  private static void assertSame(String command, String shown, String printed) {
    List<String> parts = Stream.of(alike(shown).split("(?m)^…\n", -1)).map(Pattern::quote).toList();
    if (parts.size() == 1) {
      assertThat(alike(printed)).as(command).isEqualTo(alike(shown));
    } else {
      assertThat(alike(printed)).as(command).matches("(?s)" + String.join(".*\n", parts));
    }
  }

  /** The text without what differs from run to run. */
  private static String alike(String text) {
    return text.lines()
        .filter(line -> !line.contains(BUSY))
        .map(line -> RUN.matcher(line.replaceAll(" +", " ").stripTrailing()).replaceAll("RUN"))
        .map(line -> FIGURE.matcher(line).replaceAll("FIGURE"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private String run(String command) throws IOException, InterruptedException {
    if (command.equals("echo $?")) {
      return exitCode + "\n";
    }
    if (command.equals(BUILD_PLUGIN)) {
      buildPlugin();
      return "";
    }
    assertThat(command).as("a Maven command that nobody runs").doesNotStartWith("mvn");
    String onPort =
        command.replace(SERVE, SERVE + " --port " + port).replace(USUAL_PORT, ":" + port);
    var builder = new ProcessBuilder("sh", "-c", onPort);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "NIGHTJAR_OPTS", "NIGHTJAR_PLUGINS")
        .forEach(builder.environment()::remove);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    exitCode = process.waitFor();
    return printed;
  }

  /** As Maven would from the plugin's POM; Maven itself would need a repository with the SPI. */
  private void buildPlugin() throws IOException {
    Path plugin = folder.resolve("shout");
    String pom = Files.readString(plugin.resolve("pom.xml"));
    String spi = find(pom, "<artifactId>nightjar-spi</artifactId>\\s*<version>(.*)</version>");
    assertThat(DISTRIBUTION.resolve("lib/nightjar-spi-" + spi + ".jar")).exists();

    Path classes = plugin.resolve("target/classes");
    tool(
        "javac",
        "-proc:" + find(pom, "<proc>(.*)</proc>"),
        "--release",
        find(pom, "<maven.compiler.release>(.*)</maven.compiler.release>"),
        "-cp",
        jars(DISTRIBUTION.resolve("lib")).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)),
        "-d",
        classes.toString(),
        plugin.resolve("src/main/java/org/example/Shout.java").toString());

    String version = find(pom, "<version>(.*)</version>");
    Path manifest = plugin.resolve("target/manifest");
    Files.writeString(
        manifest,
        Pattern.compile("<(Plugin-\\w+)>(.*)</\\1>")
            .matcher(pom)
            .results()
            .map(one -> one.group(1) + ": " + one.group(2) + "\n")
            .collect(Collectors.joining())
            .replace("${project.version}", version));
    String jar = find(pom, "<artifactId>(.*)</artifactId>") + "-" + version + ".jar";
    tool(
        "jar",
        "--create",
        "--file",
        plugin.resolve("target").resolve(jar).toString(),
        "--manifest",
        manifest.toString(),
        "-C",
        classes.toString(),
        ".");
  }

  private static String find(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  private static void tool(String name, String... arguments) {
    var said = new StringWriter();
    var out = new PrintWriter(said);
    int code = ToolProvider.findFirst(name).orElseThrow().run(out, out, arguments);
    assertThat(code).as("%s: %s", name, said).isZero();
  }
}
