package dev.nightjar.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1024 * 1024;

  @Test
  void sumsUpFirstLastChangePeakAndAverage() {
    var summary =
        MemorySummary.of(List.of(point("a", 10, 80), point("b", 40, 95), point("c", 7, 89)));

    assertThat(summary.figures())
        .hasToString(
            """
            {"count":3,\
            "first":{"heap_used":10485760,"resident":83886080},\
            "last":{"heap_used":7340032,"resident":93323264},\
            "change":{"heap_used":-3145728,"resident":9437184},\
            "peak":{"heap_used":41943040,"resident":99614720},\
            "average":{"heap_used":19922944,"resident":92274688}}\
            """);
    assertThat(summary)
        .hasToString(
            "3 memory snapshots;"
                + " heap used: 10.0 MiB first, 7.0 MiB last (-3.0 MiB), 40.0 MiB peak, 19.0 MiB"
                + " average;"
                + " resident: 80.0 MiB first, 89.0 MiB last (+9.0 MiB), 95.0 MiB peak, 88.0 MiB"
                + " average");
  }

  @Test
  void leavesOutWhatTheSystemDoesNotSay() {
    var point = new Measurement(NOON, "a", Map.of("heap_used", 10 * MIB));

    assertThat(MemorySummary.of(List.of(point)).figures().at("/peak"))
        .hasToString("{\"heap_used\":10485760}");
  }

  @Test
  void saysWhenThereIsNothingToSumUp() {
    var summary = MemorySummary.of(List.of());

    assertThat(summary.figures().at("/count").intValue()).isZero();
    assertThat(summary).hasToString("no memory snapshot was taken before this report");
  }

  @Test
  void readsTheResidentSizeOutOfTheProcessStatus() {
    assertThat(
            ProcessMemory.resident(
                "Name:\tjava\nVmHWM:\t  99000 kB\nVmRSS:\t   81234 kB\nThreads:\t9\n"))
        .hasValue(81234 * 1024L);
    assertThat(ProcessMemory.resident("Name:\tjava\n")).isEmpty();
  }

  @Test
  void readsTheLargestClassesOutOfTheHistogram() {
    String printed =
        """
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         25101        2003480  [B (java.base@25.0.3)
           2:          9101         582464  java.lang.String (java.base@25.0.3)
           3:            12            288  dev.nightjar.Thing
        Total         34214        2586232
        """;

    assertThat(ClassHistogram.parse(printed, 2))
        .hasToString(
            """
            [{"class":"[B","instances":25101,"bytes":2003480},\
            {"class":"java.lang.String","instances":9101,"bytes":582464}]\
            """);
    assertThat(ClassHistogram.parse("", 2)).isEmpty();
  }

  private static Measurement point(String label, long heap, long resident) {
    return new Measurement(
        NOON, label, Map.of("heap_used", heap * MIB, "resident", resident * MIB));
  }
}
