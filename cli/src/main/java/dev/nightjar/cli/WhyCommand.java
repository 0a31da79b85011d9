package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.cli.display.Style;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.runtime.journal.Explanation;
import dev.nightjar.runtime.journal.Reason;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says why a run and its steps went as they did. */
final class WhyCommand implements Command {

  /** How many paths a message names. */
  private static final int NAMED = 8;

  @Override
  public String name() {
    return "why";
  }

  @Override
  public String summary() {
    return "Say why a run's steps, or a time of a trigger, went as they did.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(
        new Syntax.Operand(
            "RUN",
            false,
            KnownRuns.OPERAND.help() + " With `--at` a workflow: its name, or its file."),
        Syntax.Operand.optional(
            "STEP",
            "One step, and all there is to say of it: clean, finally.report, each[3].write;"
                + " default: one or two lines for each step. With `--at` a trigger; default: all."));
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> options = new ArrayList<>(Home.IN_CURRENT_FOLDER);
    options.add(WhyTime.AT);
    options.add(Plugins.OPTION);
    options.add(Output.OPTION);
    return options;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    String step = arguments.operand(1).isEmpty() ? null : arguments.operand(1);
    Home home = Home.existing(arguments, console);
    if (arguments.text(WhyTime.AT_NAME) != null) {
      return new WhyTime(arguments, console, output).run(home);
    }
    try (Store store = home.open()) {
      StoredRun run = KnownRuns.find(store, arguments.operand(0));
      Explanation explanation = explain(store, run, step);
      if (step != null && explanation.steps().isEmpty()) {
        throw unknown(run, step, explanation);
      }
      switch (output) {
        case JSON -> console.print(explanation.json() + "\n");
        case TEXT -> {
          Style style = console.results().style();
          console.print(
              (step == null ? overview(run, home, explanation, style) : detail(explanation, style))
                  + "\n");
        }
      }
    }
    return ExitCode.SUCCEEDED;
  }

  private static Explanation explain(Store store, StoredRun run, @Nullable String step) {
    try (Stream<Store.StoredEvent> events = store.events(run.id())) {
      return Explanation.of(events.map(Store.StoredEvent::event), step);
    }
  }

  private static WrongUsage unknown(StoredRun run, String step, Explanation explanation) {
    List<String> known = explanation.known();
    String some = String.join(", ", known.subList(0, Math.min(NAMED, known.size())));
    String all =
        known.isEmpty()
            ? "none of its steps has begun"
            : "they tell of " + some + (known.size() > NAMED ? ", ..." : "");
    return new WrongUsage(
        "the events of run %s tell of no step `%s`; %s"
            .formatted(run.id(), step, Suggestions.hint(step, known, all)));
  }

  private static String overview(StoredRun run, Home home, Explanation explanation, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(Visible.line(run.workflow())) + style.dim("  run " + run.id()));
    explanation.run().forEach(reason -> add(lines, "", reason));
    String now = standing(run, home);
    if (now != null) {
      lines.add(now);
    }
    int width = explanation.steps().stream().mapToInt(step -> step.step().length()).max().orElse(0);
    for (Explanation.OfStep step : explanation.steps()) {
      lines.add("");
      String name = step.step();
      for (Reason reason : step.brief()) {
        add(lines, style.bold(name) + " ".repeat(width - name.length() + 2), reason);
        name = "";
      }
    }
    return String.join("\n", lines);
  }

  /** What the journal of a run that has not ended cannot say; null when it has ended. */
  private static @Nullable String standing(StoredRun run, Home home) {
    return switch (run.state()) {
      case ENDED -> null;
      case QUEUED -> "waits for its turn" + (run.owner() == null ? "" : " in " + run.owner());
      case RUNNING -> "is running" + (run.owner() == null ? "" : " in " + run.owner());
      case UNFINISHED ->
          "has not ended, and its process is gone: `nightjar resume "
              + run.id()
              + home.asTyped()
              + "` goes on with it";
    };
  }

  private static String detail(Explanation explanation, Style style) {
    List<String> lines = new ArrayList<>();
    for (Explanation.OfStep step : explanation.steps()) {
      lines.add(style.bold(Visible.line(step.step())) + style.dim("  " + step.processor()));
      step.reasons().forEach(reason -> add(lines, time(reason.at(), style), reason));
    }
    return String.join("\n", lines);
  }

  private static String time(Instant at, Style style) {
    return style.dim(Figures.time(at, ZoneId.systemDefault())) + "  ";
  }

  private static void add(List<String> lines, String before, Reason reason) {
    List<String> text = Visible.lines(reason.text()).lines().toList();
    for (int i = 0; i < text.size(); i++) {
      lines.add((i == 0 ? before : "    ") + text.get(i));
    }
  }
}
