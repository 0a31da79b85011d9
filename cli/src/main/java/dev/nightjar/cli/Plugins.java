package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.stage.UserCache;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.stage.plugin.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the folder of plugins. */
final class Plugins {

  static final Syntax.Option OPTION =
      Syntax.Option.value(
          "--plugins",
          "DIR",
          "The folder of plugin jars; default: $NIGHTJAR_PLUGINS, or those that came with"
              + " Nightjar.");

  private Plugins() {}

  /** Reads what the plugins declare; loads nothing. */
  static PluginHost open(Arguments arguments, Console console, Path copies) {
    Path indexes =
        UserCache.folder(
            console.environment(),
            console.properties().getOrDefault("os.name", ""),
            console.properties().getOrDefault("user.home", ""));
    return PluginHost.open(folder(arguments, console), copies, indexes);
  }

  /** For commands that never load a plugin. */
  static PluginHost open(Arguments arguments, Console console) {
    return open(arguments, console, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** The folder that was named, or comes with Nightjar. */
  static Path folder(Arguments arguments, Console console) {
    String given = arguments.text("--plugins");
    if (given == null) {
      given = console.environment().getOrDefault("NIGHTJAR_PLUGINS", "");
    }
    if (given.isEmpty()) {
      given = console.properties().getOrDefault("nightjar.plugins", "");
    }
    if (given.isEmpty()) {
      throw new WrongUsage("there is no folder of plugins; name one with `--plugins DIR`");
    }
    return path("--plugins", given);
  }

  /** A path that was typed. */
  static Path path(String what, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new WrongUsage("`" + what + "` needs a path; `" + text + "` is none");
    }
  }

  static void warn(PluginHost plugins, Console console) {
    for (Problem problem : plugins.problems()) {
      console.warning(Visible.line(problem.toString()));
    }
  }
}
