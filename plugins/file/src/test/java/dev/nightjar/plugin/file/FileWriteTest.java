package dev.nightjar.plugin.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.plugin.file.FileWrite.Existing;
import dev.nightjar.plugin.file.FileWrite.Options;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWriteTest {

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void begin() {
    trial = new Trial(folder);
  }

  private record Text(boolean constant, Function<DataRecord, String> of) implements Template {
    @Override
    public String text(DataRecord record) {
      return of.apply(record);
    }
  }

  private static Options to(String path, Existing exists) {
    return to(new Text(true, record -> path), exists, null);
  }

  private static Options to(Template path, Existing exists, String separator) {
    return new Options(path, null, "", false, exists, separator, Compression.AUTO);
  }

  private static Options perRecord(Function<DataRecord, String> path) {
    return to(new Text(false, path), Existing.OVERWRITE, null);
  }

  private Options perFile(String folder, String suffix, boolean keepFolders) {
    return new Options(
        null,
        trial.folder.resolve(folder),
        suffix,
        keepFolders,
        Existing.OVERWRITE,
        null,
        Compression.AUTO);
  }

  private static DataRecord[] texts(String... texts) {
    var records = new DataRecord[texts.length];
    for (int i = 0; i < texts.length; i++) {
      records[i] = Trial.text(texts[i]);
    }
    return records;
  }

  @Test
  void putsPartsTogetherInTheirOrder() throws Exception {
    var options = to("out/deep/x.txt", Existing.OVERWRITE);
    trial.write(options, texts("a", "b")).write(options).write(options, texts("c"));
    assertThat(trial.folder.resolve("out")).as("nothing visible before the commit").doesNotExist();
    trial.commit(options);
    assertThat(trial.content("out/deep/x.txt")).isEqualTo("a\nb\nc\n");
    assertThat(trial.names("out/deep")).containsExactly("x.txt");
    assertThat(trial.outputs)
        .containsEntry("files", 1)
        .containsEntry("bytes", 6L)
        .containsEntry("path", "out/deep/x.txt");
  }

  @Test
  void writesAnEmptyFileWhenNoRecordComes() throws Exception {
    var options = to("x.txt", Existing.OVERWRITE);
    trial.write(options).commit(options);
    assertThat(trial.content("x.txt")).isEmpty();
    Files.delete(trial.folder.resolve("x.txt"));
    trial.parts.clear();
    trial.commit(options);
    assertThat(trial.content("x.txt")).isEmpty();
  }

  @Test
  void separatesTextsByLinesAndBytesByNothing() throws Exception {
    var options = to("x", Existing.OVERWRITE);
    byte[] bytes = {1, 2};
    trial
        .write(options, DataRecord.bytes(bytes, 0, 2, Origin.NONE), Trial.text("t"))
        .commit(options);
    assertThat(trial.content("x")).isEqualTo("\u0001\u0002t\n");
    var given = to(new Text(true, r -> "y"), Existing.OVERWRITE, "; ");
    var other = new Trial(folder).write(given, texts("a", "b")).commit(given);
    assertThat(other.content("y")).isEqualTo("a; b; ");
  }

  @Test
  void commitTwiceGivesTheSameBytes() throws Exception {
    for (Existing exists : Existing.values()) {
      String name = "x-" + exists;
      if (exists == Existing.APPEND) {
        trial.file(name, "old\n");
      }
      var options = to(name, exists);
      var one = new Trial(folder).write(options, texts("a")).write(options, texts("b"));
      var parts = one.partSizes();
      String first = one.commit(options).content(name);
      assertThat(one.partSizes()).as("a part that has changed counts as lost").isEqualTo(parts);
      assertThat(first).isEqualTo(exists == Existing.APPEND ? "old\na\nb\n" : "a\nb\n");
      assertThat(one.commit(options).commit(options).content(name)).isEqualTo(first);
    }
  }

  @Test
  void appendsAgainInTheNextRunAndEndsTheLastLineFirst() throws Exception {
    var options = to("x.txt", Existing.APPEND);
    trial.file("x.txt", "no end");
    new Trial(folder).write(options, texts("a")).commit(options);
    new Trial(folder).write(options, texts("b")).commit(options);
    assertThat(trial.content("x.txt")).isEqualTo("no end\na\nb\n");
  }

  @Test
  void failsEarlyWhenTheFileIsThereAndLeavesIt() throws Exception {
    var options = to("x.txt", Existing.FAIL);
    trial.file("x.txt", "old");
    assertThatThrownBy(() -> trial.write(options, texts("a")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("x.txt is there already");
    var late = to("y.txt", Existing.FAIL);
    var other = new Trial(folder).write(late, texts("a"));
    trial.file("y.txt", "somebody else's");
    assertThatThrownBy(() -> other.commit(late)).isInstanceOf(PermanentFailure.class);
    assertThat(trial.content("y.txt")).isEqualTo("somebody else's");
  }

  @Test
  void compressesByNameIntoOneMemberWhateverTheParts() throws Exception {
    var options = to("x.gz", Existing.OVERWRITE);
    trial.write(options, texts("a")).write(options, texts("b", "c")).commit(options);
    byte[] three = Files.readAllBytes(trial.folder.resolve("x.gz"));
    new Trial(folder).write(options, texts("a", "b", "c")).commit(options);
    assertThat(Files.readAllBytes(trial.folder.resolve("x.gz"))).isEqualTo(three);
    assertThat(unpacked("x.gz")).isEqualTo("a\nb\nc\n");
    var append = to("x.gz", Existing.APPEND);
    new Trial(folder).write(append, texts("d")).commit(append);
    assertThat(unpacked("x.gz")).isEqualTo("a\nb\nc\nd\n");
  }

  private String unpacked(String path) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(trial.folder.resolve(path)))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void recordsNameTheirFiles() throws Exception {
    var options = perRecord(r -> "out/" + r.text().charAt(0) + ".txt");
    trial.write(options, texts("a1", "b1", "a2")).write(options, texts("b2", "c1"));
    trial.commit(options);
    assertThat(trial.names("out")).containsExactly("a.txt", "b.txt", "c.txt");
    assertThat(trial.content("out/a.txt")).isEqualTo("a1\na2\n");
    assertThat(trial.content("out/b.txt")).isEqualTo("b1\nb2\n");
    assertThat(trial.outputs).containsEntry("files", 3).doesNotContainKey("path");
  }

  @Test
  void moreFilesThanMayBeOpen() throws Exception {
    Path part = Files.createDirectory(folder.resolve("part"));
    try (var files = new PartFiles(part, 8, 3)) {
      for (int i = 0; i < 100; i++) {
        files.write(new Naming.Named("n" + i % 7, ""), Trial.text("record " + i), new byte[] {';'});
      }
      files.finish();
    }
    var entries = PartIndex.read(part);
    assertThat(entries)
        .extracting(PartIndex.Entry::path)
        .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6");
    for (int n = 0; n < 7; n++) {
      var expected = new StringBuilder();
      for (int i = n; i < 100; i += 7) {
        expected.append("record ").append(i).append(';');
      }
      assertThat(PartIndex.file(part, n)).hasContent(expected.toString());
    }
  }

  @Test
  void rejectsRecordsWithoutAName() throws Exception {
    var options =
        perRecord(r -> {
          if (r.text().equals("none")) {
            throw new Rejected("no day");
          }
          return r.text();
        });
    trial.write(options, texts("none", "", "a/", "n\0ul", "fine")).commit(options);
    assertThat(trial.rejects).hasSize(4).element(0).isEqualTo(": no day");
    assertThat(trial.content("fine")).isEqualTo("fine\n");
  }

  @Test
  void rejectsNamesThatNoDiskTakes() throws Exception {
    var options = perRecord(DataRecord::text);
    trial.write(options, texts("x".repeat(256), "d/".repeat(3000) + "x", "fine")).commit(options);
    assertThat(trial.rejects).hasSize(2);
    assertThat(trial.names(".")).containsExactly("fine");
  }

  @Test
  void noFileIsAlsoAFolder() throws Exception {
    var options = perRecord(DataRecord::text);
    trial.write(options, texts("A", "a", "a/b"));
    assertThatThrownBy(() -> trial.commit(options))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("a cannot be a file and the folder of a/b");
    assertThat(trial.names(".")).isEmpty();
  }

  @Test
  void anInterruptInTheCommitIsACancelAndChangesNothing() throws Exception {
    trial.file("x", "old");
    var options = to("x", Existing.OVERWRITE);
    trial.write(options, texts("a")).write(options, texts("b"));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> trial.commit(options)).isInstanceOf(Cancelled.class);
    } finally {
      Thread.interrupted();
    }
    assertThat(trial.content("x")).isEqualTo("old");
    assertThat(trial.names(".")).containsExactly("x");
  }

  @Test
  void oneFileForEachFileRead() throws Exception {
    var options = perFile("out", ".clean", false);
    trial
        .write(options, Trial.from("data/a.txt", "1"), Trial.from("data/b.txt", "2"))
        .write(options, Trial.from("data/b.txt", "3"), Trial.text("made"))
        .commit(options);
    assertThat(trial.names("out")).containsExactly("a.txt.clean", "b.txt.clean");
    assertThat(trial.content("out/b.txt.clean")).isEqualTo("2\n3\n");
    assertThat(trial.rejects).singleElement().asString().contains("comes from no file");
  }

  @Test
  void filesOfOneNameNeedTheirFolders() throws Exception {
    var flat = perFile("out", "", false);
    trial.write(flat, Trial.from("x/a", "1")).write(flat, Trial.from("y/a", "2"));
    assertThatThrownBy(() -> trial.commit(flat))
        .hasMessage("both x/a and y/a would be written to out/a: say `keep_folders: true`");
    var kept = perFile("out", "", true);
    var other = new Trial(folder);
    other.write(kept, Trial.from("x/a", "1"), Trial.from("/y/a", "2"), Trial.from("../z/a", "3"));
    other.commit(kept);
    assertThat(other.content("out/x/a") + other.content("out/y/a") + other.content("out/a"))
        .isEqualTo("1\n2\n3\n");
  }

  @Test
  void leavesTheFolderNeverNotEvenThroughALink() throws Exception {
    assertThatThrownBy(() -> trial.write(to("../x", Existing.OVERWRITE), texts("a")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("outside");
    Files.createSymbolicLink(trial.folder.resolve("away"), Path.of("/tmp"));
    var names = perRecord(r -> "away/nightjar-test");
    assertThatThrownBy(() -> trial.write(names, texts("a"))).hasMessageContaining("outside");
    var file = to("link", Existing.OVERWRITE);
    trial.write(file, texts("a"));
    Files.createSymbolicLink(trial.folder.resolve("link"), Path.of("/etc/hostname"));
    assertThatThrownBy(() -> trial.commit(file)).hasMessageContaining("outside");
  }

  @Test
  void writesThroughALinkThatStaysInside() throws Exception {
    trial.file("real", "old");
    Files.createSymbolicLink(trial.folder.resolve("link"), Path.of("real"));
    var options = to("link", Existing.OVERWRITE);
    trial.write(options, texts("new")).commit(options);
    assertThat(trial.folder.resolve("link")).isSymbolicLink();
    assertThat(trial.content("real")).isEqualTo("new\n");
  }

  /** A single part becomes the file without being copied; a later run must not reach through. */
  @Test
  void laterRunsLeaveThePartsAsTheyAre() throws Exception {
    var options = to("x.txt", Existing.OVERWRITE);
    trial.write(options, texts("a")).commit(options);
    for (Existing exists : new Existing[] {Existing.APPEND, Existing.OVERWRITE}) {
      var later = to("x.txt", exists);
      new Trial(folder).write(later, texts("b")).commit(later);
    }
    assertThat(trial.content("x.txt")).isEqualTo("b\n");
    assertThat(PartIndex.file(trial.parts.getFirst(), 0)).hasContent("a\n");
    assertThat(trial.commit(options).content("x.txt")).isEqualTo("a\n");
    assertThat(trial.names(".")).containsExactly("x.txt");
  }

  @Test
  void keepsThePermissionsOfAReplacedFile() throws Exception {
    var mode = PosixFilePermissions.fromString("rwxr-x---");
    Files.setPosixFilePermissions(trial.file("x", "old"), mode);
    var options = to("x", Existing.OVERWRITE);
    trial.write(options, texts("new")).commit(options);
    assertThat(Files.getPosixFilePermissions(trial.folder.resolve("x"))).isEqualTo(mode);
  }

  @Test
  void aCommitThatFailsLeavesEverythingAsItWas() throws Exception {
    trial.file("out/a", "old");
    var options = perRecord(r -> "out/" + r.text());
    trial.write(options, texts("a", "b", "c"));
    Files.createDirectories(trial.folder.resolve("out/b"));
    assertThatThrownBy(() -> trial.commit(options))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("out/b is a folder");
    assertThat(trial.content("out/a")).isEqualTo("old");
    assertThat(trial.names("out")).containsExactly("a", "b");
  }

  @Test
  void aFullDiskSaysWhatToDo() throws Exception {
    var failure = Reason.writing("out/x", new IOException("No space left on device"));
    assertThat(failure)
        .hasMessage(
            "cannot write out/x: No space left on device: make room on its disk and run again; what was there before is unchanged");
  }

  @Test
  void refusesDevicesAndNamesThatAreNone() throws Exception {
    assertThatThrownBy(() -> trial.write(to("out/", Existing.OVERWRITE), texts("a")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("names no file");
    assertThatThrownBy(
            () -> new Options(null, null, "", false, Existing.FAIL, null, Compression.AUTO))
        .hasMessage("give either path or folder");
  }
}
