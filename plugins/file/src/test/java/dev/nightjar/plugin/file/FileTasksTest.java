package dev.nightjar.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.PermanentFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTasksTest {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void begin() throws Exception {
    trial = new Trial(folder);
    trial.file("in/a.txt", "a");
    trial.file("in/b.txt", "b");
  }

  private Path at(String path) {
    return trial.folder.resolve(path);
  }

  private FileCopy.Options copy(String from, String to, String folder, Occupied exists) {
    return new FileCopy.Options(
        List.of(at(from)),
        to == null ? null : at(to),
        folder == null ? null : at(folder),
        exists,
        Missing.FAIL);
  }

  private FileMove.Options move(String from, String to, String folder, Occupied exists) {
    return new FileMove.Options(
        List.of(at(from)),
        to == null ? null : at(to),
        folder == null ? null : at(folder),
        exists,
        Missing.FAIL);
  }

  @Test
  void copiesFilesWithTheirPermissions() throws Exception {
    Files.setPosixFilePermissions(at("in/a.txt"), PosixFilePermissions.fromString("rwx------"));
    trial.run(new FileCopy(), copy("in/*.txt", null, "out/deep", Occupied.FAIL));
    assertThat(trial.content("out/deep/a.txt") + trial.content("out/deep/b.txt")).isEqualTo("ab");
    assertThat(Files.getPosixFilePermissions(at("out/deep/a.txt"))).hasSize(3);
    assertThat(trial.names("out/deep")).containsExactly("a.txt", "b.txt");
    assertThat(trial.outputs).containsEntry("files", 2);
  }

  @Test
  void asksWhatToDoAboutFilesThatAreThere() throws Exception {
    assertThatThrownBy(
            () -> trial.run(new FileCopy(), copy("in/a.txt", "in/b.txt", null, Occupied.FAIL)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("in/b.txt is there already");
    trial.run(new FileCopy(), copy("in/a.txt", "in/b.txt", null, Occupied.SKIP));
    assertThat(trial.content("in/b.txt")).isEqualTo("b");
    trial.run(new FileCopy(), copy("in/a.txt", "in/b.txt", null, Occupied.OVERWRITE));
    assertThat(trial.content("in/b.txt")).isEqualTo("a");
    assertThatThrownBy(
            () -> trial.run(new FileCopy(), copy("in/a.txt", null, "in", Occupied.OVERWRITE)))
        .hasMessageContaining("are the same file");
    assertThatThrownBy(() -> trial.run(new FileCopy(), copy("in/*", "x", null, Occupied.FAIL)))
        .hasMessageContaining("say folder instead");
  }

  @Test
  void movesFiles() throws Exception {
    trial.run(new FileMove(), move("in/*", null, "done", Occupied.FAIL));
    assertThat(trial.names("in")).isEmpty();
    assertThat(trial.names("done")).containsExactly("a.txt", "b.txt");
    assertThatThrownBy(
            () -> trial.run(new FileMove(), move("done/a.txt", "../x", null, Occupied.FAIL)))
        .hasMessageContaining("outside");
    assertThatThrownBy(() -> trial.run(new FileMove(), move("in/*", null, "done", Occupied.FAIL)))
        .hasMessageStartingWith("no file matches in/*");
  }

  @Test
  void doesNotMoveFilesOutOfOtherFolders(@TempDir Path elsewhere) throws Exception {
    Path foreign = Files.writeString(elsewhere.resolve("x"), "");
    var options =
        new FileMove.Options(List.of(foreign), at("x"), null, Occupied.FAIL, Missing.FAIL);
    assertThatThrownBy(() -> trial.run(new FileMove(), options)).hasMessageContaining("outside");
    assertThat(foreign).exists();
  }

  private FileDelete.Options delete(String path, boolean recursive) {
    return new FileDelete.Options(List.of(at(path)), recursive, Missing.IGNORE);
  }

  @Test
  void deletesLinksNotWhatTheyPointTo(@TempDir Path elsewhere) throws Exception {
    Path foreign = Files.writeString(elsewhere.resolve("x"), "");
    Files.createSymbolicLink(at("in/link"), elsewhere);
    trial.run(new FileDelete(), delete("in", true));
    assertThat(at("in")).doesNotExist();
    assertThat(foreign).exists();
    assertThat(trial.outputs).containsEntry("files", 3L);
    trial.run(new FileDelete(), delete("in", true));
  }

  @Test
  void deletesFoldersOnlyWhenToldAndNeverTheWorkflowsOwn() {
    assertThatThrownBy(() -> trial.run(new FileDelete(), delete("in", false)))
        .hasMessageContaining("in is a folder: say `recursive: true`");
    assertThatThrownBy(() -> trial.run(new FileDelete(), delete(".", true)))
        .hasMessageContaining("outside");
    assertThatThrownBy(() -> trial.run(new FileDelete(), delete("in/../..", true)))
        .hasMessageContaining("outside");
    assertThat(at("in/a.txt")).exists();
  }

  @Test
  void listsFiles() throws Exception {
    Files.setLastModifiedTime(at("in/a.txt"), FileTime.from(Instant.ofEpochSecond(5)));
    var options = new FileList.Options(List.of(at("in/a*")), Missing.FAIL);
    new FileList().process(options, List.<DataRecord>of()::iterator, trial, trial);
    assertThat(trial.texts())
        .containsExactly(
            "{\"path\":\"in/a.txt\",\"name\":\"a.txt\",\"size\":1,\"modified\":\"1970-01-01T00:00:05Z\"}");
  }
}
