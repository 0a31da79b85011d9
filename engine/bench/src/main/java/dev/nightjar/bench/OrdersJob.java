package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The orders job by Nightjar, by hand and by jq. */
record OrdersJob(Settings settings, Programs programs, Rounds rounds, PrintStream out) {

  private static final String BY_HAND = "by hand, two threads";

  /** jq takes minutes for what the others do in seconds: it gets a smaller file. */
  private static final int JQ_MEBIBYTES = 32;

  /** jq knows capital letters of ASCII only, and writes numbers its own way. */
  private static final String JQ_PROGRAM =
      "fromjson? | select((.id|type) == \"string\" and (.customer.name|type) == \"string\""
          + " and (.total|type) == \"number\")"
          + " | {id, customer: {name: (.customer.name|ascii_upcase)}, total}";

  void run() throws IOException, InterruptedException {
    Path orders = OrderData.file(settings.folder(), settings.mebibytes());
    Path workflow = programs.workflow("orders.yaml");
    Path kept = programs.folder().resolve("by-hand.ndjson");
    Path rejected = programs.folder().resolve("by-hand-rejected.ndjson");
    var candidates =
        List.of(
            programs.java(BY_HAND, HandWritten.class, orders, kept, rejected),
            nightjar("nightjar", workflow, orders),
            nightjar("nightjar, -Xmx64m", workflow, orders).with("NIGHTJAR_OPTS", "-Xmx64m"));
    Map<String, Usage> figures = rounds.of(candidates);
    addJq(figures);
    long records = lines(orders);
    new Table("Orders", BY_HAND, records, Files.size(orders)).print(figures, out);
    out.printf("%n%,d records of %,d bytes.", records, Files.size(orders));
    compare(kept, rejected);
  }

  private Command nightjar(String name, Path workflow, Path orders) {
    return programs.nightjar(name, "run", workflow, "-q", "--input", "source=" + orders);
  }

  private void addJq(Map<String, Usage> figures) throws IOException, InterruptedException {
    int mebibytes = Math.min(JQ_MEBIBYTES, settings.mebibytes());
    Path orders = OrderData.file(settings.folder(), mebibytes);
    var jq = programs.command("jq", "jq", "-cR", JQ_PROGRAM, orders);
    var runs = new ArrayList<Usage>();
    try {
      for (int round = 0; round < settings.rounds(); round++) {
        runs.add(jq.run());
      }
    } catch (IllegalStateException missing) {
      out.printf("%njq is not measured: %s%n", String.valueOf(missing.getMessage()).strip());
      return;
    }
    double factor = (double) settings.mebibytes() / mebibytes;
    figures.put("jq, %d MiB scaled".formatted(mebibytes), Usage.median(runs).scaled(factor));
  }

  private void compare(Path kept, Path rejected) throws IOException {
    Path results = programs.folder().resolve("out");
    boolean same = Files.mismatch(kept, results.resolve("orders.ndjson")) < 0;
    boolean asMany = lines(rejected) == lines(results.resolve("rejected.ndjson"));
    out.printf(
        " Nightjar's result is %s by hand, rejects are %s: %,d.%n",
        same ? "byte for byte that" : "NOT that",
        asMany ? "as many" : "NOT as many",
        lines(rejected));
    if (!same || !asMany) {
      throw new IllegalStateException("the results differ, so the figures mean nothing");
    }
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.newInputStream(file)) {
      long count = 0;
      byte[] chunk = new byte[1 << 16];
      for (int n = lines.read(chunk); n > 0; n = lines.read(chunk)) {
        for (int i = 0; i < n; i++) {
          count += chunk[i] == '\n' ? 1 : 0;
        }
      }
      return count;
    }
  }
}
