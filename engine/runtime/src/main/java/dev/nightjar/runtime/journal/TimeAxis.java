package dev.nightjar.runtime.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where on a line from 0 to 1 the moments of a run lie. Long stretches in which nobody had the run
 * are drawn short, so that a run that was resumed after a weekend still shows what it did.
 */
public final class TimeAxis {

  /** Of the whole line, for each stretch that is cut short. */
  private static final double CUT = 0.03;

  /** Pauses of a smaller share of the line than this are drawn as long as they were. */
  private static final double SHORT = 0.06;

  private static final long[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800};

  private static final long HOUR_MILLIS = 3_600_000;

  private final List<Piece> pieces;

  private TimeAxis(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /**
   * A stretch of the line.
   *
   * @param start from 0 to 1
   * @param cut whether it is drawn shorter than it was
   */
  public record Piece(Instant from, Instant to, double start, double end, boolean cut) {}

  /**
   * A mark.
   *
   * @param worked since the start, without what is cut short
   */
  public record Tick(double position, Duration worked) {}

  /**
   * The axis of a run.
   *
   * @param now where it ends while the run has no end
   */
  public static TimeAxis of(Timeline timeline, Instant now) {
    Instant first = timeline.first();
    Instant start = first == null ? now : first;
    Event.RunEnded ended = timeline.ended();
    Instant end = later(start, ended == null ? now : ended.at());
    List<Timeline.Pause> cut = new ArrayList<>();
    for (Timeline.Pause pause : timeline.pauses()) {
      double share = seconds(pause.from(), pause.to()) / Math.max(1e-9, seconds(start, end));
      if (share > SHORT && !pause.from().isBefore(start) && cut.size() * CUT < 0.3) {
        cut.add(pause);
      }
    }
    return new TimeAxis(pieces(start, end, cut));
  }

  private static List<Piece> pieces(Instant start, Instant end, List<Timeline.Pause> cut) {
    double left = seconds(start, end);
    for (Timeline.Pause pause : cut) {
      left -= seconds(pause.from(), pause.to());
    }
    double scale = (1 - CUT * cut.size()) / Math.max(left, 1e-9);
    List<Piece> pieces = new ArrayList<>();
    Instant at = start;
    double position = 0;
    for (Timeline.Pause pause : cut) {
      double next = position + seconds(at, pause.from()) * scale;
      pieces.add(new Piece(at, pause.from(), position, next, false));
      pieces.add(new Piece(pause.from(), pause.to(), next, next + CUT, true));
      position = next + CUT;
      at = pause.to();
    }
    pieces.add(new Piece(at, end, position, 1, false));
    return List.copyOf(pieces);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
  }

  public Instant start() {
    return pieces.getFirst().from();
  }

  public Instant end() {
    return pieces.getLast().to();
  }

  /** The stretches in their order, without gaps. */
  public List<Piece> pieces() {
    return pieces;
  }

  /** From 0 to 1; null stands for the end. */
  public double position(@Nullable Instant moment) {
    if (moment == null) {
      return 1;
    }
    for (Piece piece : pieces) {
      if (moment.isBefore(piece.to())) {
        return within(piece, moment);
      }
    }
    return 1;
  }

  private static double within(Piece piece, Instant moment) {
    double share =
        seconds(piece.from(), moment) / Math.max(1e-9, seconds(piece.from(), piece.to()));
    return piece.start() + Math.clamp(share, 0, 1) * (piece.end() - piece.start());
  }

  /** Marks at round times, from 0 on, as many as fit. */
  public List<Tick> ticks(int most) {
    double millis = worked() * 1000;
    long step = step(millis / Math.max(1, most));
    List<Tick> ticks = new ArrayList<>();
    for (long at = 0; at <= millis && ticks.size() <= most; at += step) {
      ticks.add(new Tick(positionOfWork(at / 1000.0), Duration.ofMillis(at)));
    }
    return ticks;
  }

  /** Seconds. */
  private double worked() {
    return pieces.stream()
        .filter(piece -> !piece.cut())
        .mapToDouble(piece -> seconds(piece.from(), piece.to()))
        .sum();
  }

  private double positionOfWork(double seconds) {
    double left = seconds;
    for (Piece piece : pieces) {
      double length = piece.cut() ? 0 : seconds(piece.from(), piece.to());
      if (!piece.cut() && left <= length) {
        double share = length == 0 ? 0 : left / length;
        return piece.start() + share * (piece.end() - piece.start());
      }
      left -= length;
    }
    return 1;
  }

  /** The next round number of milliseconds. */
  private static long step(double least) {
    for (long unit = 1; unit <= 1000; unit *= 10) {
      for (long n : unit < 1000 ? new long[] {1, 2, 5} : STEPS) {
        if (n * unit >= least) {
          return n * unit;
        }
      }
    }
    long hours = 1;
    while (hours * HOUR_MILLIS < least) {
      hours *= hours == 1 ? 3 : 2;
    }
    return hours * HOUR_MILLIS;
  }
}
