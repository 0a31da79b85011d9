package dev.nightjar.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  @TempDir Path folder;

  @Test
  void readsBackWhatWasWritten() {
    var random = new SplittableRandom(3);
    var records = new ArrayList<DataRecord>();
    for (int i = 0; i < 3_000; i++) {
      records.add(record(random));
    }
    Path file = folder.resolve("deep/spool");
    try (var writer = new Spool.Writer(file)) {
      records.forEach(writer::write);
    }

    List<DataRecord> read = new ArrayList<>();
    new Spool(List.of(new Spool.Part(file, 0))).open().forEach(read::add);

    assertThat(read).hasSameSizeAs(records);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).kind()).isEqualTo(records.get(i).kind());
      assertThat(read.get(i).origin()).isEqualTo(records.get(i).origin());
      assertThat(read.get(i).toBytes()).isEqualTo(records.get(i).toBytes());
    }
  }

  private static DataRecord record(SplittableRandom random) {
    String source = "file" + random.nextInt(4) + ".txt";
    long line = random.nextInt(3) == 0 ? 0 : random.nextLong(Long.MAX_VALUE);
    long offset = random.nextInt(3) == 0 ? -1 : random.nextLong(Long.MAX_VALUE);
    var origin = new Origin(source, line, offset);
    byte[] bytes = "ü".repeat(random.nextInt(300)).getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(3)) {
      case 0 -> DataRecord.utf8(bytes, 0, bytes.length, origin);
      case 1 -> DataRecord.text("[" + random.nextInt() + "]", origin).parsed();
      default -> DataRecord.bytes(new byte[] {0, -1, (byte) random.nextInt()}, 0, 3, origin);
    };
  }

  @Test
  void addsTheLinesBeforeAPieceAndSkipsPartsThatAreMissing() {
    Path file = folder.resolve("second");
    try (var writer = new Spool.Writer(file)) {
      writer.write(DataRecord.text("a", new Origin("big.txt", 3, -1)));
      writer.write(DataRecord.text("b", Origin.NONE));
    }
    var spool =
        new Spool(List.of(new Spool.Part(folder.resolve("first"), 0), new Spool.Part(file, 1_000)));
    List<String> origins = new ArrayList<>();
    spool.open().forEach(record -> origins.add(record.text() + " " + record.origin()));

    assertThat(origins).containsExactly("a big.txt:1003", "b ");
  }

  @Test
  void canBeReadByManyButByEachOnce() {
    Path file = folder.resolve("spool");
    try (var writer = new Spool.Writer(file)) {
      writer.write(DataRecord.text("a", Origin.NONE));
    }
    var spool = new Spool(List.of(new Spool.Part(file, 0)));

    assertThat(spool.open()).hasSize(1);
    assertThat(spool.open()).hasSize(1);
    var once = spool.open();
    assertThat(once.iterator()).hasNext();
    assertThatThrownBy(once::iterator).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noticesThatItsFileIsCutOff() throws Exception {
    Path file = folder.resolve("spool");
    try (var writer = new Spool.Writer(file)) {
      writer.write(DataRecord.text("0123456789", new Origin("a", 1, 0)));
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = 1; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      var input = new Spool(List.of(new Spool.Part(file, 0))).open();
      assertThatThrownBy(() -> input.forEach(DataRecord::text))
          .isInstanceOf(UncheckedIOException.class);
    }
  }
}
