package dev.nightjar.model.schedule;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Again and again after the same duration, counted from 1970-01-01T00:00Z, so that restarts and
 * other machines change nothing; the clock on the wall does not matter.
 *
 * @param period longer than nothing
 * @param zone in which times are shown
 */
public record EveryTimetable(Duration period, ZoneId zone) implements Timetable {

  private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

  public EveryTimetable {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("a period of " + period + " leads nowhere");
    }
  }

  @Override
  public Occurrence next(Instant after) {
    return at(periods(Covered.nearest(after)).add(BigInteger.ONE));
  }

  @Override
  public Occurrence latest(Instant atOrBefore) {
    return at(periods(Covered.nearest(atOrBefore)));
  }

  /** How many are over. */
  private BigInteger periods(Instant moment) {
    BigInteger nanos = nanos(moment.getEpochSecond(), moment.getNano());
    BigInteger[] parts = nanos.divideAndRemainder(length());
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private Occurrence at(BigInteger periods) {
    BigInteger[] parts = periods.multiply(length()).divideAndRemainder(SECOND);
    // A remainder below nothing is taken from the seconds.
    Instant moment = Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    ZonedDateTime time = moment.atZone(zone);
    return new Occurrence(time, time.toLocalDateTime(), Occurrence.Shift.NONE);
  }

  private BigInteger length() {
    return nanos(period.getSeconds(), period.getNano());
  }

  private static BigInteger nanos(long seconds, int nanos) {
    return BigInteger.valueOf(seconds).multiply(SECOND).add(BigInteger.valueOf(nanos));
  }
}
