package dev.nightjar.cli;

import dev.nightjar.stage.Surroundings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.TimeZone;

/** Time, chance and sleep as this machine has them; nothing else asks for them. */
final class Machine {

  private Machine() {}

  static InstantSource clock() {
    return InstantSource.system();
  }

  /**
   * How far the machine's zone is from UTC at a time. From its older class: {@code ZoneId} looks
   * for zones in every jar.
   */
  static ZoneOffset offset(Instant time) {
    int millis = TimeZone.getDefault().getOffset(time.toEpochMilli());
    return ZoneOffset.ofTotalSeconds(millis / 1000);
  }

  /** Returns after the duration. */
  static void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  /** Chance for secrets. */
  static SecureRandom secure() {
    return new SecureRandom();
  }

  /** All of it, and the folder for what a run keeps. */
  static Surroundings surroundings(Path home) {
    return new Surroundings(clock(), System::nanoTime, new Random(), Thread::sleep, home);
  }
}
