package dev.nightjar.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.nightjar.runtime.journal.Event.PluginUsed;
import dev.nightjar.stage.plugin.PluginVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs have of the plugins, for as long as they need it. */
final class PluginUsesTest extends WithPlugins {

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

  private List<PluginUsed> used() {
    PluginVersion now = Objects.requireNonNull(plugins.current().version("hello"));
    return List.of(new PluginUsed(now.id(), now.version(), now.sha256()));
  }

  private static String said(PluginGeneration.Use use) {
    return use.host().processor("hello.greet").toString();
  }
}
