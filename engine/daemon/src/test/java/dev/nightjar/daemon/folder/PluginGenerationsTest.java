package dev.nightjar.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.stage.plugin.PluginException;
import dev.nightjar.stage.plugin.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes into force of what lies in the folder. */
final class PluginGenerationsTest extends WithPlugins {

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

  private List<String> problems() {
    return plugins.problems().stream().map(Object::toString).toList();
  }
}
