package dev.nightjar.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.testkit.ProcessorTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SnapshotTest {

  @Test
  void notesTheMemoryOfThisProcessUnderItsLabel() throws Exception {
    var result = ProcessorTester.of(new Snapshot(), new Snapshot.Options("loaded", true, 0)).run();

    var points = result.measurements().get("memory");
    assertThat(points).singleElement().extracting("label").isEqualTo("loaded");
    assertThat(points.getFirst().values())
        .containsKeys("heap_used", "heap_committed", "heap_max", "non_heap_used", "threads");
    assertThat(points.getFirst().values().get("heap_used")).isPositive();
    assertThat(points.getFirst().values().get("gc_count")).isPositive();
    points
        .getFirst()
        .values()
        .forEach((name, value) ->
            assertThat(result.outputs().get(name).longValue()).as(name).isEqualTo(value));
    assertThat(result.log()).singleElement().asString().startsWith("INFO loaded: heap used ");
  }

  @Test
  void isCalledAsItsStepWhenItHasNoLabel() throws Exception {
    var result = ProcessorTester.of(new Snapshot(), new Snapshot.Options(null, false, 0)).run();

    assertThat(result.measurements().get("memory"))
        .singleElement()
        .extracting("label")
        .isEqualTo("test");
  }

  @Test
  void listsTheLargestClasses() throws Exception {
    var result = ProcessorTester.of(new Snapshot(), new Snapshot.Options("full", false, 3)).run();

    assertThat(result.outputs().get("classes").toString())
        .startsWith("[{\"class\":\"")
        .containsPattern("\"instances\":\\d+,\"bytes\":\\d+");
    assertThat(result.outputs().get("classes").size()).isEqualTo(3);
    assertThatThrownBy(() -> new Snapshot.Options("full", false, -1))
        .hasMessage("histogram must not be negative");
  }

  @Test
  void reportsToAFileThatIsThereWholeOrNotAtAll(@TempDir Path folder) throws Exception {
    var target = folder.resolve("reports/memory.json");

    var result = ProcessorTester.of(new Report(), new Report.Options(target)).folder(folder).run();

    assertThat(result.outputs().get("count").intValue()).isZero();
    assertThat(result.log())
        .containsExactly("INFO no memory snapshot was taken before this report");
    assertThat(JsonMapper.shared().readTree(Files.readString(target)).toString())
        .isEqualTo(
            "{\"count\":0,\"first\":{},\"last\":{},\"change\":{},\"peak\":{},\"average\":{},"
                + "\"snapshots\":[]}");
    assertThat(names(target.getParent())).containsExactly("memory.json");
  }

  @Test
  void saysWhenAFolderIsInTheWay(@TempDir Path folder) throws Exception {
    Path taken = Files.createDirectory(folder.resolve("taken"));

    var step = ProcessorTester.of(new Report(), new Report.Options(taken)).folder(folder);

    assertThatThrownBy(step::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("taken is a folder; path must name the file to write");
    assertThat(names(folder)).containsExactly("taken");
  }

  private static Iterable<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
