package dev.nightjar.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.file.Glob.Matches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobTest {

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name :
        List.of(
            "a.txt",
            "b.txt",
            "B.txt",
            "c.json",
            "\u00e9.txt",
            ".hidden.txt",
            "[x].txt",
            "sub/a.txt",
            "sub/deep/a.txt",
            "sub-b/a.txt",
            ".git/a.txt")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    Files.createDirectory(folder.resolve("d.txt"));
    Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
    Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("c.json"));
  }

  private List<String> files(String pattern) throws IOException {
    Matches matches = Glob.matches(folder.resolve(pattern), () -> {});
    return matches.paths().stream()
        .filter(path -> Found.at(path, matches.written()) != null)
        .map(file -> folder.relativize(file).toString())
        .toList();
  }

  @Test
  void matchesInsideOneNameInTheOrderOfBytes() throws IOException {
    assertThat(files("*.txt")).containsExactly("B.txt", "[x].txt", "a.txt", "b.txt", "\u00e9.txt");
    assertThat(files("?.txt")).containsExactly("B.txt", "a.txt", "b.txt", "\u00e9.txt");
    assertThat(files("[a-c].*")).containsExactly("a.txt", "b.txt", "c.json");
    assertThat(files("[!a-c].txt")).containsExactly("B.txt", "\u00e9.txt");
    assertThat(files(".*.txt")).containsExactly(".hidden.txt");
  }

  @Test
  void takesAPathThatExistsAsItIsWritten() throws IOException {
    assertThat(files("[x].txt")).containsExactly("[x].txt");
    assertThat(files("sub")).containsExactly("sub");
    assertThat(files("none.txt")).isEmpty();
  }

  @Test
  void eitherOfSeveral() throws IOException {
    assertThat(files("{b,c,zz}.{txt,json}")).containsExactly("b.txt", "c.json");
    assertThat(files("{sub/{deep,none},sub-b}/*")).containsExactly("sub-b/a.txt", "sub/deep/a.txt");
    assertThat(files("{a.txt")).isEmpty();
    assertThatThrownBy(() -> files("{a,b}".repeat(20))).hasMessageContaining("over 1000 paths");
  }

  @Test
  void goesDownAnyNumberOfFoldersButNotThroughLinks() throws IOException {
    assertThat(files("**/a.txt"))
        .containsExactly("a.txt", "sub-b/a.txt", "sub/a.txt", "sub/deep/a.txt");
    assertThat(files("sub/**")).containsExactly("sub/a.txt", "sub/deep/a.txt");
    assertThat(files("**/**/**/deep/**/*.txt")).containsExactly("sub/deep/a.txt");
    assertThat(files("*/loop/c.json")).containsExactly("sub/loop/c.json");
    assertThat(files("**/*.json")).containsExactly("c.json", "link.json");
  }

  @Test
  void hostilePatternsEndSoon() {
    var pattern = NamePattern.of("*a".repeat(500) + "b");
    assertThat(pattern.matches("a".repeat(2000))).isFalse();
    assertThat(NamePattern.of("[").matches("[")).isTrue();
    assertThat(NamePattern.of("[]]").matches("]")).isTrue();
    assertThat(NamePattern.of("[!").matches("[!")).isTrue();
    assertThat(NamePattern.of("a*b*c").matches("aXbYbZc")).isTrue();
  }
}
