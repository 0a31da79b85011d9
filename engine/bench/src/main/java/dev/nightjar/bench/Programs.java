package dev.nightjar.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.spi.ToolProvider;

/**
 * How the programs that are measured are started.
 *
 * @param folder where they run
 */
record Programs(Path distribution, Path folder) {

  private static final String OPTIONS = "JDK_JAVA_OPTIONS";
  private static final String COLLECTOR = "-XX:+UseSerialGC";

  Programs {
    if (!Files.isExecutable(launcher(distribution))) {
      throw new IllegalArgumentException(
          distribution + " is no distribution: build it with mvn -pl cli -am package -DskipTests");
    }
  }

  private static Path launcher(Path distribution) {
    return distribution.resolve("bin").resolve("nightjar");
  }

  /** Nightjar by its launcher, with the JDK that runs this. */
  Command nightjar(String name, Object... arguments) {
    return command(name, launcher(distribution), arguments)
        .with("JAVA_HOME", System.getProperty("java.home"));
  }

  /** A class of this module in a JVM with default flags. */
  Command java(String name, Class<?> main, Object... arguments) {
    return java(name, classPath(ownClasses()), main, arguments);
  }

  /**
   * The same with a start-up cache, as the launcher has one for Nightjar: made here, by running it
   * twice, because what the first run finds missing is not what is measured.
   */
  Command javaWithCache(String name, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    Path cache = folder.resolve(main.getSimpleName() + ".aot");
    Command command = java(name, classPath(ownJar()), main, arguments);
    command.run();
    command.with(OPTIONS, COLLECTOR + " -XX:AOTCacheOutput=" + cache).run();
    return command.with(OPTIONS, COLLECTOR + " -XX:AOTCache=" + cache);
  }

  private String classPath(Path own) {
    return own + ":" + distribution.resolve("lib") + "/*";
  }

  /** A cache knows no classes in folders. */
  private Path ownJar() {
    Path jar = folder.resolve("bench.jar");
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    int code =
        tool.run(
            System.out, System.err, "--create", "--file", "" + jar, "-C", "" + ownClasses(), ".");
    if (code != 0) {
      throw new IllegalStateException("the jar tool ended with " + code);
    }
    return jar;
  }

  /** The same with libraries that the distribution has not: those that measure this. */
  Command javaWithLibraries(String name, Class<?> main, Object... arguments) {
    return java(name, System.getProperty("java.class.path"), main, arguments);
  }

  private Command java(String name, String classPath, Class<?> main, Object... arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var all = new Object[arguments.length + 3];
    all[0] = "-cp";
    all[1] = classPath;
    all[2] = main.getName();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return command(name, java, all);
  }

  Command command(String name, Object program, Object... arguments) {
    var words = new Object[arguments.length + 1];
    words[0] = program;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return Command.of(name, folder, words);
  }

  private static Path ownClasses() {
    return Path.of(Programs.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** A resource of this module, such as a workflow, put where it is to run. */
  Path resource(String name) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    try (InputStream in = Programs.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
