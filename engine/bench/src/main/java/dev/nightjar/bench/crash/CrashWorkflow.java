package dev.nightjar.bench.crash;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The workflow that is killed, and its data: the same seed gives the same bytes. */
record CrashWorkflow(Path folder) {

  /** With the size of a range in the workflow, about 190 tasks each of the two times it is read. */
  private static final int ORDERS = 28_000;

  private static final int REGIONS = 24;
  private static final int QUICK = 3_000;

  /** One in so many orders is no JSON. */
  private static final int MALFORMED = 50;

  Path file() {
    return folder.resolve("workflow.yaml");
  }

  Path home() {
    return folder.resolve(".nightjar");
  }

  Path output() {
    return folder.resolve("out");
  }

  /** Writes the workflow and its data. */
  void make(long seed) throws IOException {
    var random = new SplittableRandom(seed);
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("regions"));
    try (InputStream in = CrashWorkflow.class.getResourceAsStream("workflow.yaml")) {
      Files.copy(in, file(), StandardCopyOption.REPLACE_EXISTING);
    }
    try (var lines = Files.newBufferedWriter(data.resolve("orders.ndjson"))) {
      for (int i = 0; i < ORDERS; i++) {
        order(i, random, lines);
      }
    }
    try (var names = Files.newBufferedWriter(data.resolve("regions.txt"))) {
      for (int i = 0; i < REGIONS; i++) {
        String name = "region-%02d".formatted(i);
        names.write(name + "\n");
        Files.writeString(
            data.resolve("regions/" + name + ".txt"), name + "\n" + random.nextLong() + "\n");
      }
    }
    try (var lines = Files.newBufferedWriter(data.resolve("quick.txt"))) {
      for (int i = 0; i < QUICK; i++) {
        lines.write("line " + random.nextInt(1_000_000) + "\n");
      }
    }
  }

  private static void order(int number, SplittableRandom random, BufferedWriter lines)
      throws IOException {
    String line =
        "{\"id\":\"O-%06d\",\"day\":\"2026-11-%02d\",\"customer\":\" Zoë %d \",\"total\":%d.%02d}"
            .formatted(
                number,
                10 + random.nextInt(19),
                random.nextInt(100_000),
                random.nextInt(1000),
                random.nextInt(100));
    boolean malformed = random.nextInt(MALFORMED) == 0;
    lines.write(malformed ? line.substring(0, line.length() / 2) : line);
    lines.write('\n');
  }

  /** As it was before the first run: old output, and nothing remembered. */
  void reset() throws IOException {
    for (Path folder : new Path[] {output(), home()}) {
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(one);
          }
        }
      }
    }
    Files.createDirectories(output());
    Files.writeString(output().resolve("log.txt"), "from yesterday\n");
    Files.writeString(output().resolve("clean.ndjson"), "old\n");
  }
}
