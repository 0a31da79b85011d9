package dev.nightjar.model.expression;

import static dev.nightjar.model.expression.Overload.global;
import static dev.nightjar.model.expression.Overload.member;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Timestamps from year 1 to 9999 and durations of up to 10,000 years, both to the nanosecond. */
final class TimeFunctions {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** 10,000 years, as in protocol buffers. */
  private static final long LONGEST_SECONDS = 315_576_000_000L;

  private TimeFunctions() {}

  static Map<String, List<Overload>> functions() {
    Overload.Body same = a -> a[0];
    Map<String, List<Overload>> all = new HashMap<>();
    all.put(
        "timestamp",
        List.of(
            global(Type.TIMESTAMP, same, Type.TIMESTAMP),
            global(Type.TIMESTAMP, a -> timestamp((String) a[0]), Type.STRING),
            global(Type.TIMESTAMP, a -> timestamp((Long) a[0]), Type.INT)));
    all.put(
        "duration",
        List.of(
            global(Type.DURATION, same, Type.DURATION),
            global(Type.DURATION, a -> Durations.parse((String) a[0]), Type.STRING),
            global(Type.DURATION, a -> inRange(Duration.ofSeconds((Long) a[0])), Type.INT)));
    all.put("getFullYear", part(ZonedDateTime::getYear));
    all.put("getMonth", part(time -> time.getMonthValue() - 1));
    all.put("getDate", part(ZonedDateTime::getDayOfMonth));
    all.put("getDayOfMonth", part(time -> time.getDayOfMonth() - 1));
    all.put("getDayOfWeek", part(time -> time.getDayOfWeek().getValue() % 7));
    all.put("getDayOfYear", part(time -> time.getDayOfYear() - 1));
    all.put("getHours", part(ZonedDateTime::getHour, Duration::toHours));
    all.put("getMinutes", part(ZonedDateTime::getMinute, Duration::toMinutes));
    all.put("getSeconds", part(ZonedDateTime::getSecond, Duration::toSeconds));
    all.put(
        "getMilliseconds",
        part(time -> time.getNano() / 1_000_000, time -> time.toMillis() % 1_000));
    return all;
  }

  private static List<Overload> part(ToLongFunction<ZonedDateTime> part) {
    return List.of(
        member(
            Type.INT,
            a -> part.applyAsLong(((Instant) a[0]).atZone(ZoneOffset.UTC)),
            Type.TIMESTAMP),
        member(
            Type.INT,
            a -> part.applyAsLong(((Instant) a[0]).atZone(zone((String) a[1]))),
            Type.TIMESTAMP,
            Type.STRING));
  }

  private static List<Overload> part(
      ToLongFunction<ZonedDateTime> part, ToLongFunction<Duration> whole) {
    List<Overload> parts = part(part);
    return List.of(
        parts.get(0),
        parts.get(1),
        member(Type.INT, a -> whole.applyAsLong((Duration) a[0]), Type.DURATION));
  }

  /** {@code Europe/Berlin}, {@code UTC}, {@code +02:00}; CEL knows {@code 02:00} too. */
  private static ZoneId zone(String name) {
    try {
      boolean bare = !name.isEmpty() && Lexer.isDigit(name.charAt(0));
      return ZoneId.of(bare ? "+" + name : name);
    } catch (DateTimeException e) {
      throw Conversions.unreadable(name, "time zone, such as Europe/Berlin or +02:00");
    }
  }

  /** {@code 2026-11-20T10:00:00Z}, with any offset; {@code 2026-11-20} is its midnight in UTC. */
  private static Object timestamp(String text) {
    try {
      Instant read =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      return inRange(read);
    } catch (DateTimeException e) {
      throw Conversions.unreadable(text, "timestamp, such as 2026-11-20T10:00:00Z or 2026-11-20");
    }
  }

  private static Object timestamp(long epochSecond) {
    try {
      return inRange(Instant.ofEpochSecond(epochSecond));
    } catch (DateTimeException e) {
      throw outOfRange();
    }
  }

  static Instant inRange(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw outOfRange();
    }
    return time;
  }

  static Duration inRange(Duration time) {
    if (Math.abs(time.toSeconds()) > LONGEST_SECONDS) {
      throw outOfRange();
    }
    return time;
  }

  static EvaluationException outOfRange() {
    return new EvaluationException("the time is out of range: years 1 to 9999");
  }

  /** As JSON has it: {@code 2026-11-20T10:00:00Z}, {@code 3.5s}. */
  static String text(Object time) {
    return time instanceof Duration duration ? Durations.text(duration) : time.toString();
  }
}
