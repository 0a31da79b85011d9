package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The orders job by Nightjar, by hand, and by what else people use for such. */
record OrdersJob(Settings settings, Programs programs, Rounds rounds, PrintStream out) {

  private static final String BY_HAND = "by hand, two threads";
  private static final String STREAMING = "Jackson streaming, two threads";
  private static final String TREES = "Jackson trees, two threads";

  private static final String SPRING = "Spring Batch, no store";

  /** jq takes minutes for what the others do in seconds: it gets a smaller file. */
  private static final int JQ_MEBIBYTES = 32;

  /** jq knows capital letters of ASCII only, and writes numbers its own way. */
  private static final String JQ_PROGRAM =
      "fromjson? | select((.id|type) == \"string\" and (.customer.name|type) == \"string\""
          + " and (.total|type) == \"number\")"
          + " | {id, customer: {name: (.customer.name|ascii_upcase)}, total}";

  /** Gives ratios by name, for {@link Baseline}. */
  Map<String, Double> run() throws IOException, InterruptedException {
    Path orders = OrderData.file(settings.folder(), settings.mebibytes());
    Path workflow = programs.resource("orders.yaml");
    Path kept = file("by-hand.ndjson");
    Path rejected = file("by-hand-rejected.ndjson");
    var written = new LinkedHashMap<String, Path>();
    var candidates =
        Candidates.of(
            programs.java(BY_HAND, HandWritten.class, orders, kept, rejected),
            nightjar("nightjar", workflow, orders),
            nightjar("nightjar, -Xmx64m", workflow, orders).with("NIGHTJAR_OPTS", "-Xmx64m"),
            library(STREAMING, JacksonStreaming.class, orders, written),
            library(TREES, JacksonTrees.class, orders, written));
    addOthers(candidates, orders, written);
    Map<String, Usage> figures = rounds.of(candidates);
    long records = Outcome.lines(orders);
    var table = new Table("Orders", BY_HAND, records, Files.size(orders));
    table.print(figures, out);
    candidates.printAbsent(out);
    out.printf("%n%,d records of %,d bytes.", records, Files.size(orders));
    compare(kept, rejected);
    out.printf("%n%s", new Outcome(kept).compared(written, figures.keySet()));
    for (Class<?> exact : List.of(JacksonStreaming.class, JacksonTrees.class)) {
      if (!new Outcome(kept).isThatOf(file(exact))) {
        throw new IllegalStateException(exact + " wrote something else, so it is no equal");
      }
    }
    return table.ratios(figures);
  }

  private Command nightjar(String name, Path workflow, Path orders) {
    return programs.nightjar(name, "run", workflow, "-q", "--input", "source=" + orders);
  }

  private Command library(String name, Class<?> main, Path orders, Map<String, Path> written) {
    written.put(name, file(main));
    return programs.java(name, main, orders, file(main), file("other-rejected.ndjson"));
  }

  private void addOthers(Candidates candidates, Path orders, Map<String, Path> written)
      throws IOException {
    Path python = file("python.ndjson");
    Path node = file("node.ndjson");
    Path duck = file("duckdb.ndjson");
    Path spring = file("spring.ndjson");
    written.put("Python", python);
    written.put("Node", node);
    written.put("DuckDB", duck);
    written.put(SPRING, spring);
    candidates.ifThere(
        programs.command("Python", "python3", programs.resource("orders.py"), orders, python),
        "python3");
    if (DuckOrders.isThere()) {
      candidates.ifThere(programs.javaWithLibraries("DuckDB", DuckOrders.class, orders, duck));
    } else {
      candidates.without("DuckDB", "its library is not on the class path");
    }
    candidates.ifThere(programs.javaWithLibraries(SPRING, SpringBatch.class, orders, spring));
    candidates.ifThere(
        programs.command("Node", "node", programs.resource("orders.mjs"), orders, node), "node");
    int mebibytes = Math.min(JQ_MEBIBYTES, settings.mebibytes());
    candidates.ifThere(
        programs.command(
            "jq, %d MiB scaled".formatted(mebibytes),
            "jq",
            "-cR",
            JQ_PROGRAM,
            OrderData.file(settings.folder(), mebibytes)),
        (double) settings.mebibytes() / mebibytes,
        "jq");
  }

  private Path file(Class<?> writer) {
    return file(writer.getSimpleName() + ".ndjson");
  }

  private Path file(String name) {
    return programs.folder().resolve(name);
  }

  private void compare(Path kept, Path rejected) throws IOException {
    Path results = programs.folder().resolve("out");
    boolean same = new Outcome(kept).isThatOf(results.resolve("orders.ndjson"));
    boolean asMany = Outcome.lines(rejected) == Outcome.lines(results.resolve("rejected.ndjson"));
    out.printf(
        " Nightjar's result is %s by hand, rejects are %s: %,d.%n",
        same ? "byte for byte that" : "NOT that",
        asMany ? "as many" : "NOT as many",
        Outcome.lines(rejected));
    if (!same || !asMany) {
      throw new IllegalStateException("the results differ, so the figures mean nothing");
    }
  }
}
