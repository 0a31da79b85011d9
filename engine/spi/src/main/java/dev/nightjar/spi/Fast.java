package dev.nightjar.spi;

/**
 * Whether shortcuts are taken that change no result: {@code -Dnightjar.fast=off} takes none of
 * them, so that a suspicion can be tried, and a test can show that nothing depends on them.
 */
final class Fast {

  static final boolean ON = !"off".equals(System.getProperty("nightjar.fast"));

  private Fast() {}
}
