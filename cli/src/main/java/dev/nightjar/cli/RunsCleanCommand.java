package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.daemon.OldRuns;
import dev.nightjar.store.Retention;
import dev.nightjar.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Forgets runs that have ended. */
final class RunsCleanCommand implements Command {

  @Override
  public String name() {
    return "runs clean";
  }

  @Override
  public String summary() {
    return "Forget runs that have ended.";
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>();
    all.add(
        Syntax.Option.value(
            "--older-than",
            "DURATION",
            "Those that ended longer ago than this, such as 30d; 0s for all. Default, without"
                + " --keep: what every run forgets, too."));
    all.add(Syntax.Option.value("--keep", "N", "All but the newest N of each workflow."));
    all.addAll(Home.IN_CURRENT_FOLDER);
    return all;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Retention retention = retention(arguments, console);
    Home home = Home.existing(arguments, console);
    try (Store store = home.open()) {
      List<String> gone = OldRuns.forget(store, home.folder(), retention);
      console.print(Figures.counted(gone.size(), "run") + " forgotten\n");
      return ExitCode.SUCCEEDED;
    }
  }

  private static Retention retention(Arguments arguments, Console console) {
    Duration age = arguments.age("--older-than");
    int runs = arguments.positive("--keep", 0);
    return age == null && runs == 0 ? Housekeeping.retention(console) : new Retention(age, runs);
  }
}
