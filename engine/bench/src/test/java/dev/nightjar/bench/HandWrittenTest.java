package dev.nightjar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/** The orders by hand against the same with trees, and against what a line of Java says. */
class HandWrittenTest {

  private static final int CHANGED_ORDERS = 20_000;

  private final Random random = new Random(5);

  @TempDir Path folder;

  private interface Program {
    void run(String[] args) throws Exception;
  }

  @Test
  void writesWhatTheLibrariesWriteAndSetsTheSameAside() throws Exception {
    // More than a piece, so that a line lies across two.
    Path orders = OrderData.file(folder, 5);
    run(HandWritten::main, orders, "hand");
    run(JacksonTrees::main, orders, "trees");
    run(JacksonStreaming::main, orders, "streaming");
    assertThat(folder.resolve("hand")).hasSameBinaryContentAs(folder.resolve("trees"));
    assertThat(folder.resolve("hand")).hasSameBinaryContentAs(folder.resolve("streaming"));
    for (String other : new String[] {"trees", "streaming"}) {
      assertThat(folder.resolve("hand-rejected"))
          .hasSameBinaryContentAs(folder.resolve(other + "-rejected"));
    }
    long lines =
        Outcome.lines(folder.resolve("hand")) + Outcome.lines(folder.resolve("hand-rejected"));
    assertThat(lines).isEqualTo(Outcome.lines(orders));
    assertThat(Outcome.lines(folder.resolve("hand-rejected"))).isPositive();
  }

  private void run(Program program, Path orders, String name) throws Exception {
    program.run(
        new String[] {
          orders.toString(),
          folder.resolve(name).toString(),
          folder.resolve(name + "-rejected").toString()
        });
  }

  @Test
  void judgesDamagedOrdersAsJacksonDoes() {
    byte[] order = OrderData.one().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < CHANGED_ORDERS; i++) {
      byte[] changed = order.clone();
      for (int n = 1 + random.nextInt(2); n > 0; n--) {
        changed[random.nextInt(changed.length)] =
            (byte) "{}[]\":,\\0123456789-+.eEtfn \t/ux".charAt(random.nextInt(30));
      }
      String text = new String(changed, StandardCharsets.UTF_8);
      // What is no UTF-8 any more is for another test: Jackson lets some of it pass.
      if (Utf8.valid(changed, 0, changed.length)) {
        assertThat(new HandWrittenOrder(changed).scan(0, changed.length))
            .as(text)
            .isEqualTo(isOrder(text));
      }
    }
  }

  private static boolean isOrder(String text) {
    try {
      return JacksonTrees.isOrder(JacksonTrees.JSON.readTree(text));
    } catch (JacksonException malformed) {
      return false;
    }
  }

  @Test
  void writesNamesWithEscapesInCapitals() {
    String line = "{\"id\":\"1\",\"customer\":{\"name\":\"a\\n\\u00e9\\\"b\"},\"total\":1.50}";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    var order = new HandWrittenOrder(bytes);
    var out = new Bytes(16);
    assertThat(order.scan(0, bytes.length)).isTrue();
    order.writeTo(out);
    assertThat(new String(out.array(), 0, out.size(), StandardCharsets.UTF_8))
        .isEqualTo(
            line.replace(
                    "a\\n\\u00e9\\\"b",
                    "a\\n\u00e9\\\"b".toUpperCase(Locale.ROOT).replace("\\N", "\\n"))
                + "\n");
  }

  @Test
  void countsSmallFilesAsTheLibraryDoes() throws Exception {
    Path files = OrderData.files(folder, 300);
    long orders = 0;
    for (Path file : HandWrittenFiles.list(files)) {
      orders += isOrder(Files.readString(file)) ? 1 : 0;
    }
    assertThat(orders).isBetween(1L, 299L);
    assertThat(HandWrittenFiles.counted(files)).isEqualTo(orders + " " + (300 - orders));
    assertThat(JacksonFiles.counted(files)).isEqualTo(orders + " " + (300 - orders));
  }

  @Test
  void runsEachStepOnce() throws Exception {
    for (StepData shape : StepData.values()) {
      assertThat(BareSteps.run(shape.workflow(folder, 500))).as(shape.toString()).isEqualTo(500);
    }
  }
}
