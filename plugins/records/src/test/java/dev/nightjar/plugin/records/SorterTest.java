package dev.nightjar.plugin.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.plugin.records.RecordsSort.As;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SorterTest {

  @TempDir private Path folder;

  private List<DataRecord> sorted(List<DataRecord> records, SortKey key, long budget)
      throws Exception {
    Path scratch = Files.createTempDirectory(folder, "sort");
    var out = new ArrayList<DataRecord>();
    try (var sorter = new Sorter(scratch, budget, () -> {})) {
      for (DataRecord record : records) {
        sorter.add(key.of(record), record);
      }
      sorter.finish(out::add);
    }
    return out;
  }

  private static DataRecord json(String json, int line) {
    return DataRecord.text(json, new Origin("f" + line % 3, line, line * 10L)).parsed();
  }

  private static List<String> described(List<DataRecord> records) {
    return records.stream().map(r -> r.kind() + " " + r.origin() + " " + r.text()).toList();
  }

  /** Few keys and many records show whether equal ones stay in order, through every merge. */
  @Test
  void sortsLikeTheLibraryHoweverLittleMemory() throws Exception {
    var random = new Random(11);
    for (int round = 0; round < 30; round++) {
      var records = new ArrayList<DataRecord>();
      int n = round == 0 ? 3000 : random.nextInt(200);
      for (int i = 0; i < n; i++) {
        records.add(json("{\"n\": %d, \"x\": \"%s\"}".formatted(random.nextInt(20) - 10, i), i));
      }
      var expected = new ArrayList<>(records);
      expected.sort(Comparator.comparingInt(r -> r.json().path("n").asInt()));
      var key = SortKey.of(List.of("n"), As.VALUE, false);
      // One record a run needs two passes for 3000 of them.
      long budget = random.nextBoolean() || round == 0 ? 1 : 2000;
      assertThat(described(sorted(records, key, budget))).isEqualTo(described(expected));
      assertThat(described(sorted(records, key, Long.MAX_VALUE))).isEqualTo(described(expected));
    }
  }

  @Test
  void keepsEveryKindThroughTheDisk() throws Exception {
    byte[] bytes = {0, (byte) 0xff, 1};
    var records =
        List.of(
            DataRecord.text("b\0\u00e9", new Origin("s", 7, 8)),
            DataRecord.bytes(bytes, 0, 3, new Origin("t", 0, -1)),
            json("{\"a\" :1.00}", 3));
    var out = sorted(records, SortKey.ofRecord(As.VALUE, false), 1);
    assertThat(out).hasSize(3);
    assertThat(out.get(0).toBytes()).isEqualTo(bytes);
    assertThat(out.get(0).origin()).isEqualTo(new Origin("t", 0, -1));
    assertThat(described(out.subList(1, 3)))
        .containsExactly("text s:7 b\0\u00e9", "json f0:3 {\"a\" :1.00}");
  }

  @Test
  void leavesNoRunsOfEarlierPasses() throws Exception {
    var records = new ArrayList<DataRecord>();
    for (int i = 0; i < 500; i++) {
      records.add(DataRecord.text("t" + i, Origin.NONE));
    }
    sorted(records, SortKey.ofRecord(As.VALUE, false), 1);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(8);
    }
  }
}
