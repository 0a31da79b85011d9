package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.cli.display.Table;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.view.RunJson;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists the runs that are remembered. */
final class RunsListCommand implements Command {

  @Override
  public String name() {
    return "runs list";
  }

  @Override
  public String summary() {
    return "List runs, the newest first.";
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> options =
        new ArrayList<>(
            List.of(
                Syntax.Option.value("--workflow", "NAME", "Runs of this workflow alone."),
                Syntax.Option.repeatable(
                    "--state",
                    choices(StoredRun.State.class, "|"),
                    "Runs that stand there; unfinished ones can be resumed."),
                Syntax.Option.repeatable(
                    "--outcome", choices(Outcome.class, "|"), "Runs that ended so."),
                Syntax.Option.value(
                    "--since", "TIME", "Runs that began then or later: " + Moment.FORMS + "."),
                Syntax.Option.value("--until", "TIME", "Runs that began before.")));
    options.addAll(Paging.OPTIONS);
    options.addAll(Home.IN_CURRENT_FOLDER);
    options.add(Output.OPTION);
    return options;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    Instant now = Machine.clock().instant();
    RunQuery query = query(arguments, now);
    try (Store store = Home.existing(arguments, console).open()) {
      Store.Page<StoredRun> page = store.runs(query);
      switch (output) {
        case TEXT -> printTable(page.items(), now, console);
        case JSON -> page.items().forEach(run -> console.print(json(run) + "\n"));
      }
      Paging.printNext(page, output, console);
    }
    return ExitCode.SUCCEEDED;
  }

  private static RunQuery query(Arguments arguments, Instant now) {
    ZoneId zone = ZoneId.systemDefault();
    return new RunQuery(
        arguments.text("--workflow"),
        null,
        chosen(StoredRun.State.class, "--state", arguments),
        chosen(Outcome.class, "--outcome", arguments),
        Moment.of("--since", arguments, now, zone),
        Moment.of("--until", arguments, now, zone),
        Paging.limit(arguments),
        Paging.cursor(arguments));
  }

  private static <E extends Enum<E>> Set<E> chosen(
      Class<E> type, String option, Arguments arguments) {
    Set<E> chosen = EnumSet.noneOf(type);
    for (String typed : arguments.texts(option)) {
      E found =
          Arrays.stream(type.getEnumConstants())
              .filter(one -> id(one).equals(typed))
              .findFirst()
              .orElseThrow(() ->
                  new WrongUsage(
                      "`"
                          + option
                          + "` needs one of "
                          + choices(type, ", ")
                          + ", not `"
                          + typed
                          + "`"));
      chosen.add(found);
    }
    return chosen;
  }

  private static <E extends Enum<E>> String choices(Class<E> type, String between) {
    return String.join(
        between, Arrays.stream(type.getEnumConstants()).map(RunsListCommand::id).toList());
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void printTable(List<StoredRun> runs, Instant now, Console console) {
    if (runs.isEmpty()) {
      console.say("no such runs");
      return;
    }
    var table =
        new Table(
            List.of("run", "workflow", "started", "took", "state", "owner or failure"),
            Set.of("took"));
    for (StoredRun run : runs) {
      Instant ended = run.ended();
      table.row(
          run.id(),
          Visible.line(run.workflow()),
          Figures.time(run.started(), ZoneId.systemDefault()),
          Figures.duration(Duration.between(run.started(), ended == null ? now : ended)),
          run.outcome() == null ? id(run.state()) : run.outcome().id(),
          detail(run));
    }
    table.lines(console.results().style()).forEach(line -> console.print(line + "\n"));
  }

  private static String detail(StoredRun run) {
    String failure = run.failure();
    if (failure != null) {
      return Visible.line(failure.lines().findFirst().orElse(""));
    }
    return run.owner() == null ? "" : Visible.line(run.owner());
  }

  private static ObjectNode json(StoredRun run) {
    return RunJson.add(JsonNodeFactory.instance.objectNode().put("run", run.id()), run);
  }
}
