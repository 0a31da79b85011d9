package dev.nightjar.daemon.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear, grow, stay, and go. */
class FilesDueTest {

  private static final long SECOND = 1_000_000_000;

  @TempDir Path folder;
  private final Map<String, String> seen = new HashMap<>();
  private FilesDue files;

  @BeforeEach
  void watch() throws IOException {
    files = watch("in/*.csv");
  }

  private FilesDue watch(String pattern) throws IOException {
    return new FilesDue(folder.toRealPath(), pattern, Duration.ofSeconds(5));
  }

  private List<String> settled(long second) {
    Map<String, String> settled = files.look(seen, second * SECOND).settled();
    seen.putAll(settled);
    return settled.keySet().stream().map(name -> Path.of(name).getFileName().toString()).toList();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aFileIsDueWhenItHasStayedAsItIs() throws IOException {
    assertThat(settled(0)).as("no folder yet").isEmpty();
    write("in/a.csv", "1");
    write("in/a.txt", "1");
    assertThat(settled(1)).isEmpty();
    write("in/a.csv", "12");
    assertThat(settled(5)).isEmpty();
    write("in/b.csv", "1");
    assertThat(settled(9)).isEmpty();
    assertThat(settled(10)).containsExactly("a.csv");
    assertThat(settled(14)).containsExactly("b.csv");
    assertThat(settled(99)).isEmpty();

    write("in/a.csv", "123");
    assertThat(settled(100)).isEmpty();
    assertThat(settled(105)).as("it has changed").containsExactly("a.csv");
  }

  @Test
  void aFileThatGoesIsForgotten() throws IOException {
    write("in/a.csv", "1");
    settled(0);
    settled(5);
    Files.delete(folder.resolve("in/a.csv"));

    assertThat(files.look(seen, 6 * SECOND).gone())
        .containsExactly(folder.toRealPath().resolve("in/a.csv").toString());
  }

  @Test
  void patternsReachAsFarAsTheySay() throws IOException {
    write("in/x/a.csv", "1");
    write("in/x/y/b.csv", "1");
    write("c.csv", "1");
    settled(0);
    assertThat(settled(9)).isEmpty();

    files = watch("in/**/*.csv");
    settled(10);
    assertThat(settled(20)).containsExactly("a.csv", "b.csv");

    files = watch("c.csv");
    settled(30);
    assertThat(settled(40)).containsExactly("c.csv");
  }
}
