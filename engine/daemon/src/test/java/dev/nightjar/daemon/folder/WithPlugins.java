package dev.nightjar.daemon.folder;

import dev.nightjar.stage.plugin.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of jars, looked at by hand. */
abstract class WithPlugins {

  @TempDir Path temp;
  Path folder;
  Path work;
  PluginGenerations plugins;

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

  void settle() {
    plugins.look();
    plugins.look();
  }

  List<String> versions() {
    return plugins.current().catalog().plugins().stream()
        .filter(plugin -> !plugin.processors().isEmpty())
        .map(plugin -> plugin.id() + " " + plugin.version())
        .toList();
  }

  Path jar(String name) {
    return folder.resolve(name);
  }

  static TestJar hello(String version) {
    return TestJar.task(
            "hello",
            "hello.greet",
            "h.Greet",
            "@Override public String toString() { return \"" + version + "\"; }")
        .manifest("Plugin-Version", version);
  }

  static TestJar other(String version) {
    return TestJar.plugin("other", Map.of("other.do", "not.There"))
        .manifest("Plugin-Version", version);
  }
}
