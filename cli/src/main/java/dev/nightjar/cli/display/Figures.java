package dev.nightjar.cli.display;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them: {@code 12,345}, {@code 1.2 s}, {@code 3.4 MiB}. */
public final class Figures {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private Figures() {}

  /** {@code 12,345}. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** {@code 1 record}, {@code 12,345 records}. */
  public static String counted(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /**
   * Three digits or so: {@code 0 ms}, {@code 0.25 ms}, {@code 350 ms}, {@code 1.25 s}, {@code 2 min
   * 3 s}, {@code 3 h 4 min}.
   */
  public static String duration(Duration duration) {
    long nanos = Math.max(0, saturatedNanos(duration));
    if (nanos < 1_000_000_000L) {
      return digits(nanos / 1e6) + " ms";
    }
    // From here on rounding must not lead to "60 s".
    long seconds = duration.toSeconds();
    if (nanos < 59_950_000_000L) {
      return digits(nanos / 1e9) + " s";
    }
    if (seconds < 3600) {
      long whole = Math.max(60, Math.round(nanos / 1e9));
      return whole / 60 + " min " + whole % 60 + " s";
    }
    long minutes = duration.toMinutes();
    return minutes / 60 + " h " + minutes % 60 + " min";
  }

  private static long saturatedNanos(Duration duration) {
    return duration.toSeconds() > Long.MAX_VALUE / 2_000_000_000L
        ? Long.MAX_VALUE
        : duration.toNanos();
  }

  /** {@code 2026-11-20 10:00:00.123}. */
  public static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /** {@code 3.4 MiB}. */
  public static String bytes(long bytes) {
    double value = Math.abs((double) bytes);
    int unit = 0;
    while (value >= 1023.5 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return (bytes < 0 ? "-" : "") + digits(value) + " " + UNITS[unit];
  }

  /** {@code +3.4 MiB} or {@code -1 KiB}. */
  public static String change(long bytes) {
    return (bytes > 0 ? "+" : "") + bytes(bytes);
  }

  /** {@code 83,333/s}; empty when there is nothing to divide. */
  public static String rate(long n, Duration time) {
    double seconds = time.toNanos() / 1e9;
    if (n <= 0 || seconds <= 0) {
      return "";
    }
    double rate = n / seconds;
    return (rate < 10 ? digits(rate) : count(Math.round(rate))) + "/s";
  }

  /** {@code 99.5 %}: never 100 % when something is missing. */
  public static String percent(double share) {
    String text = digits(share * 100);
    return (share < 1 && text.equals("100") ? "99.9" : text) + " %";
  }

  /** At most three digits that count, and no zeros behind the point. */
  private static String digits(double value) {
    int places = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    String text = String.format(Locale.ROOT, "%." + places + "f", value);
    return places == 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
