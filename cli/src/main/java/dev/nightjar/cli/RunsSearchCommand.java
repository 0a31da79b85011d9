package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.cli.display.Table;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.view.RunJson;
import dev.nightjar.store.Store;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds words in what runs have logged and failed with. */
final class RunsSearchCommand implements Command {

  @Override
  public String name() {
    return "runs search";
  }

  @Override
  public String summary() {
    return "Find words in the logs, failures and names of runs.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(
        new Syntax.Operand("TEXT", false, "Words that all have to be in a line, in quotes."));
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> options = new ArrayList<>(Paging.OPTIONS);
    options.addAll(Home.IN_CURRENT_FOLDER);
    options.add(Output.OPTION);
    return options;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    String text = arguments.operand(0);
    if (text.isBlank()) {
      throw new WrongUsage("`TEXT` needs a word to look for");
    }
    try (Store store = Home.existing(arguments, console).open()) {
      Store.Page<Store.Hit> page =
          store.search(text, Paging.limit(arguments), Paging.cursor(arguments));
      switch (output) {
        case TEXT -> printTable(page.items(), console);
        case JSON -> page.items().forEach(hit -> console.print(RunJson.hit(hit) + "\n"));
      }
      Paging.printNext(page, output, console);
    }
    return ExitCode.SUCCEEDED;
  }

  private static void printTable(List<Store.Hit> hits, Console console) {
    if (hits.isEmpty()) {
      console.say("nothing found");
      return;
    }
    var table = new Table(List.of("run", "time", "step", "line"), Set.of());
    for (Store.Hit hit : hits) {
      table.row(
          hit.run(),
          Figures.time(hit.at(), ZoneId.systemDefault()),
          hit.step() == null ? "" : hit.step(),
          Visible.line(hit.text()));
    }
    table.lines(console.results().style()).forEach(line -> console.print(line + "\n"));
  }
}
