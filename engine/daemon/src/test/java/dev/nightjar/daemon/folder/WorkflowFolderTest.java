package dev.nightjar.daemon.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.folder.ServedWorkflow.Version;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.stage.plugin.TestJar;
import dev.nightjar.testkit.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkflowFolderTest {

  @TempDir Path temp;
  private final ManualClock clock = new ManualClock();
  private Path flows;
  private Path jars;
  private PluginGenerations plugins;
  private WorkflowFolder folder;

  @BeforeEach
  void open() throws IOException {
    flows = Files.createDirectory(temp.resolve("flows"));
    jars = Files.createDirectory(temp.resolve("plugins"));
    plugin("hello", "hello.greet");
    plugins = PluginGenerations.open(jars, temp.resolve("work/plugins"));
    restart();
  }

  @AfterEach
  void close() {
    plugins.close();
  }

  @Test
  void servesWhatItFindsAtAnyDepthOnceItHasSettled() throws IOException {
    write("a.yaml", flow("one"));
    Files.createDirectory(flows.resolve("deep"));
    write("deep/b.yml", flow("two"));
    Files.createDirectory(flows.resolve(".hidden"));
    write(".hidden/c.yaml", flow("three"));
    write("notes.txt", "no workflow");

    assertThat(look()).isEmpty();
    assertThat(folder.all()).isEmpty();
    assertThat(look()).containsExactly("Added a.yaml", "Added deep/b.yml");
    assertThat(look()).isEmpty();

    assertThat(folder.all())
        .extracting(ServedWorkflow::display)
        .containsExactly("a.yaml", "deep/b.yml");
    ServedWorkflow one = found("one");
    assertThat(one.file()).isEqualTo(flows.resolve("a.yaml").toAbsolutePath());
    assertThat(one.diagnostics()).isEmpty();
    assertThat(one.since()).isEqualTo(clock.instant());
    assertThat(inForce(one).text()).isEqualTo(flow("one"));
    assertThat(inForce(one).digest()).isEqualTo(Sha256.of(flow("one")));
    assertThat(inForce(one).generation()).isEqualTo(plugins.current().number());
    assertThat(folder.find("three")).isNull();
    assertThat(folder.problems()).isEmpty();
  }

  @Test
  void takesAChange() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    write("a.yaml", flow("one") + "description: Changed.\n");

    assertThat(look()).isEmpty();
    assertThat(look()).containsExactly("Changed a.yaml");

    assertThat(inForce(found("one")).workflow().description()).isEqualTo("Changed.");
    assertThat(inForce(found("one")).since()).isEqualTo(before.plus(Duration.ofMinutes(1)));
  }

  @Test
  void doesNotMindAFileThatIsOnlyTouchedOrReplacedByItsLike() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    ServedWorkflow before = found("one");
    clock.advance(Duration.ofMinutes(1));
    Files.setLastModifiedTime(flows.resolve("a.yaml"), FileTime.from(Instant.EPOCH));
    assertThat(settle()).isEmpty();
    Files.writeString(temp.resolve("same"), flow("one"));
    Files.move(temp.resolve("same"), flows.resolve("a.yaml"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(settle()).isEmpty();

    assertThat(found("one")).isSameAs(before);
  }

  @Test
  void aLookThatFindsNothingReadsNothing() throws IOException {
    for (int i = 0; i < 200; i++) {
      write("f" + i + ".yaml", flow("flow-" + i));
    }
    settle();
    Path file = flows.resolve("f7.yaml");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "x".repeat(flow("flow-7").length()));
    Files.setLastModifiedTime(file, time);

    assertThat(settle()).isEmpty();

    assertThat(found("flow-7").isBroken()).isFalse();
  }

  @Test
  void theLastGoodVersionStaysInForceWhileTheFileIsBroken() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    clock.advance(Duration.ofMinutes(1));
    write("a.yaml", flow("one") + "stps: []\n");

    assertThat(settle()).containsExactly("Broken a.yaml");

    ServedWorkflow broken = found("one");
    assertThat(broken.isBroken()).isTrue();
    assertThat(messages(broken)).containsExactly("a workflow has no key `stps`");
    assertThat(broken.since()).isEqualTo(clock.instant());
    assertThat(inForce(broken).text()).isEqualTo(flow("one"));
    assertThat(inForce(broken).since()).isBefore(clock.instant());

    write("a.yaml", flow("one") + "stps: []\nouputs: {}\n");
    assertThat(settle()).containsExactly("Broken a.yaml");
    write("a.yaml", flow("one"));
    assertThat(settle()).containsExactly("Mended a.yaml");
    assertThat(found("one").diagnostics()).isEmpty();
  }

  @Test
  void alsoOverARestart() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two"));
    settle();
    write("a.yaml", "name: one\nsteps: [");
    Files.delete(flows.resolve("b.yaml"));
    restart();

    assertThat(look()).containsExactly("Added a.yaml");
    assertThat(inForce(found("one")).text()).isEqualTo(flow("one"));
    assertThat(look()).containsExactly("Broken a.yaml");
    assertThat(inForce(found("one")).text()).isEqualTo(flow("one"));

    write("b.yaml", "name: two\n");
    assertThat(settle()).containsExactly("Broken b.yaml");
    assertThat(folder.find("two")).isNull();
  }

  @Test
  void aTextThatWasKeptAndTornIsAsGoodAsNone() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    write("a.yaml", "name: one\n");
    try (Stream<Path> kept = Files.list(temp.resolve("work/served"))) {
      Path one = kept.findFirst().orElseThrow();
      String text = Files.readString(one);
      Files.writeString(one, text.substring(0, text.length() - 3));
    }
    restart();

    assertThat(settle()).containsExactly("Broken a.yaml");
    assertThat(folder.find("one")).isNull();
  }

  @Test
  void aRemovedFileTakesItsWorkflowAlong() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Files.delete(flows.resolve("a.yaml"));

    assertThat(look()).isEmpty();
    assertThat(folder.find("one")).isNotNull();
    assertThat(look()).containsExactly("Removed a.yaml");

    assertThat(folder.all()).isEmpty();
    assertThat(temp.resolve("work/served")).isEmptyDirectory();
  }

  @Test
  void aFileThatIsAwayForOneLookIsNotRemoved() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Files.move(flows.resolve("a.yaml"), temp.resolve("aside"));
    assertThat(look()).isEmpty();
    Files.move(temp.resolve("aside"), flows.resolve("a.yaml"));

    assertThat(settle()).isEmpty();
    assertThat(folder.find("one")).isNotNull();
  }

  @Test
  void yamlForSomebodyElseIsIgnored() throws IOException {
    write("values.yaml", "replicas: 3\n");
    write("list.yaml", "- a\n- b\n");
    write("flow.yaml", "nam: x\nsteps: []\n");

    assertThat(settle()).containsExactly("Broken flow.yaml");
    assertThat(folder.ignored()).containsExactly("list.yaml", "values.yaml");

    write("values.yaml", flow("values"));
    assertThat(settle()).containsExactly("Added values.yaml");
    write("values.yaml", "replicas: 3\n");
    assertThat(settle()).containsExactly("Broken values.yaml");
    assertThat(folder.find("values")).isNotNull();
    assertThat(folder.ignored()).hasSize(1);
  }

  @Test
  void ofTwoFilesWithOneNameTheFirstByPathIsServed() throws IOException {
    write("b.yaml", flow("same"));
    write("a.yaml", flow("same"));

    assertThat(settle()).containsExactly("Added a.yaml", "Broken b.yaml");

    assertThat(found("same").display()).endsWith("a.yaml");
    ServedWorkflow other = folder.all().getLast();
    assertThat(other.inForce()).isNull();
    assertThat(other.diagnostics())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.code().id()).isEqualTo("duplicate-name");
          assertThat(one.place()).hasToString("b.yaml:1:7");
          assertThat(one.message()).isEqualTo("the workflow name `same` is taken by a.yaml");
        });

    Files.delete(flows.resolve("a.yaml"));
    assertThat(settle()).containsExactly("Removed a.yaml", "Mended b.yaml");
    assertThat(found("same").display()).endsWith("b.yaml");
  }

  @Test
  void theFileThatHadANameKeepsItAlsoOverARestart() throws IOException {
    write("b.yaml", flow("same"));
    settle();
    write("a.yaml", flow("same"));

    assertThat(settle()).containsExactly("Broken a.yaml");
    restart();
    assertThat(look()).containsExactly("Added b.yaml");
    assertThat(look()).containsExactly("Broken a.yaml");

    assertThat(found("same").display()).endsWith("b.yaml");
  }

  @Test
  void aFileWhoseNewNameIsTakenKeepsItsOldOne() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two"));
    settle();
    write("b.yaml", flow("one"));
    write("c.yaml", flow("two"));

    assertThat(settle()).containsExactly("Broken b.yaml", "Broken c.yaml");
    assertThat(found("two").display()).endsWith("b.yaml");

    write("a.yaml", flow("three"));
    assertThat(settle()).containsExactly("Changed a.yaml", "Mended b.yaml", "Mended c.yaml");
    assertThat(found("one").display()).endsWith("b.yaml");
    assertThat(found("two").display()).endsWith("c.yaml");
  }

  @Test
  void twoFilesCanSwapTheirNames() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two"));
    settle();
    write("a.yaml", flow("two"));
    write("b.yaml", flow("one"));

    assertThat(settle()).containsExactly("Changed a.yaml", "Changed b.yaml");
    assertThat(found("one").display()).endsWith("b.yaml");
  }

  @Test
  void checksAgainWhenPluginsChange() throws IOException {
    write("a.yaml", flow("one"));
    write("b.yaml", flow("two").replace("hello.greet", "other.do"));
    assertThat(settle()).containsExactly("Added a.yaml", "Broken b.yaml");
    assertThat(messages(folder.all().getLast())).singleElement().asString().contains("other.do");

    plugin("other", "other.do");
    settlePlugins();

    assertThat(look()).containsExactly("Mended b.yaml");
    assertThat(inForce(found("one")).generation()).isEqualTo(plugins.current().number());

    Files.delete(jars.resolve("hello.jar"));
    settlePlugins();

    assertThat(look()).containsExactly("Broken a.yaml");
    assertThat(folder.find("one")).isNull();
    write("a.yaml", "name: one\n");
    settle();
    plugin("hello", "hello.greet");
    settlePlugins();

    assertThat(look()).containsExactly("Broken a.yaml");
    assertThat(inForce(found("one")).text()).isEqualTo(flow("one"));
  }

  @Test
  void readsWhatLinksLeadTo() throws IOException {
    Path target = Files.writeString(temp.resolve("target"), flow("one"));
    Files.createSymbolicLink(flows.resolve("a.yaml"), target);
    Files.createSymbolicLink(flows.resolve("b.yaml"), temp.resolve("nowhere"));
    Files.createSymbolicLink(flows.resolve("c.yaml"), flows.resolve("c.yaml"));
    Files.createSymbolicLink(flows.resolve("d.yaml"), temp);
    Files.createSymbolicLink(flows.resolve("around"), flows);

    assertThat(settle())
        .containsExactly("Added a.yaml", "Broken b.yaml", "Broken c.yaml", "Broken d.yaml");
    assertThat(look()).isEmpty();

    Files.writeString(target, flow("two"));
    Files.writeString(temp.resolve("nowhere"), flow("three"));
    assertThat(settle()).containsExactly("Changed a.yaml", "Mended b.yaml");
    Files.delete(target);
    assertThat(settle()).containsExactly("Broken a.yaml");
    assertThat(found("two").isBroken()).isTrue();
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    write("large.yaml", flow("large") + "#".repeat(2 << 20));
    Files.write(flows.resolve("bytes.yaml"), new byte[] {'a', (byte) 0xFF, 'b'});
    write("empty.yaml", "");

    assertThat(settle())
        .containsExactly("Broken bytes.yaml", "Broken empty.yaml", "Broken large.yaml");
    assertThat(folder.all())
        .flatExtracting(WorkflowFolderTest::messages)
        .hasSize(3)
        .contains("the file is larger than 1 MiB");
  }

  @Test
  void whatLiesInAFolderThatIsAwayStays() throws IOException {
    write("a.yaml", flow("one"));
    settle();
    Files.move(flows, temp.resolve("away"));

    assertThat(settle()).isEmpty();
    assertThat(folder.find("one")).isNotNull();
    assertThat(folder.problems())
        .containsExactly(
            flows + ": cannot be listed: there is no such folder; what was in force there stays");

    Files.writeString(flows, "a file");
    assertThat(settle()).isEmpty();
    assertThat(folder.problems()).singleElement().asString().contains("it is no folder");
    Files.delete(flows);
    Files.move(temp.resolve("away"), flows);

    assertThat(settle()).isEmpty();
    assertThat(folder.problems()).isEmpty();
  }

  @Test
  void goesOnWhenTextsCannotBeKept() throws IOException {
    Files.writeString(temp.resolve("work/served"), "in the way");
    write("a.yaml", flow("one"));

    assertThat(settle()).containsExactly("Added a.yaml");
    assertThat(folder.problems()).singleElement().asString().contains("a.yaml: what is in force");

    Files.delete(temp.resolve("work/served"));
    write("b.yaml", flow("two"));
    settle();
    assertThat(folder.problems()).isEmpty();
    assertThat(Objects.requireNonNull(temp.resolve("work/served").toFile().list())).hasSize(2);
  }

  @Test
  void tenThousandFiles() throws IOException {
    for (int i = 0; i < 100; i++) {
      Path below = Files.createDirectory(flows.resolve("d" + i));
      for (int j = 0; j < 100; j++) {
        Files.writeString(below.resolve(j + ".yaml"), flow("flow-" + i + "-" + j));
      }
    }

    assertThat(settle()).hasSize(10_000);
    Files.delete(flows.resolve("d7/7.yaml"));
    assertThat(settle()).containsExactly("Removed d7/7.yaml");
    assertThat(folder.all()).hasSize(9_999);
  }

  @Test
  void aFileWrittenSlowlyIsTakenWhenItIsWholeOrShowsWhatIsWrong() throws Exception {
    write("a.yaml", flow("one"));
    settle();
    String text = flow("one") + "description: >\n  " + "long ".repeat(40_000) + "\n";
    var started = new CountDownLatch(1);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try (OutputStream out = Files.newOutputStream(flows.resolve("a.yaml"))) {
                for (int from = 0; from < text.length(); from += 100) {
                  out.write(
                      text.substring(from, Math.min(from + 100, text.length())).getBytes(UTF_8));
                  out.flush();
                  started.countDown();
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    started.await();
    while (writer.isAlive()) {
      look();
      // Never gone, and never less than what passes the checks.
      assertThat(text).startsWith(inForce(found("one")).text());
      assertThat(inForce(found("one")).text()).startsWith(flow("one").strip());
    }
    writer.join();
    settle();

    assertThat(inForce(found("one")).text()).isEqualTo(text);
    assertThat(found("one").isBroken()).isFalse();
  }

  private void restart() {
    folder = new WorkflowFolder(flows, temp.resolve("work/served"), clock);
  }

  /** The changes, each as its kind and the file below the folder. */
  private List<String> look() {
    return folder.look(plugins.current()).stream()
        .map(change ->
            change.getClass().getSimpleName()
                + " "
                + flows.toAbsolutePath().relativize(change.workflow().file()))
        .toList();
  }

  private List<String> settle() {
    List<String> changes = new ArrayList<>(look());
    changes.addAll(look());
    return changes;
  }

  private void settlePlugins() {
    plugins.look();
    plugins.look();
  }

  private void plugin(String id, String processor) throws IOException {
    TestJar.plugin(id, Map.of(processor, "not.There")).write(jars.resolve(id + ".jar"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(flows.resolve(name), text);
  }

  private static String flow(String name) {
    return "name: " + name + "\nsteps:\n  - uses: hello.greet\n";
  }

  private ServedWorkflow found(String name) {
    return Objects.requireNonNull(folder.find(name));
  }

  private static Version inForce(ServedWorkflow workflow) {
    return Objects.requireNonNull(workflow.inForce());
  }

  private static List<String> messages(ServedWorkflow workflow) {
    return workflow.diagnostics().stream().map(Diagnostic::message).toList();
  }
}
