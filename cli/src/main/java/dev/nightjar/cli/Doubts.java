package dev.nightjar.cli;

import dev.nightjar.daemon.Resolution;
import dev.nightjar.runtime.History;
import java.util.stream.Collectors;

/** Asks a person what became of attempts that a crash interrupted and that may not be repeated. */
final class Doubts {

  private Doubts() {}

  /** Names each step in doubt, and the commands that say what became of it. */
  static void explain(String run, History past, Home home, Console console) {
    var text = new StringBuilder();
    text.append("run ").append(run);
    text.append(" cannot go on before you have looked: its process ended in the middle of work");
    text.append(" that is done at most once");
    for (String step : Resolution.steps(past)) {
      String command = "nightjar resolve " + run + " " + step;
      text.append("\n  `").append(step).append("`").append(detail(step, past));
      if (Resolution.canHaveSucceeded(step, past)) {
        text.append("\n    = if it has done it:  ").append(command).append(" --succeeded");
        text.append(home.asTyped());
      }
      text.append("\n    = to do it again:     ").append(command).append(" --again");
      text.append(home.asTyped());
    }
    console.error(text.toString());
  }

  private static String detail(String step, History past) {
    String tasks =
        past.inDoubt().stream()
            .filter(doubt -> doubt.step().equals(step) && doubt.ofTask())
            .map(doubt -> String.valueOf(doubt.task()))
            .collect(Collectors.joining(", "));
    return tasks.isEmpty() ? "" : ", task " + tasks + ": what it would have emitted is not known";
  }
}
