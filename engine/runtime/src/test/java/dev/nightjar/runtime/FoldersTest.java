package dev.nightjar.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.stage.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

  @TempDir Path temp;

  private Path root;
  private Path outside;
  private Folders folders;

  @BeforeEach
  void folders() throws IOException {
    root = Files.createDirectories(temp.resolve("root/job")).getParent();
    outside = Files.createDirectory(temp.resolve("outside"));
    folders = new Folders(root.resolve("job"), root, false);
  }

  @Test
  void namesWhatLiesBelowTheWorkflowsFolderFromThere() {
    Path job = root.resolve("job");
    assertThat(folders.display(job.resolve("a/b.txt"))).isEqualTo("a/b.txt");
    assertThat(folders.display(job.resolve("a/.b/../c"))).isEqualTo("a/c");
    assertThat(folders.display(job.resolve(".b"))).isEqualTo(".b");
    assertThat(folders.display(job.resolve("..b"))).isEqualTo("..b");
    assertThat(folders.display(job)).isEqualTo(job.toString());
    assertThat(folders.display(job.resolve("../job-2/a"))).isEqualTo(root + "/job-2/a");
    assertThat(folders.display(root.resolve("job-2"))).isEqualTo(root + "/job-2");
    assertThat(folders.display(Path.of("a"))).isEqualTo(Path.of("a").toAbsolutePath().toString());
    assertThat(new Folders(Path.of("/"), root, false).display(Path.of("/a"))).isEqualTo("a");
    assertThat(new Folders(Path.of("/"), root, false).display(Path.of("/"))).isEqualTo("/");
  }

  @Test
  void allowsWhatLiesBelowTheRoot() throws Exception {
    Files.createSymbolicLink(root.resolve("inner"), root.resolve("job"));

    for (String path :
        new String[] {"a", "job/new/deep/b", "job/../c", "inner/d", "job/x/../../e"}) {
      assertThat(folders.writable(root.resolve(path))).isEqualTo(root.resolve(path));
    }
  }

  @Test
  void refusesWhatLeadsOutside() throws Exception {
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("../outside/new"));
    Files.createSymbolicLink(root.resolve("twice"), Path.of("dangling"));
    Files.createSymbolicLink(root.resolve("absolute"), outside.resolve("other"));

    for (String path :
        new String[] {
          "../outside/a",
          "out/a",
          "out/new/deep/a",
          "dangling",
          "dangling/deep/a",
          "twice",
          "absolute",
          "missing/../../outside/a",
          "../root-but-not-really"
        }) {
      assertThatThrownBy(() -> folders.writable(root.resolve(path)))
          .describedAs(path)
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("outside of")
          .hasMessageContaining("--allow-outside");
    }
    assertThat(new Folders(root, root, true).writable(outside)).isEqualTo(outside);
  }

  @Test
  void refusesLinksInACircle() throws Exception {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("b"), Path.of("a"));

    assertThatThrownBy(() -> folders.writable(root.resolve("a")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("circle");
  }

  @Test
  void namesFilesRelativeToTheWorkflow() {
    assertThat(folders.display(root.resolve("job/out/a.txt"))).isEqualTo("out/a.txt");
    assertThat(folders.display(root.resolve("job/../a.txt")))
        .isEqualTo(root.resolve("a.txt").toString());
    assertThat(folders.display(root.resolve("job"))).isEqualTo(root.resolve("job").toString());
  }

  @Test
  void removesLinksAndNotWhatTheyLeadTo() throws Exception {
    Path kept = Files.writeString(outside.resolve("kept"), "x");
    Files.createSymbolicLink(root.resolve("job/link"), outside);

    FolderTree.remove(root.resolve("job"));
    FolderTree.remove(root.resolve("job"));

    assertThat(root.resolve("job")).doesNotExist();
    assertThat(kept).exists();
  }
}
