package dev.nightjar.cli;

/** Which Nightjar this is. */
final class Version {

  private Version() {}

  /** {@code nightjar 0.1.0, Java 25.0.3}. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "nightjar "
        + (version == null ? "from class files" : version)
        + ", Java "
        + System.getProperty("java.version");
  }
}
