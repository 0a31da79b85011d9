package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.cli.display.Table;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.store.CacheStats;
import dev.nightjar.store.StepCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells what is kept of steps with {@code cache:}, and what it was good for. */
final class CacheStatsCommand implements Command {

  private static final int MOST_ACCESSED = 10;

  @Override
  public String name() {
    return "cache stats";
  }

  @Override
  public String summary() {
    return "Tell what the cache holds and what it was good for.";
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>();
    all.add(
        Syntax.Option.value(
            "--limit", "N", "How many of the results that were used most; default: 10."));
    all.addAll(Home.IN_CURRENT_FOLDER);
    all.add(Output.OPTION);
    return all;
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    int most = arguments.positive("--limit", MOST_ACCESSED);
    Home home = Home.existing(arguments, console);
    try (StepCache cache = home.cache(console)) {
      CacheStats stats = cache.stats(most);
      switch (output) {
        case TEXT -> printText(stats, console);
        case JSON -> console.print(json(stats) + "\n");
      }
      return ExitCode.SUCCEEDED;
    }
  }

  private static void printText(CacheStats stats, Console console) {
    console.print("results  %s%n".formatted(Figures.count(stats.entries())));
    console.print(
        "size     %s of %s%n"
            .formatted(Figures.bytes(stats.bytes()), Figures.bytes(stats.limit())));
    console.print("hits     %s%n".formatted(Figures.count(stats.hits())));
    console.print("misses   %s%n".formatted(Figures.count(stats.misses())));
    if (stats.hits() + stats.misses() > 0) {
      console.print("hit rate %s%n".formatted(Figures.percent(stats.hitRate())));
    }
    if (stats.mostAccessed().isEmpty()) {
      return;
    }
    var table =
        new Table(List.of("most used", "times", "size", "last used"), Set.of("times", "size"));
    for (CacheStats.Entry entry : stats.mostAccessed()) {
      table.row(
          Visible.line(entry.place()),
          Figures.count(entry.accesses()),
          Figures.bytes(entry.bytes()),
          entry.used().toString());
    }
    console.print("\n");
    for (String line : table.lines(console.results().style())) {
      console.print(line + "\n");
    }
  }

  private static ObjectNode json(CacheStats stats) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("entries", stats.entries())
            .put("bytes", stats.bytes())
            .put("limit", stats.limit())
            .put("hits", stats.hits())
            .put("misses", stats.misses())
            .put("hit_rate", stats.hitRate());
    ArrayNode entries = json.putArray("most_accessed");
    for (CacheStats.Entry entry : stats.mostAccessed()) {
      entries
          .addObject()
          .put("place", entry.place())
          .put("key", entry.digest())
          .put("bytes", entry.bytes())
          .put("accesses", entry.accesses())
          .put("kept", entry.kept().toString())
          .put("used", entry.used().toString())
          .put("expires", entry.expires() == null ? null : entry.expires().toString());
    }
    return json;
  }
}
