package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.store.StepCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Forgets the results of steps with {@code cache:}. */
final class CacheClearCommand implements Command {

  @Override
  public String name() {
    return "cache clear";
  }

  @Override
  public String summary() {
    return "Forget the results of steps with `cache:`.";
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>();
    all.add(
        Syntax.Option.value(
            "--older-than",
            "DURATION",
            "Those that were last used longer ago than this, such as 7d; default: all."));
    all.addAll(Home.IN_CURRENT_FOLDER);
    return all;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Duration age = arguments.age("--older-than");
    Instant before = age == null ? null : Machine.clock().instant().minus(age);
    Home home = Home.existing(arguments, console);
    try (StepCache cache = home.cache(console)) {
      long entries = cache.stats(0).entries();
      long bytes = cache.clear(before);
      long gone = entries - cache.stats(0).entries();
      console.print(
          "%s forgotten, %s freed%n"
              .formatted(Figures.counted(gone, "result"), Figures.bytes(bytes)));
      return ExitCode.SUCCEEDED;
    }
  }
}
