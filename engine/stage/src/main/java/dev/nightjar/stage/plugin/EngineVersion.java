package dev.nightjar.stage.plugin;

import dev.nightjar.spi.Processor;
import org.pf4j.DefaultVersionManager;

/** The version plugins see, which is that of the SPI's jar. */
final class EngineVersion {

  /** Without a qualifier such as {@code -SNAPSHOT}; 0.0.0 when run from class files. */
  static final String CURRENT = current();

  private EngineVersion() {}

  /** Whether a plugin's {@code Plugin-Requires} leaves this engine out. */
  static boolean refuses(String range) {
    if (range.isEmpty() || range.equals("*") || CURRENT.equals("0.0.0")) {
      return false;
    }
    String expression = range.matches("\\d+\\.\\d+\\.\\d+") ? ">=" + range : range;
    try {
      return !new DefaultVersionManager().checkVersionConstraint(CURRENT, expression);
    } catch (RuntimeException e) {
      // java-semver throws types of its own for ranges it cannot read.
      return true;
    }
  }

  private static String current() {
    String version = Processor.class.getPackage().getImplementationVersion();
    return version == null ? "0.0.0" : version.replaceFirst("-.*", "");
  }
}
