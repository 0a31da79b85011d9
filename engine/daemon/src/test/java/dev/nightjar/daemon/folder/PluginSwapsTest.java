package dev.nightjar.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.folder.ServedWorkflow.Version;
import dev.nightjar.plugin.file.FileRead;
import dev.nightjar.plugin.json.Parse;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.EngineSettings;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.TestJar;
import dev.nightjar.testkit.ManualClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose plugins are replaced again and again, each version working for a run. */
final class PluginSwapsTest {

  private static final int SWAPS = 100;

  /** Until then the engine itself has loaded and compiled what it needs. */
  private static final int WARM = 20;

  /** Classes of one version that stay make more than this in a few swaps. */
  private static final long SLACK = 1 << 20;

  /** Class loaders go with the first or second full collection, if they can go at all. */
  private static final int COLLECTIONS = 20;

  private static final String WORKFLOW =
      """
      name: copy
      steps:
        - uses: file.read
          with: {path: in.ndjson}
        - uses: json.parse
        - uses: json.set
          with: {values: {twice: "record.a * 2"}}
        - uses: file.write
          with: {path: out.ndjson}
      """;

  @TempDir Path temp;
  private final ManualClock clock = new ManualClock();
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
  private Path flows;
  private Path jars;

  @BeforeEach
  void makeFolders() throws IOException {
    flows = Files.createDirectory(temp.resolve("flows"));
    jars = Files.createDirectory(temp.resolve("plugins"));
    Files.writeString(flows.resolve("copy.yaml"), WORKFLOW);
    Files.writeString(flows.resolve("in.ndjson"), "{\"a\": 1}\n{\"a\": 2}\n");
  }

  @Test
  void classesOfAnOldVersionAreUnloadedAfterItsLastRun() throws Exception {
    write(0);
    var folder = new WorkflowFolder(flows, temp.resolve("work/served"), clock);
    try (var plugins = PluginGenerations.open(jars, temp.resolve("work/plugins"))) {
      long warm = 0;
      for (int swap = 1; swap <= SWAPS; swap++) {
        write(swap);
        plugins.look();
        plugins.look();
        folder.look(plugins.current());
        folder.look(plugins.current());
        run(Objects.requireNonNull(folder.find("copy")).inForce(), plugins);
        plugins.keepOnly(List.of());
        if (swap == WARM) {
          collect();
          warm = metaspace();
        }
      }
      collect();

      assertThat(loaders).hasSize(2 * SWAPS);
      assertThat(loaders.stream().filter(loader -> loader.get() != null)).hasSize(2);
      assertThat(metaspace() - warm).isLessThan(SLACK);
      assertThat(Objects.requireNonNull(plugins.current().version("json")).version())
          .isEqualTo("1.0." + SWAPS);
    }
  }

  private void write(int version) throws IOException, URISyntaxException {
    write(FileRead.class, "file", version);
    write(Parse.class, "json", version);
  }

  private void write(Class<?> ofPlugin, String id, int version)
      throws IOException, URISyntaxException {
    Path classes = Path.of(ofPlugin.getProtectionDomain().getCodeSource().getLocation().toURI());
    TestJar.empty()
        .compiled(classes)
        .manifest("Plugin-Id", id)
        .manifest("Plugin-Version", "1.0." + version)
        .write(jars.resolve(id + ".jar"));
  }

  private void run(Version version, PluginGenerations plugins) throws Exception {
    try (PluginGeneration.Use use = plugins.use()) {
      assertThat(version.generation()).isEqualTo(use.generation().number());
      var surroundings =
          new Surroundings(clock, () -> 0, random, clock::sleep, temp.resolve("work"));
      var settings =
          new EngineSettings(2, flows, false, Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO);
      var engine = new Engine(use.host(), surroundings, settings, ResultCache.NONE);
      var request =
          new RunRequest(
              engine.newId(),
              version.workflow(),
              version.digest(),
              List.of(),
              Map.of(),
              Map.of(),
              clock.instant(),
              Engine.startedByHand(clock.instant(), ZoneOffset.UTC),
              null);
      assertThat(engine.start(request, event -> {}).await().outcome()).isEqualTo(Outcome.SUCCEEDED);
      for (String processor : List.of("file.read", "json.parse")) {
        ClassLoader loader = use.host().processor(processor).getClass().getClassLoader();
        assertThat(loader).isNotSameAs(getClass().getClassLoader());
        loaders.add(new WeakReference<>(loader));
      }
    }
    assertThat(flows.resolve("out.ndjson"))
        .hasContent("{\"a\": 1,\"twice\":2}\n{\"a\": 2,\"twice\":4}");
  }

  private void collect() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      if (loaders.stream().filter(loader -> loader.get() != null).count() <= 2) {
        return;
      }
    }
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .findFirst()
        .orElseThrow()
        .getUsed();
  }
}
