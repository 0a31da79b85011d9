package dev.nightjar.stage;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a person's machine keeps what can be made again. */
public final class UserCache {

  private UserCache() {}

  /**
   * Nightjar's folder in it, which may not be there yet; null when the person has none.
   *
   * @param environment of the process
   * @param system the name of the operating system
   * @param home the person's folder; empty for none
   */
  public static @Nullable Path folder(Map<String, String> environment, String system, String home) {
    Path all = all(environment, system, home);
    return all == null ? null : all.resolve("nightjar");
  }

  private static @Nullable Path all(Map<String, String> environment, String system, String home) {
    try {
      String set = environment.get("XDG_CACHE_HOME");
      if (set != null && Path.of(set).isAbsolute()) {
        return Path.of(set);
      }
      String local = environment.get("LOCALAPPDATA");
      if (local != null && system.toLowerCase(Locale.ROOT).startsWith("windows")) {
        return Path.of(local);
      }
      if (home.isEmpty() || !Files.isDirectory(Path.of(home))) {
        return null;
      }
      return Path.of(home).resolve(system.startsWith("Mac") ? "Library/Caches" : ".cache");
    } catch (InvalidPathException none) {
      return null;
    }
  }
}
