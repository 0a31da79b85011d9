package dev.nightjar.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.runtime.journal.Event.PluginUsed;
import dev.nightjar.stage.plugin.PluginException;
import dev.nightjar.stage.plugin.PluginVersion;
import dev.nightjar.stage.plugin.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginGenerationsTest {

  @TempDir Path temp;
  private Path folder;
  private Path work;
  private PluginGenerations plugins;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectory(temp.resolve("plug ins"));
    work = temp.resolve("work");
    hello("1.0.0").write(jar("hello.jar"));
    plugins = PluginGenerations.open(folder, work);
  }

  @AfterEach
  void close() {
    plugins.close();
  }

  @Test
  void servesAtOnceWhatIsThere() {
    assertThat(versions()).containsExactly("hello 1.0.0");
    assertThat(plugins.current().number()).isEqualTo(1);
    assertThat(plugins.problems()).isEmpty();
    assertThat(plugins.look()).isFalse();
    assertThat(plugins.current().number()).isEqualTo(1);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> PluginGenerations.open(temp.resolve("gone"), work))
        .withMessageContaining("cannot be listed");
  }

  @Test
  void takesANewJarOnceItHasSettled() throws IOException {
    other("1.0.0").write(jar("other.jar"));

    assertThat(plugins.look()).isFalse();
    assertThat(versions()).containsExactly("hello 1.0.0");
    assertThat(plugins.look()).isTrue();
    assertThat(versions()).containsExactly("hello 1.0.0", "other 1.0.0");
    assertThat(plugins.current().number()).isEqualTo(2);
  }

  @Test
  void waitsForAJarThatGrows() throws IOException {
    byte[] whole = Files.readAllBytes(other("1.0.0").write(temp.resolve("whole.jar")));
    for (int length = 100; length < whole.length; length += 100) {
      Files.write(jar("other.jar"), Arrays.copyOf(whole, length));
      assertThat(plugins.look()).isFalse();
    }
    Files.write(jar("other.jar"), whole);

    settle();

    assertThat(versions()).containsExactly("hello 1.0.0", "other 1.0.0");
    assertThat(plugins.problems()).isEmpty();
    assertThat(plugins.current().number()).isEqualTo(2);
  }

  @Test
  void keepsTheOldVersionWhileACopyOfTheNewOneStandsStill() throws IOException {
    byte[] whole = Files.readAllBytes(hello("2.0.0").write(temp.resolve("whole.jar")));
    Files.write(jar("hello.jar"), Arrays.copyOf(whole, whole.length / 2));

    settle();

    assertThat(versions()).containsExactly("hello 1.0.0");
    assertThat(plugins.current().number()).isEqualTo(1);
    assertThat(problems()).singleElement().asString().contains("hello.jar: is no jar, or not yet");

    int written = whole.length / 2;
    Files.write(
        jar("hello.jar"),
        Arrays.copyOfRange(whole, written, whole.length),
        StandardOpenOption.APPEND);
    settle();

    assertThat(versions()).containsExactly("hello 2.0.0");
    assertThat(plugins.problems()).isEmpty();
  }

  @Test
  void seesAJarMovedOverAnotherOfTheSameSizeAndTime() throws IOException {
    padded(jar("hello.jar"));
    settle();
    Path next = padded(hello("2.0.0").write(temp.resolve("next.jar")));
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(jar("hello.jar")));
    Files.move(next, jar("hello.jar"), StandardCopyOption.REPLACE_EXISTING);

    settle();

    assertThat(versions()).containsExactly("hello 2.0.0");
  }

  @Test
  void doesNotMindAJarThatWasOnlyTouched() throws IOException {
    Files.copy(jar("hello.jar"), temp.resolve("same.jar"));
    Files.move(temp.resolve("same.jar"), jar("hello.jar"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(plugins.look()).isFalse();
    assertThat(plugins.look()).isFalse();
    assertThat(plugins.current().number()).isEqualTo(1);
  }

  @Test
  void forgetsAJarThatIsRemovedAndNotOneThatIsOnlyBeingReplaced() throws IOException {
    Path aside = Files.move(jar("hello.jar"), temp.resolve("aside.jar"));
    assertThat(plugins.look()).isFalse();
    Files.move(aside, jar("hello.jar"));
    assertThat(plugins.look()).isFalse();
    assertThat(versions()).containsExactly("hello 1.0.0");

    Files.delete(jar("hello.jar"));
    settle();

    assertThat(versions()).isEmpty();
    assertThat(plugins.problems()).isEmpty();
  }

  @Test
  void notesABrokenJarAndServesTheOthers() throws IOException {
    TestJar.empty().manifest("Plugin-Id", "bad").write(jar("bad.jar"));
    other("1.0.0").write(jar("other.jar"));

    settle();

    assertThat(versions()).containsExactly("hello 1.0.0", "other 1.0.0");
    assertThat(problems()).singleElement().asString().contains("bad.jar", "no Plugin-Version");
  }

  @Test
  void keepsTheOldVersionOfAPluginWhoseNewOneCannotBeUsed() throws IOException {
    hello("2.0.0").without("META-INF/nightjar/processors.json").write(jar("hello.jar"));
    other("1.0.0").write(jar("other.jar"));

    settle();

    assertThat(versions()).containsExactly("hello 1.0.0", "other 1.0.0");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("hello.jar: has no processors", "the version before stays in force");

    hello("3.0.0").write(jar("hello.jar"));
    settle();

    assertThat(versions()).containsExactly("hello 3.0.0", "other 1.0.0");
    assertThat(plugins.problems()).isEmpty();
  }

  @Test
  void keepsBothWhenANewPairDoesNotFit() throws IOException {
    other("1.0.0").manifest("Plugin-Dependencies", "hello").write(jar("other.jar"));
    settle();
    hello("2.0.0").without("Plugin-Id").write(jar("hello.jar"));
    other("2.0.0").manifest("Plugin-Dependencies", "hello").write(jar("other.jar"));

    settle();

    assertThat(versions()).containsExactly("hello 1.0.0", "other 1.0.0");
    assertThat(problems()).hasSize(2).allMatch(one -> one.contains("stays in force"));
  }

  @Test
  void leavesASecondJarOfAPluginOutUntilTheFirstIsGone() throws IOException {
    hello("2.0.0").write(jar("hello-2.jar"));

    settle();

    assertThat(versions()).containsExactly("hello 1.0.0");
    assertThat(plugins.current().number()).isEqualTo(1);
    assertThat(problems())
        .containsExactly(
            jar("hello-2.jar")
                + ": has the plugin id `hello`, as has "
                + jar("hello.jar")
                + "; they exclude each other, keep one of them (left out: what was in force stays)");

    Files.delete(jar("hello.jar"));
    settle();

    assertThat(versions()).containsExactly("hello 2.0.0");
    assertThat(plugins.problems()).isEmpty();
  }

  @Test
  void takesAVersionThatHasGivenUpAProcessor() throws IOException {
    TestJar.plugin("hello", Map.of("hello.wave", "not.There")).write(jar("hello.jar"));

    settle();

    assertThat(plugins.current().catalog().processors())
        .extracting(ProcessorDeclaration::name)
        .containsExactly("hello.wave");
  }

  @Test
  void keepsWhatWasInForceOverARestart() throws IOException {
    hello("2.0.0").without("Plugin-Id").write(jar("hello.jar"));
    other("1.0.0").write(jar("other.jar"));
    plugins.close();

    plugins = PluginGenerations.open(folder, work);

    assertThat(versions()).containsExactly("hello 1.0.0", "other 1.0.0");
    assertThat(problems()).singleElement().asString().contains("stays in force");
  }

  @Test
  void keepsWhatWasInForceWhileTheFolderIsAway() throws IOException {
    Files.move(folder, temp.resolve("away"));

    assertThat(plugins.look()).isTrue();
    assertThat(plugins.look()).isFalse();

    assertThat(versions()).containsExactly("hello 1.0.0");
    assertThat(problems()).containsExactly(folder + ": cannot be listed; what was in force stays");

    Files.move(temp.resolve("away"), folder);
    assertThat(plugins.look()).isTrue();
    assertThat(plugins.problems()).isEmpty();
    assertThat(plugins.current().number()).isEqualTo(1);
  }

  @Test
  void notesWhatIsNoFileAndALinkThatLeadsNowhere() throws IOException {
    Files.createDirectory(jar("folder.jar"));
    Files.createSymbolicLink(jar("link.jar"), temp.resolve("nowhere"));
    settle();
    assertThat(problems())
        .containsExactly(
            jar("folder.jar") + ": cannot be copied: it is no file",
            jar("link.jar") + ": cannot be copied: it is no file");
    assertThat(plugins.look()).isFalse();

    other("1.0.0").write(temp.resolve("nowhere"));
    settle();

    assertThat(versions()).containsExactly("hello 1.0.0", "other 1.0.0");
  }

  @Test
  void aRunKeepsTheVersionItBeganWith() throws IOException {
    try (PluginGeneration.Use old = plugins.use()) {
      hello("2.0.0").write(jar("hello.jar"));
      settle();
      try (PluginGeneration.Use fresh = plugins.use()) {
        // Loaded only now, when its jar is long another.
        assertThat(said(old)).isEqualTo("1.0.0");
        assertThat(said(fresh)).isEqualTo("2.0.0");
        assertThat(old.generation().number()).isLessThan(fresh.generation().number());
      }
    }
  }

  @Test
  void anOldGenerationEndsWithItsLastUse() throws IOException {
    PluginGeneration.Use first = plugins.use();
    PluginGeneration.Use second = plugins.use();
    said(first);
    hello("2.0.0").write(jar("hello.jar"));
    settle();

    first.close();
    first.close();
    assertThat(said(second)).isEqualTo("1.0.0");
    second.close();

    assertThatIllegalStateException().isThrownBy(() -> second.host().processor("hello.greet"));
    assertThat(work.resolve("loaded")).isEmptyDirectory();
  }

  @Test
  void aNewGenerationDoesNotEndWhileNobodyUsesIt() {
    plugins.use().close();

    try (PluginGeneration.Use again = plugins.use()) {
      assertThat(said(again)).isEqualTo("1.0.0");
    }
  }

  @Test
  void givesNothingOutOnceClosed() {
    plugins.close();
    plugins.close();

    assertThatIllegalStateException().isThrownBy(plugins::use);
    assertThatIllegalStateException().isThrownBy(() -> plugins.forRun(List.of()));
  }

  @Test
  void aRunGoesOnWithWhatItBeganWithAfterARestart() throws IOException {
    List<PluginUsed> began = used();
    plugins.close();
    hello("2.0.0").write(jar("hello.jar"));
    plugins = PluginGenerations.open(folder, work);

    try (PluginGeneration.Use use = plugins.forRun(began).orElseThrow();
        PluginGeneration.Use same = plugins.forRun(began).orElseThrow()) {
      assertThat(said(use)).isEqualTo("1.0.0");
      assertThat(same.host()).isSameAs(use.host());
    }
    assertThat(versions()).containsExactly("hello 2.0.0");
    assertThat(work.resolve("loaded")).isEmptyDirectory();
    try (PluginGeneration.Use use = plugins.forRun(used()).orElseThrow()) {
      assertThat(use.generation()).isSameAs(plugins.current());
    }
  }

  @Test
  void keepsJarsForAsLongAsARunNeedsThem() throws IOException {
    List<PluginUsed> began = used();
    hello("2.0.0").write(jar("hello.jar"));
    settle();

    plugins.keepOnly(began);
    plugins.forRun(began).orElseThrow().close();
    plugins.keepOnly(List.of());

    assertThat(plugins.forRun(began)).isEmpty();
    assertThat(plugins.forRun(List.of(new PluginUsed("bare", "1.0.0", "")))).isEmpty();
    try (Stream<Path> kept = Files.list(work.resolve("kept"));
        PluginGeneration.Use use = plugins.use()) {
      assertThat(kept).hasSize(1);
      assertThat(said(use)).isEqualTo("2.0.0");
    }
  }

  @Test
  void aLookThatFindsNothingReadsNothing() throws IOException {
    var time = Files.getLastModifiedTime(jar("hello.jar"));
    byte[] other = new byte[Math.toIntExact(Files.size(jar("hello.jar")))];
    Files.write(jar("hello.jar"), other);
    Files.setLastModifiedTime(jar("hello.jar"), time);

    settle();

    assertThat(plugins.problems()).isEmpty();
  }

  /** Zips end with their directory: zeros before them change their size alone. */
  private static Path padded(Path jar) throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    byte[] padded = new byte[1 << 13];
    System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
    return Files.write(jar, padded);
  }

  private void settle() {
    plugins.look();
    plugins.look();
  }

  private List<String> versions() {
    return plugins.current().catalog().plugins().stream()
        .filter(plugin -> !plugin.processors().isEmpty())
        .map(plugin -> plugin.id() + " " + plugin.version())
        .toList();
  }

  private List<String> problems() {
    return plugins.problems().stream().map(Object::toString).toList();
  }

  private List<PluginUsed> used() {
    PluginVersion now = Objects.requireNonNull(plugins.current().version("hello"));
    return List.of(new PluginUsed(now.id(), now.version(), now.sha256()));
  }

  private static String said(PluginGeneration.Use use) {
    return use.host().processor("hello.greet").toString();
  }

  private Path jar(String name) {
    return folder.resolve(name);
  }

  private static TestJar hello(String version) {
    return TestJar.task(
            "hello",
            "hello.greet",
            "h.Greet",
            "@Override public String toString() { return \"" + version + "\"; }")
        .manifest("Plugin-Version", version);
  }

  private static TestJar other(String version) {
    return TestJar.plugin("other", Map.of("other.do", "not.There"))
        .manifest("Plugin-Version", version);
  }
}
