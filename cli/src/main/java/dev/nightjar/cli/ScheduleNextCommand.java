package dev.nightjar.cli;

import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.schedule.BadCronException;
import dev.nightjar.model.schedule.CronExpression;
import dev.nightjar.model.schedule.CronTimetable;
import dev.nightjar.model.schedule.Dst;
import dev.nightjar.model.schedule.Occurrence;
import dev.nightjar.model.schedule.TimeZones;
import dev.nightjar.model.schedule.Timetable;
import dev.nightjar.stage.plugin.PluginHost;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tells the times that the triggers of a workflow, or a cron expression, come next. */
final class ScheduleNextCommand implements Command {

  private static final String CRON = "--cron";
  private static final String TIMEZONE = "--timezone";

  /** Enough to see a pattern. */
  private static final int TIMES = 10;

  /** The next time of one trigger. */
  private record Firing(Trigger trigger, Timetable timetable, Occurrence occurrence) {}

  @Override
  public String name() {
    return "schedule next";
  }

  @Override
  public String summary() {
    return "Tell the next times of a workflow's triggers.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(Syntax.Operand.optional("FILE", "The workflow file; without it --cron."));
  }

  @Override
  public List<Syntax.Option> options() {
    return List.of(
        Syntax.Option.value("-n", "N", "How many times; default 10."),
        Syntax.Option.value(CRON, "EXPR", "The times of this cron expression: \"30 2 * * *\"."),
        Syntax.Option.value(
            TIMEZONE, "ZONE", "Its time zone, as in Europe/Berlin; default: the machine's."),
        Firings.AFTER,
        Plugins.OPTION,
        Output.OPTION);
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String file = arguments.operand(0);
    String cron = arguments.text(CRON);
    if (file.isEmpty() == (cron == null)) {
      String both = cron == null ? "" : ", not both";
      throw new WrongUsage("`nightjar schedule next` needs a FILE or `--cron EXPR`" + both);
    }
    if (cron == null && arguments.text(TIMEZONE) != null) {
      throw new WrongUsage("`--timezone` belongs to `--cron`; a file says its own");
    }
    return cron == null ? ofFile(file, arguments, console) : ofCron(cron, arguments, console);
  }

  private static int ofCron(String cron, Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    ZoneId zone = zone(arguments);
    Instant moment = Firings.after(arguments, zone);
    int times = arguments.positive("-n", TIMES);
    CronExpression expression = parse(cron, console, output);
    if (expression == null) {
      return ExitCode.WRONG_USAGE;
    }
    var timetable = new CronTimetable(expression, zone, Dst.FIXED_TIMES);
    Occurrence next = timetable.next(moment);
    for (int i = 0; i < times && next != null; i++) {
      switch (output) {
        case TEXT -> console.print(line(next, "", Duration.ZERO));
        case JSON -> console.print(Firings.json(next) + "\n");
      }
      next = timetable.next(next.instant());
    }
    return ExitCode.SUCCEEDED;
  }

  private static ZoneId zone(Arguments arguments) {
    String name = arguments.text(TIMEZONE);
    if (name == null) {
      return ZoneId.systemDefault();
    }
    return TimeZones.named(name)
        .orElseThrow(
            () -> new WrongUsage("there is no time zone `" + name + "`; " + TimeZones.hint(name)));
  }

  /** Null when it is wrong, which was printed. */
  private static @Nullable CronExpression parse(String cron, Console console, Output output) {
    try {
      return CronExpression.parse(cron);
    } catch (BadCronException wrong) {
      var diagnostics = new Diagnostics();
      String[] hints = wrong.hint().isEmpty() ? new String[0] : new String[] {wrong.hint()};
      diagnostics.error(
          Code.BAD_CRON,
          new Place(new SourceText(CRON, cron), wrong.start(), wrong.end()),
          String.valueOf(wrong.getMessage()),
          hints);
      new Findings(console, output).print(diagnostics.sorted());
      return null;
    }
  }

  private static int ofFile(String file, Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    Instant after = Firings.after(arguments, ZoneId.systemDefault());
    int times = arguments.positive("-n", TIMES);
    try (PluginHost plugins = Plugins.open(arguments, console)) {
      var loaded = LoadedWorkflow.read(file, plugins, console, output);
      if (loaded.workflow() != null) {
        print(loaded.workflow(), after, times, output, console);
      }
      return loaded.exitCode();
    }
  }

  private static void print(
      Workflow workflow, Instant after, int times, Output output, Console console) {
    var firings =
        new PriorityQueue<Firing>(Comparator.comparing(firing -> firing.occurrence().instant()));
    for (Trigger trigger : workflow.triggers()) {
      Timetable timetable = trigger.enabled() ? trigger.timetable(ZoneId.systemDefault()) : null;
      if (timetable != null) {
        addNext(firings, trigger, timetable, after);
      }
    }
    if (firings.isEmpty()) {
      console.say("no trigger of `" + workflow.name() + "` goes by time");
    }
    for (int i = 0; i < times && !firings.isEmpty(); i++) {
      Firing first = firings.remove();
      Occurrence next = first.occurrence();
      Trigger trigger = first.trigger();
      switch (output) {
        case TEXT -> {
          Duration delay = trigger.delay(workflow.name(), next.instant());
          console.print(line(next, "  " + trigger.id(), delay));
        }
        case JSON -> {
          ObjectNode json = Firings.json(next, workflow, trigger).put("trigger", trigger.id());
          console.print(json + "\n");
        }
      }
      addNext(firings, trigger, first.timetable(), next.instant());
    }
  }

  private static void addNext(
      PriorityQueue<Firing> firings, Trigger trigger, Timetable timetable, Instant after) {
    Occurrence next = timetable.next(after);
    if (next != null) {
      firings.add(new Firing(trigger, timetable, next));
    }
  }

  private static String line(Occurrence next, String trigger, Duration delay) {
    String note = Firings.note(next, delay);
    return Firings.time(next) + trigger + (note.isEmpty() ? "" : "  (" + note + ")") + "\n";
  }
}
