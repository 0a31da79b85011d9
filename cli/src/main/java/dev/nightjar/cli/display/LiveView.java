package dev.nightjar.cli.display;

import dev.nightjar.runtime.monitor.StepProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line for each running step, never wider or higher than the terminal. */
final class LiveView {

  private static final int BAR = 20;

  /** How much the newest sample weighs: a rate settles within about two seconds of ten a second. */
  private static final double NEWEST = 0.1;

  private final Style style;
  private Map<String, Pace> paces = new HashMap<>();

  LiveView(Style style) {
    this.style = style;
  }

  /** The lines for what runs now, without line ends and without colours. */
  List<String> lines(List<StepProgress> running, Screen screen) {
    Map<String, Pace> now = new HashMap<>();
    for (StepProgress step : running) {
      Pace before = paces.get(step.step());
      now.put(step.step(), before == null ? Pace.first(step) : before.next(step));
    }
    paces = now;
    // One row stays free for the cursor, and one for what is not shown.
    int room = screen.rows() - 2;
    int shown = running.size() <= room + 1 ? running.size() : room;
    int names = 0;
    for (StepProgress step : running.subList(0, shown)) {
      names = Math.max(names, step.step().length());
    }
    // Names of nested steps grow long; half of the line is for the figures.
    names = Math.min(names, screen.columns() / 2);
    List<String> lines = new ArrayList<>();
    for (StepProgress step : running.subList(0, shown)) {
      lines.add(
          cut(
              line(step, names, now.getOrDefault(step.step(), Pace.first(step))),
              screen.columns() - 1));
    }
    if (shown < running.size()) {
      lines.add(cut("  and " + (running.size() - shown) + " more", screen.columns() - 1));
    }
    return lines;
  }

  private String line(StepProgress step, int names, Pace pace) {
    List<String> parts = new ArrayList<>();
    parts.add("  " + padded(step.step(), names));
    if (step.total() > 0) {
      double share = Math.clamp((double) step.done() / step.total(), 0, 1);
      parts.add(bar(share) + String.format("%4d %%", (int) (share * 100)));
    }
    if (!step.waiting().isEmpty()) {
      parts.add(step.waiting());
    }
    if (step.records() > 0) {
      parts.add(Figures.counted(step.records(), "record"));
      String rate = Figures.rate(Math.round(pace.records()), Duration.ofSeconds(1));
      if (!rate.isEmpty()) {
        parts.add(rate);
      }
    }
    if (step.rejected() > 0) {
      parts.add(Figures.count(step.rejected()) + " rejected");
    }
    if (step.total() > 0 && pace.done() > 0 && step.done() < step.total()) {
      long left = Math.round((step.total() - step.done()) / pace.done());
      parts.add(Figures.duration(Duration.ofSeconds(left)) + " left");
    } else if (step.elapsed().toSeconds() > 0) {
      parts.add(Figures.duration(Duration.ofSeconds(step.elapsed().toSeconds())));
    }
    return String.join("  ", parts);
  }

  private static String padded(String name, int width) {
    String visible = Visible.line(name);
    return visible.length() > width
        ? visible.substring(0, width)
        : visible + " ".repeat(width - visible.length());
  }

  private String bar(double share) {
    int full = (int) (share * BAR);
    return style.unicode()
        ? "━".repeat(full) + "╌".repeat(BAR - full)
        : "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  private static String cut(String line, int width) {
    return line.length() <= width ? line : line.substring(0, width);
  }

  /**
   * How fast a step goes, smoothed, a second.
   *
   * @param seen the last sample
   */
  private record Pace(StepProgress seen, double records, double done) {

    static Pace first(StepProgress step) {
      double seconds = seconds(step.elapsed());
      return seconds > 0
          ? new Pace(step, step.records() / seconds, step.done() / seconds)
          : new Pace(step, 0, 0);
    }

    Pace next(StepProgress step) {
      double passed = seconds(step.elapsed()) - seconds(seen.elapsed());
      if (passed <= 0) {
        return this;
      }
      return new Pace(
          step,
          smooth(records, (step.records() - seen.records()) / passed),
          smooth(done, (step.done() - seen.done()) / passed));
    }

    private static double smooth(double before, double newest) {
      // An attempt that starts again counts from 0: that is no pace.
      return before == 0 ? Math.max(0, newest) : before + NEWEST * (Math.max(0, newest) - before);
    }

    private static double seconds(Duration duration) {
      return duration.toNanos() / 1e9;
    }
  }
}
