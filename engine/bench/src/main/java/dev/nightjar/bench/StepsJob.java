package dev.nightjar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Many steps that do nothing: what a step costs, with the journal on. */
record StepsJob(Programs programs, Rounds rounds, PrintStream out) {

  private static final String BARE = "YAML and virtual threads";
  private static final int[] SIZES = {1_000, 10_000};

  /** Gives ratios by name, for {@link Baseline}. */
  Map<String, Double> run() throws IOException, InterruptedException {
    var ratios = new LinkedHashMap<String, Double>();
    for (StepData shape : StepData.values()) {
      for (int steps : SIZES) {
        ratios.putAll(measured(shape, steps));
      }
    }
    return ratios;
  }

  private Map<String, Double> measured(StepData shape, int steps)
      throws IOException, InterruptedException {
    Path workflow = shape.workflow(programs.folder(), steps);
    Path makefile = shape.makefile(programs.folder(), steps);
    int atOnce = shape == StepData.CHAIN ? 1 : Runtime.getRuntime().availableProcessors();
    var candidates =
        Candidates.of(programs.java(BARE, BareSteps.class, workflow))
            .ifThere(programs.nightjar("nightjar run", "run", workflow, "-q"))
            .ifThere(programs.nightjar("nightjar validate", "validate", workflow))
            .ifThere(programs.nightjar("nightjar plan", "plan", workflow))
            .ifThere(
                programs.command("make", "make", "-s", "-j" + atOnce, "-f", makefile, "all"),
                "make")
            .ifThere(
                programs.command(
                    "xargs", "bash", "-c", "seq $0 | xargs -P $1 -n 1 true", steps, atOnce),
                "xargs",
                "seq");
    Map<String, Usage> figures = rounds.of(candidates);
    var table = new Table("%,d steps, %s".formatted(steps, shape), BARE, steps, 0);
    table.print(figures, out);
    candidates.printAbsent(out);
    return table.ratios(figures);
  }
}
