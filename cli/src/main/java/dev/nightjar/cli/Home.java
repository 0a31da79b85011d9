package dev.nightjar.cli;

import dev.nightjar.model.options.Durations;
import dev.nightjar.runtime.Engine;
import dev.nightjar.store.StepCache;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.StoredRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are remembered.
 *
 * @param folder the work folder, absolute
 * @param url of the database that is used instead of the folder's own store; null for none. Never
 *     printed: there may be a password in it
 * @param named whether somebody chose the folder
 * @param lease how long a run stays with a process that is not heard of
 */
record Home(Path folder, @Nullable String url, boolean named, Duration lease) {

  /** For a command that is given a workflow file. */
  static final List<Syntax.Option> BESIDE_WORKFLOW =
      options("For what runs keep; default: .nightjar beside the workflow.");

  /** For a command that is given none. */
  static final List<Syntax.Option> IN_CURRENT_FOLDER =
      options("Where runs keep what they need; default: .nightjar in the current folder.");

  /** For a command that serves a folder. */
  static final List<Syntax.Option> IN_SERVED_FOLDER =
      options("Where runs and the daemon keep what they need; default: .nightjar in the folder.");

  /** How large the results of steps may become on disk if nobody says otherwise: 2 GiB. */
  private static final long CACHE_BYTES = 2L << 30;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final String NAME = ".nightjar";
  private static final String VARIABLE = "NIGHTJAR_STORE";
  private static final String LEASE = "NIGHTJAR_LEASE";
  private static final String CACHE = "NIGHTJAR_CACHE_MIB";
  private static final String DATABASE = "jdbc:postgresql:";

  private static List<Syntax.Option> options(String folder) {
    return List.of(
        Syntax.Option.value("--home", "DIR", folder),
        Syntax.Option.value(
            "--store",
            "URL",
            "The database that remembers runs, jdbc:postgresql:...; default: $NIGHTJAR_STORE, or a"
                + " file in the folder of --home."));
  }

  /** Of a workflow file; made when first needed. */
  static Home of(Path workflow, Arguments arguments, Console console) {
    Path named = named(arguments);
    return new Home(
        named == null ? beside(workflow) : named,
        url(arguments, console),
        named != null,
        lease(console));
  }

  /** Of a folder that is served; made when first needed. */
  static Home in(Path folder, Arguments arguments, Console console) {
    Path named = named(arguments);
    return new Home(
        named == null ? folder.resolve(NAME) : named,
        url(arguments, console),
        named != null,
        lease(console));
  }

  /**
   * Of a command that works with runs which are there already.
   *
   * @throws WrongUsage when there cannot be any
   */
  static Home existing(Arguments arguments, Console console) {
    String url = url(arguments, console);
    Path named = named(arguments);
    Path folder = named == null ? Path.of(NAME).toAbsolutePath() : named;
    if (url == null && !Files.isDirectory(folder)) {
      String todo =
          named == null
              ? "; go to the folder of the workflow, or name its work folder with `--home DIR`"
              : "; `--home` names the work folder of earlier runs";
      throw new WrongUsage("there is no folder " + folder + todo);
    }
    return new Home(folder, url, named != null, lease(console));
  }

  private static @Nullable Path named(Arguments arguments) {
    String given = arguments.text("--home");
    return given == null ? null : Plugins.path("--home", given).toAbsolutePath().normalize();
  }

  private static @Nullable String url(Arguments arguments, Console console) {
    String given = arguments.text("--store");
    String what = given == null ? VARIABLE : "--store";
    if (given == null) {
      given = console.environment().getOrDefault(VARIABLE, "");
    }
    if (given.isEmpty()) {
      return null;
    }
    if (!given.startsWith(DATABASE)) {
      throw new WrongUsage(
          "`" + what + "` names a PostgreSQL database, as in " + DATABASE + "//localhost/nightjar");
    }
    return given;
  }

  /** Longer where a database is far away or machines stand still for long. */
  private static Duration lease(Console console) {
    String text = console.environment().getOrDefault(LEASE, "");
    if (text.isEmpty()) {
      return StoreSettings.LEASE;
    }
    try {
      Duration lease = Durations.parse(text, Map.of());
      if (lease.compareTo(SHORTEST) >= 0) {
        return lease;
      }
    } catch (IllegalArgumentException unknown) {
      // Falls through to what it should be.
    }
    throw new WrongUsage("`" + LEASE + "` is a duration of at least 1s, such as 15s");
  }

  /**
   * Of a run that was found here: where its files lie if nobody says otherwise. Where a database
   * remembers runs they are beside their workflows, wherever the person stands.
   */
  Home forRun(StoredRun run) {
    return url == null || named ? this : new Home(beside(Path.of(run.file())), url, false, lease);
  }

  private static Path beside(Path workflow) {
    return workflow.toAbsolutePath().normalize().resolveSibling(NAME);
  }

  /** As people know the store: a file, or a database without its password. */
  String storeName() {
    return url == null
        ? folder.resolve("store.db").toString()
        : url.replaceAll("[?].*", "").replaceAll("//[^/@]*@", "//");
  }

  /** Where plugins are copied before they are loaded. */
  Path plugins() {
    return folder.resolve("plugins");
  }

  /** Where a run has its files. */
  Path runFolder(String run) {
    return Engine.runFolder(folder, run);
  }

  /** What to add to a command so that it finds the same store; of a database, nothing. */
  String asTyped() {
    boolean found = !named || folder.equals(Path.of(NAME).toAbsolutePath());
    return found ? "" : " --home " + quoted(LoadedWorkflow.display(folder));
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./@%+=:,-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  /** Begins with what {@link #open} takes longest for, on a thread of its own. */
  void preload() {
    if (url == null) {
      Thread.ofPlatform().daemon().name("nightjar-preload").start(Store::preload);
    }
  }

  /** The store, to be closed; throws as {@link Store#open} does. */
  Store open() {
    return Store.open(new StoreSettings(folder, url, Machine.clock(), lease));
  }

  /**
   * The results that steps with {@code cache:} have left here, to be closed; also where a database
   * remembers the runs.
   */
  StepCache cache(Console console) {
    return StepCache.in(
        folder.resolve("cache"), cacheBytes(console), Machine.clock(), console::warning);
  }

  private static long cacheBytes(Console console) {
    String text = console.environment().getOrDefault(CACHE, "");
    if (!text.isEmpty() && !text.matches("[1-9][0-9]{0,8}")) {
      throw new WrongUsage("`" + CACHE + "` is a whole number of MiB, not `" + text + "`");
    }
    return text.isEmpty() ? CACHE_BYTES : Long.parseLong(text) << 20;
  }

  /** Without the database's password. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
