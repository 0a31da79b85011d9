package dev.nightjar.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints figures as a Markdown table.
 *
 * @param reference the candidate that the others are held against
 * @param records how many each handles; 0 where there are none
 * @param bytes how many each reads
 */
record Table(String title, String reference, long records, long bytes) {

  private static final double MEGA = 1e6;

  void print(Map<String, Usage> figures, PrintStream out) {
    Usage base = base(figures);
    out.printf("%n### %s%n%n", title);
    out.print("| candidate | wall s | CPU s | resident MB |");
    out.print(records > 0 ? " records/s |" : "");
    out.print(bytes > 0 ? " MB/s |" : "");
    out.printf(" wall ratio | CPU ratio |%n|---|--:|--:|--:|");
    out.print((records > 0 ? "--:|" : "") + (bytes > 0 ? "--:|" : ""));
    out.printf("--:|--:|%n");
    figures.forEach((name, usage) -> row(name, usage, base, out));
  }

  /** By title and name, how many times the wall of the reference each of Nightjar's took. */
  Map<String, Double> ratios(Map<String, Usage> figures) {
    var ratios = new LinkedHashMap<String, Double>();
    figures.forEach((name, usage) -> {
      if (name.startsWith("nightjar")) {
        ratios.put(title + ": " + name, usage.wall() / base(figures).wall());
      }
    });
    return ratios;
  }

  private Usage base(Map<String, Usage> figures) {
    Usage base = figures.get(reference);
    if (base == null) {
      throw new IllegalArgumentException("no candidate is called " + reference);
    }
    return base;
  }

  private void row(String name, Usage usage, Usage base, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.0f |",
        name,
        usage.wall(),
        usage.cpu(),
        usage.resident() / MEGA);
    if (records > 0) {
      out.printf(Locale.ROOT, " %,.0f |", records / usage.wall());
    }
    if (bytes > 0) {
      out.printf(Locale.ROOT, " %.1f |", bytes / MEGA / usage.wall());
    }
    out.printf(
        Locale.ROOT, " %.2f | %.2f |%n", usage.wall() / base.wall(), usage.cpu() / base.cpu());
  }
}
