package dev.nightjar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.cache.ResultCache.FilePiece;
import dev.nightjar.runtime.cache.ResultCache.Kept;
import dev.nightjar.runtime.cache.ResultCache.Result;
import dev.nightjar.runtime.cache.WorkKey;
import dev.nightjar.stage.Segments;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Processes that have one cache, and are killed while they fill it. */
final class CacheProcessesTest {

  private static final int AT_ONCE = 20;

  @TempDir Path folder;

  /** Keeps results until it is killed or has kept as many as it was told; says each number. */
  static final class Filler {

    private Filler() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      int from = Integer.parseInt(arguments[1]);
      int to = Integer.parseInt(arguments[2]);
      try (StepCache cache = open(folder)) {
        for (int n = from; n < to; n++) {
          Path part = folder.resolve("part-" + n + "-" + ProcessHandle.current().pid());
          var kept = new ArrayList<Kept>();
          for (int i = 0; i < AT_ONCE; i++) {
            kept.add(kept(n * AT_ONCE + i, part));
          }
          cache.keep(kept, null, false);
          Files.delete(part);
          System.out.println(n);
        }
      }
    }
  }

  private static StepCache open(Path folder) {
    return StepCache.in(
        folder.resolve("cache"), 1L << 30, InstantSource.system(), System.out::println);
  }

  private static WorkKey key(int n) {
    var work = new TreeMap<>(Map.of("uses", "test"));
    return new WorkKey(
        "w/" + n, WorkKey.Work.of(work), new TreeMap<>(Map.of("split.source", "" + n)));
  }

  private static String text(int n) {
    return ("result " + n + "\n").repeat(1 + n % 50);
  }

  private static Kept kept(int n, Path part) throws IOException {
    var in = new ByteArrayInputStream(text(n).getBytes(StandardCharsets.UTF_8));
    var segment = Segments.append(in, part);
    var piece = new FilePiece(part, segment.offset(), segment.length(), segment.digest());
    var values = JsonNodeFactory.instance.objectNode().put("n", n);
    return new Kept(
        key(n), new Result(values, Map.of("records", piece), InstantSource.system().instant()));
  }

  private Process fill(int from, int to) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Filler.class.getName(),
            folder.toString(),
            String.valueOf(from),
            String.valueOf(to))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void check(int n, boolean sure) throws IOException {
    try (StepCache cache = open(folder)) {
      var keys = new ArrayList<WorkKey>();
      for (int i = 0; i < AT_ONCE; i++) {
        keys.add(key(n * AT_ONCE + i));
      }
      Map<WorkKey, Result> found = cache.find(keys, null);
      // All or none of what was kept at once.
      assertThat(found.size()).isIn(sure ? List.of(AT_ONCE) : List.of(0, AT_ONCE));
      for (int i = 0; i < found.size(); i++) {
        Result result = Objects.requireNonNull(found.get(keys.get(i)));
        try (InputStream in = Objects.requireNonNull(result.pieces().get("records")).open()) {
          assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .isEqualTo(text(n * AT_ONCE + i));
        }
      }
    }
  }

  @Test
  void whatWasKeptOutlivesAKillAndNothingIsThereByHalves() throws Exception {
    var random = new SplittableRandom(3);
    int next = 0;
    for (int kill = 0; kill < 5; kill++) {
      Process process = fill(next, Integer.MAX_VALUE);
      int last = next - 1;
      int enough = next + 1 + random.nextInt(20);
      try (var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          last = Integer.parseInt(line);
          if (last >= enough) {
            process.toHandle().destroyForcibly();
          }
        }
      }
      process.waitFor();
      assertThat(last).isGreaterThanOrEqualTo(enough);
      for (int n = next; n <= last; n++) {
        check(n, true);
      }
      check(last + 1, false);
      next = last + 2;
    }
  }

  @Test
  void twoProcessesKeepSideBySide() throws Exception {
    Process one = fill(0, 40);
    Process two = fill(20, 60);
    one.getInputStream().transferTo(OutputStream.nullOutputStream());
    two.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();

    try (StepCache cache = open(folder);
        Stream<Path> files = Files.list(folder.resolve("cache/results"))) {
      assertThat(cache.stats(1).entries()).isEqualTo(60L * AT_ONCE);
      assertThat(files.count()).isEqualTo(60);
    }
    for (int n = 0; n < 60; n++) {
      check(n, true);
    }
  }
}
