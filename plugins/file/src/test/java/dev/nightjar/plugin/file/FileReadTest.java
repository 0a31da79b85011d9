package dev.nightjar.plugin.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.nightjar.plugin.file.FileRead.As;
import dev.nightjar.plugin.file.FileRead.OnUnreadable;
import dev.nightjar.plugin.file.FileRead.Options;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileReadTest {

  private static final int MAX = 64 << 20;
  private static final int SPLIT = 64 << 20;

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void begin() {
    trial = new Trial(folder);
  }

  private static Options lines(Path... path) {
    return options(As.LINES, OnUnreadable.FAIL, MAX, path);
  }

  private static Options options(As as, OnUnreadable unreadable, int max, Path... path) {
    return new Options(
        List.of(path), as, Compression.AUTO, Missing.FAIL, unreadable, max, false, SPLIT, false);
  }

  private List<String> read(byte[] content) throws Exception {
    Path file = trial.file("in.txt", content);
    return trial.read(new FileRead(), lines(file)).texts();
  }

  private List<String> read(String content) throws Exception {
    return read(content.getBytes(UTF_8));
  }

  @Test
  void cutsAtLineFeedsAndDropsOnlyTheCarriageReturnBefore() throws Exception {
    assertThat(read("a\r\n\nb\rc\r\r\n\r\nd\r")).containsExactly("a", "", "b\rc\r", "", "d\r");
  }

  @Test
  void emptyFileHasNoLines() throws Exception {
    assertThat(read("")).isEmpty();
  }

  @Test
  void dropsTheByteOrderMarkAtTheStartOnly() throws Exception {
    assertThat(read("\ufeffa\n\ufeffb\n")).containsExactly("a", "\ufeffb");
    assertThat(trial.records.getFirst().origin()).hasToString("in.txt:1");
  }

  @Test
  void nulIsData() throws Exception {
    assertThat(read("a\0b\n\0\n")).containsExactly("a\0b", "\0");
  }

  @Test
  void rejectsALineThatIsNotUtf8AndKeepsItsNeighbours() throws Exception {
    assertThat(read("one\ntw\u00ff\nthree\n".getBytes(ISO_8859_1))).containsExactly("one", "three");
    assertThat(trial.rejects).containsExactly("in.txt:2: not UTF-8 at byte 3 of the line");
    assertThat(trial.counters).containsEntry("lines", 3L);
  }

  @Test
  void skipsBlankLinesWhenToldAndStillCountsThem() throws Exception {
    Path file = trial.file("in.txt", "a\n\n\r\nb");
    var options =
        new Options(
            List.of(file),
            As.LINES,
            Compression.AUTO,
            Missing.FAIL,
            OnUnreadable.FAIL,
            MAX,
            true,
            SPLIT,
            false);
    trial.read(new FileRead(), options);
    assertThat(trial.records)
        .extracting(r -> r.origin() + "=" + r.text())
        .containsExactly("in.txt:1=a", "in.txt:4=b");
  }

  /**
   * However a file is cut, the records, their lines and their places are those of a simple loop.
   */
  @Test
  void cuttingChangesNothing() throws Exception {
    var random = new Random(7);
    for (int round = 0; round < 120; round++) {
      byte[] content = content(random);
      Path file = trial.file("in-" + round + ".txt", content);
      int size = 1 + random.nextInt(round % 3 == 0 ? 4 : content.length + 2);
      var cut = new Trial(folder).read(new FileRead(size), lines(file));
      assertThat(described(cut.records))
          .as("round %d, splits of %d", round, size)
          .isEqualTo(naive("in-" + round + ".txt", content));
    }
  }

  @Test
  void numbersLinesThroughWhenOneTaskReadsAllSplits() throws Exception {
    Path a = trial.file("a.txt", "1\n2\n3\n4\n5");
    Path b = trial.file("b.txt", "1\n2\n3");
    trial.readAtOnce(new FileRead(3), lines(a, b));
    assertThat(trial.records)
        .hasSize(8)
        .allSatisfy(r -> assertThat(r.origin().line()).isEqualTo(Long.parseLong(r.text())));
    assertThat(trial.counters).containsEntry("lines", 8L);
  }

  private static List<String> described(List<DataRecord> records) {
    return records.stream()
        .map(r -> r.origin() + "@" + r.origin().offset() + " " + r.text())
        .toList();
  }

  private static byte[] content(Random random) {
    String[] bits = {"\n", "\r\n", "\r", "a", "bc", "\u00e4", "\ud83d\ude00", "\0", "0123456789"};
    var text = new StringBuilder(random.nextInt(4) == 0 ? "\ufeff" : "");
    for (int n = random.nextInt(60); n > 0; n--) {
      text.append(bits[random.nextInt(bits.length)]);
    }
    return text.toString().getBytes(UTF_8);
  }

  private static List<String> naive(String name, byte[] content) {
    var lines = new ArrayList<String>();
    boolean mark = new String(content, UTF_8).startsWith("\ufeff");
    int start = mark ? 3 : 0;
    for (int i = start; i <= content.length; i++) {
      boolean end = i == content.length;
      if (end ? start < i : content[i] == '\n') {
        int to = !end && i > start && content[i - 1] == '\r' ? i - 1 : i;
        String text = new String(content, start, to - start, UTF_8);
        lines.add(name + ":" + (lines.size() + 1) + "@" + start + " " + text);
        start = i + 1;
      }
    }
    return lines;
  }

  @Test
  void splitsDependOnTheSizeAlone() throws Exception {
    Path file = trial.file("in.txt", "0123456789");
    var splits = new FileRead(4).splits(lines(file), trial);
    assertThat(splits).extracting(Split::bytes).containsExactly(4L, 4L, 2L);
    assertThat(splits).extracting(Split::source).containsOnly("in.txt");
  }

  @Test
  void readsLongLinesAcrossBuffers() throws Exception {
    var random = new Random(3);
    var expected = new ArrayList<String>();
    for (int n : new int[] {10, 262_143, 262_144, 300_000, 1_048_577, 3_000_000, 5}) {
      expected.add("x".repeat(n) + "\u00e9" + random.nextInt(10));
    }
    assertThat(read(String.join("\r\n", expected))).isEqualTo(expected);
  }

  @Test
  void rejectsALineOverTheLimitWithoutLoadingIt() throws Exception {
    Path file =
        trial.file(
            "in.txt", "short\n" + "y".repeat(3_000_000) + "\r\n" + "z".repeat(100) + "\n12345\n");
    trial.read(new FileRead(), options(As.LINES, OnUnreadable.FAIL, 99, file));
    assertThat(trial.texts()).containsExactly("short", "12345");
    assertThat(trial.rejects)
        .containsExactly(
            "in.txt:2: 3000000 bytes long, over max_record (99); only its start is shown",
            "in.txt:3: 100 bytes long, over max_record (99); only its start is shown");
  }

  @Test
  void theLimitIsOfTheLineWithoutItsEnd() throws Exception {
    int max = 2_000_000;
    Path file = trial.file("in.txt", "a".repeat(max) + "\r\n" + "b".repeat(max + 1) + "\nc");
    trial.read(new FileRead(), options(As.LINES, OnUnreadable.FAIL, max, file));
    assertThat(trial.texts()).containsExactly("a".repeat(max), "c");
  }

  @Test
  void readsWholeFilesAsTextOrBytes() throws Exception {
    Path a = trial.file("a.txt", "\ufeffone\r\ntwo\n");
    Path b = trial.file("b.bin", new byte[] {(byte) 0xff, 0, 1});
    Path empty = trial.file("c", "");
    trial.read(new FileRead(), options(As.WHOLE, OnUnreadable.FAIL, MAX, a, b, empty));
    assertThat(trial.texts()).containsExactly("one\r\ntwo\n", "");
    assertThat(trial.rejects).containsExactly("b.bin: not UTF-8 at byte 1");

    var bytes =
        new Trial(folder).read(new FileRead(), options(As.BYTES, OnUnreadable.FAIL, 5, a, b));
    assertThat(bytes.records)
        .singleElement()
        .satisfies(record -> {
          assertThat(record.kind()).isEqualTo(Kind.BYTES);
          assertThat(record.toBytes()).containsExactly(0xff, 0, 1);
        });
    assertThat(bytes.rejects).singleElement().asString().startsWith("a.txt: 12 bytes long");
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... some) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (byte[] one : some) {
      bytes.write(one);
    }
    return bytes.toByteArray();
  }

  @Test
  void readsGzipOfSeveralMembersByNameOrContent() throws Exception {
    byte[] packed = joined(gzip("a\nb"), gzip("c\n"), gzip(""), gzip("d"), new byte[600]);
    trial.file("1.gz", packed);
    trial.file("2.log", packed);
    trial.read(new FileRead(4), lines(folder.resolve("*.{gz,log}")));
    assertThat(trial.texts()).containsExactly("a", "bc", "d", "a", "bc", "d");
  }

  @Test
  void damagedGzipFailsNamingTheFile() throws Exception {
    byte[] good = gzip("some text that is long enough\n".repeat(50));
    byte[] wrongSum = good.clone();
    wrongSum[wrongSum.length - 7] ^= 1;
    assertGzipFails(Arrays.copyOf(good, good.length - 3), "in.gz is cut off in the middle");
    assertGzipFails(Arrays.copyOf(good, 5), "in.gz is cut off in the middle");
    assertGzipFails(wrongSum, "in.gz is damaged gzip data (its checksum is wrong)");
    assertGzipFails(joined(good, "x".getBytes(UTF_8)), "in.gz is cut off");
    assertGzipFails(joined(good, "something".getBytes(UTF_8)), "something else follows its end");
    assertGzipFails("plain".getBytes(UTF_8), "in.gz is not gzip data; if it is plain, say");
    assertGzipFails(new byte[0], "in.gz is empty, which no gzip file is");
  }

  private void assertGzipFails(byte[] content, String message) throws Exception {
    Path file = trial.file("in.gz", content);
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(file)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(message);
  }

  @Test
  void setsADamagedFileAsideWhenTold() throws Exception {
    byte[] good = gzip("line\n".repeat(3));
    Path bad = trial.file("1.gz", Arrays.copyOf(good, good.length - 2));
    Path fine = trial.file("2.gz", good);
    Path sub = Files.createDirectory(folder.resolve("sub"));
    trial.read(new FileRead(), options(As.LINES, OnUnreadable.REJECT, MAX, bad, fine, sub));
    assertThat(trial.texts()).hasSize(6);
    assertThat(trial.rejects)
        .containsExactly(
            "1.gz: 1.gz is cut off in the middle of its gzip data",
            "sub: sub is a folder: to read the files in it, write sub/*");
  }

  @Test
  void refusesFoldersDevicesAndMissingFilesWithAdvice() throws Exception {
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(folder)))
        .hasMessageContaining("is a folder: to read the files in it, write");
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(Path.of("/dev/zero"))))
        .hasMessageContaining("/dev/zero is a device, a pipe or a socket");
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(trial.folder.resolve("no.txt"))))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("there is no file no.txt; where that is fine, say `missing: ignore`");
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(trial.folder.resolve("*.no"))))
        .hasMessageStartingWith("no file matches *.no");
  }

  @Test
  void noFilesAreNoneWhenThatIsFine() throws Exception {
    var options =
        new Options(
            List.of(trial.folder.resolve("no.txt"), trial.folder.resolve("*.no")),
            As.LINES,
            Compression.AUTO,
            Missing.IGNORE,
            OnUnreadable.FAIL,
            MAX,
            false,
            SPLIT,
            false);
    assertThat(trial.read(new FileRead(), options).records).isEmpty();
  }

  @Test
  void aFileWithoutPermissionFailsNamingIt() throws Exception {
    Path file = trial.file("in.txt", "secret");
    Files.setPosixFilePermissions(file, Set.of());
    assumeThat(Files.isReadable(file)).as("root may read everything").isFalse();
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(file)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("cannot read in.txt: permission denied");
  }

  @Test
  @Timeout(20)
  void aPipeIsRefusedAndNeverWaitedFor() throws Exception {
    Path pipe = trial.folder.resolve("pipe");
    var made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeThat(made.waitFor()).isZero();
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(trial.folder.resolve("p*"))))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("pipe is a device, a pipe or a socket");
  }

  @Test
  void anInterruptIsACancelNotAFailure() throws Exception {
    Path file = trial.file("in.txt", "abc");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> trial.read(new FileRead(), lines(file)))
          .isInstanceOf(Cancelled.class);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aFileThatVanishesOrChangesFailsNamingIt() throws Exception {
    Path file = trial.file("in.txt", "abc\n");
    assertFailsAfter(() -> Files.delete(file), "cannot read in.txt: it does not exist");
    assertFailsAfter(
        () -> Files.writeString(file, "abc\nd"),
        "in.txt was changed while it was read (4 bytes at first, now 5)");
    assertFailsAfter(() -> Files.writeString(file, "a"), "in.txt was changed while it was read");
  }

  private void assertFailsAfter(Trial.Change change, String message) throws Exception {
    for (As as : As.values()) {
      Path file = trial.file("in.txt", "abc\n");
      Options options = options(as, OnUnreadable.FAIL, MAX, file);
      var splits = new FileRead().splits(options, trial);
      change.make();
      assertThatThrownBy(() -> trial.readSplits(new FileRead(), options, splits))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void aSmallFileThatIsNotWhatItWasIsSetAsideAsAWholeWhenTold() throws Exception {
    Path fine = trial.file("1.txt", "fine");
    Path gone = trial.file("2.txt", "gone");
    Path folded = trial.file("3.txt", "a folder soon");
    Path touched = trial.file("4.txt", "touched");
    Options options = options(As.WHOLE, OnUnreadable.REJECT, MAX, fine, gone, folded, touched);
    var splits = new FileRead().splits(options, trial);
    Files.delete(gone);
    Files.delete(folded);
    Files.createDirectory(folded);
    Files.setLastModifiedTime(touched, FileTime.from(Instant.EPOCH));

    trial.readSplits(new FileRead(), options, splits);

    assertThat(trial.texts()).containsExactly("fine");
    assertThat(trial.rejects)
        .containsExactly(
            "2.txt: cannot read 2.txt: it does not exist",
            "3.txt: 3.txt is a folder: to read the files in it, write 3.txt/*",
            "4.txt: 4.txt was changed while it was read (7 bytes at first, now 7): run again when nothing writes to it");
  }

  @Test
  @Timeout(20)
  void aFileThatHasBecomeAPipeIsRefusedAndNeverWaitedFor() throws Exception {
    for (String content : List.of("abc", "")) {
      Path file = trial.file("in.txt", content);
      Options options = options(As.WHOLE, OnUnreadable.FAIL, MAX, file);
      var splits = new FileRead().splits(options, trial);
      Files.delete(file);
      var made = new ProcessBuilder("mkfifo", file.toString()).start();
      assumeThat(made.waitFor()).isZero();

      assertThatThrownBy(() -> trial.readSplits(new FileRead(), options, splits))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageStartingWith("in.txt is a device, a pipe or a socket");
      Files.delete(file);
    }
  }

  @Test
  void aSplitTellsOnlyWhatItsNameDoesNot() throws Exception {
    Path file = trial.file("in/a.txt", "abc");
    Found found = Found.at(file, true);
    Piece named = Piece.whole("in/a.txt", found, new Stamps());
    Piece other = Piece.whole("a detour", found, new Stamps());
    Piece range = named.range(1, 2);

    String base = trial.folder.toString();

    assertThat(named.split(base).detail().propertyNames())
        .containsExactly("size", "modified", "file");
    assertThat(other.split(base).detail().path("path").asString()).isEqualTo(file.toString());
    for (Piece piece : List.of(named, other, range, Piece.unknown("in/a.txt", file))) {
      assertThat(Piece.of(piece.split(base), trial)).isEqualTo(piece);
      assertThat(Piece.of(piece.split(base.substring(1)), trial)).isEqualTo(piece);
      assertThat(Piece.of(piece.split("/"), trial)).isEqualTo(piece);
    }
  }

  @Test
  void manySmallFilesComeInTheOrderOfTheirNames() throws Exception {
    var expected = new ArrayList<String>();
    for (int i = 1_000; i < 2_000; i++) {
      trial.file("many/" + i + ".txt", "text " + i);
      expected.add("text " + i);
    }
    Options options = options(As.WHOLE, OnUnreadable.FAIL, MAX, trial.folder.resolve("many/*"));
    assertThat(trial.read(new FileRead(), options).texts()).isEqualTo(expected);
  }

  /** Growth at the very end, when all records are out already, still counts. */
  @Test
  void aFileThatGrowsWhileItIsReadFails() throws Exception {
    Path file = trial.file("in.txt", "abc\nd");
    trial.onEmit = () -> Files.writeString(file, "ef\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> trial.read(new FileRead(), lines(file)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("in.txt was changed while it was read");
  }
}
