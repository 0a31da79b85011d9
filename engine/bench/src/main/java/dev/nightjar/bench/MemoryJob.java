package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What little memory costs: each job in a small heap and in a large one. */
record MemoryJob(Settings settings, Programs programs, Rounds rounds, PrintStream out) {

  private static final String LARGE = "nightjar, -Xmx4g";
  private static final String SMALL = "nightjar, -Xmx64m";

  /** Gives ratios by name, for {@link Baseline}. */
  Map<String, Double> run() throws IOException, InterruptedException {
    Path orders = OrderData.file(settings.folder(), settings.mebibytes());
    Path log = LogData.file(settings.folder(), settings.mebibytes());
    Path files = OrderData.files(settings.folder(), settings.files());
    var ratios = new LinkedHashMap<String, Double>();
    ratios.putAll(measured("orders", "source=" + orders, Files.size(orders)));
    ratios.putAll(measured("text", "source=" + log, Files.size(log)));
    ratios.putAll(measured("files", "folder=" + files, 0));
    return ratios;
  }

  private Map<String, Double> measured(String job, String input, long bytes)
      throws IOException, InterruptedException {
    Path workflow = programs.resource(job + ".yaml");
    Map<String, Usage> figures =
        rounds.of(
            List.of(
                nightjar(LARGE, "-Xmx4g", workflow, input),
                nightjar(SMALL, "-Xmx64m", workflow, input)));
    var table = new Table("Memory, " + job, LARGE, 0, bytes);
    table.print(figures, out);
    Map<String, Double> ratios = table.ratios(figures);
    ratios.keySet().removeIf(name -> name.endsWith(LARGE));
    return ratios;
  }

  private Command nightjar(String name, String heap, Path workflow, String input) {
    return programs
        .nightjar(name, "run", workflow, "-q", "--input", input)
        .with("NIGHTJAR_OPTS", heap);
  }
}
