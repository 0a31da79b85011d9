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

  /** Arguments: how many, and how many at once. */
  private static final String XARGS = "seq $0 | xargs -P $1 -n 1 true";

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
    var candidates =
        Candidates.of(programs.java(BARE, BareSteps.class, workflow))
            .ifThere(programs.nightjar("nightjar run", "run", workflow, "-q"))
            .ifThere(programs.nightjar("nightjar validate", "validate", workflow))
            .ifThere(programs.nightjar("nightjar plan", "plan", workflow));
    addProcesses(candidates, shape, steps);
    if (shape == StepData.CHAIN) {
      candidates.ifThere(
          programs.javaWithLibraries("Spring Batch, no store", SpringBatch.class, steps));
    }
    Map<String, Usage> figures = rounds.of(candidates);
    var table = new Table("%,d steps, %s".formatted(steps, shape), BARE, steps, 0);
    table.print(figures, out);
    candidates.printAbsent(out);
    return table.ratios(figures);
  }

  /** Programs that start a process a step, on a thousand of them. */
  private void addProcesses(Candidates candidates, StepData shape, int steps) throws IOException {
    int fewer = SIZES[0];
    double factor = (double) steps / fewer;
    String scaled = steps == fewer ? "" : ", %,d scaled".formatted(fewer);
    int atOnce = shape == StepData.CHAIN ? 1 : Runtime.getRuntime().availableProcessors();
    Path makefile = shape.makefile(programs.folder(), fewer);
    candidates.ifThere(
        programs.command("make" + scaled, "make", "-s", "-j" + atOnce, "-f", makefile, "all"),
        factor,
        "make");
    candidates.ifThere(
        programs.command("xargs" + scaled, "bash", "-c", XARGS, fewer, atOnce),
        factor,
        "xargs",
        "seq");
  }
}
