package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {

  @TempDir Path folder;
  private Path elsewhere;
  private Path tree;

  @BeforeEach
  void grow() throws IOException {
    elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("kept"), "x");
    tree = Files.createDirectories(folder.resolve("tree"));
    for (int i = 0; i < 20; i++) {
      Path deep = Files.createDirectories(tree.resolve("part-" + i).resolve("sink"));
      Files.writeString(deep.resolve("0"), "x");
      Files.createSymbolicLink(deep.resolve("link"), elsewhere);
    }
    Files.writeString(tree.resolve("file"), "x");
  }

  @Test
  void removesAllOfIt() {
    FolderTree.remove(tree);
    assertThat(tree).doesNotExist();
    assertThat(elsewhere.resolve("kept")).exists();
  }

  @Test
  void removesAllOfItTogether() {
    FolderTree.removeTogether(tree);
    assertThat(tree).doesNotExist();
    assertThat(elsewhere.resolve("kept")).exists();
  }

  @Test
  void whatIsNotThereIsFine() {
    FolderTree.remove(folder.resolve("none"));
    FolderTree.removeTogether(folder.resolve("none"));
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
