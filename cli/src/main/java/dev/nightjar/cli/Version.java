package dev.nightjar.cli;

/** Which Nightjar this is. */
final class Version {

  private Version() {}

  /** {@code nightjar 0.1.0, Java 25.0.3}. */
  static String text() {
    return "nightjar " + number() + ", Java " + System.getProperty("java.version");
  }

  /** {@code 0.1.0}. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "from class files" : version;
  }
}
