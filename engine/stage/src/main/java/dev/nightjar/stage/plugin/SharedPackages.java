package dev.nightjar.stage.plugin;

import java.util.List;

/**
 * What plugins see besides their own jar: the JDK, and the packages whose types cross the border
 * between engine and plugin. A plugin that leans on the engine's other libraries fails here, on its
 * author's machine, and not when the engine changes them.
 */
final class SharedPackages extends ClassLoader {

  /**
   * Types of these packages are the engine's, even where a plugin bundles its own copies. Jackson's
   * data formats and modules are not among them: a plugin brings those it needs.
   */
  private static final List<String> SHARED =
      List.of(
          "dev.nightjar.spi.",
          "org.slf4j.",
          "tools.jackson.core.",
          "tools.jackson.databind.",
          "com.fasterxml.jackson.annotation.",
          "org.pf4j.");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader engine;

  SharedPackages(ClassLoader engine) {
    super("nightjar-shared", ClassLoader.getPlatformClassLoader());
    this.engine = engine;
  }

  static boolean contains(String className) {
    return SHARED.stream().anyMatch(className::startsWith);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (contains(name)) {
      return engine.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
