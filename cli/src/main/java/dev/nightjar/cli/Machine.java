package dev.nightjar.cli;

import dev.nightjar.stage.Surroundings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** Time, chance and sleep as this machine has them; nothing else asks for them. */
final class Machine {

  private Machine() {}

  static InstantSource clock() {
    return InstantSource.system();
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
