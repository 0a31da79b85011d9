package dev.nightjar.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once for each of its versions: the driver by itself does so at
 * every start.
 */
final class SqliteLibrary {

  private static final String FOLDER = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private final List<Path> places;

  /** It goes to the user's folder for such things, or below the other one. */
  SqliteLibrary(Path otherwise) {
    places = new ArrayList<>();
    Path cache = userCache(System.getenv(), System.getProperty("os.name"));
    if (cache != null) {
      places.add(cache.resolve("nightjar"));
    }
    places.add(otherwise.resolve("native"));
  }

  /** Null when the user has none. */
  private static @Nullable Path userCache(Map<String, String> environment, String system) {
    String set = environment.get("XDG_CACHE_HOME");
    if (set != null && Path.of(set).isAbsolute()) {
      return Path.of(set);
    }
    String local = environment.get("LOCALAPPDATA");
    if (local != null && system.toLowerCase(Locale.ROOT).startsWith("windows")) {
      return Path.of(local);
    }
    String home = System.getProperty("user.home", "");
    if (home.isEmpty() || !Files.isDirectory(Path.of(home))) {
      return null;
    }
    return Path.of(home).resolve(system.startsWith("Mac") ? "Library/Caches" : ".cache");
  }

  /** Says to the driver where the library lies; it unpacks one itself where this fails. */
  void unpack() {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    URL packed = SQLiteJDBCLoader.class.getResource(resource);
    if (packed == null || System.getProperty(FOLDER) != null) {
      return;
    }
    String version = "sqlite-" + SQLiteJDBCLoader.getVersion();
    for (Path place : places) {
      Path folder = place.resolve(version).resolve(resource.replaceAll("[^A-Za-z0-9_-]+", "-"));
      try {
        unpack(packed, folder, name);
        System.setProperty(FOLDER, folder.toString());
        System.setProperty(NAME, name);
        return;
      } catch (IOException cannot) {
        // The next place.
      }
    }
  }

  private static void unpack(URL packed, Path folder, String name) throws IOException {
    Path library = folder.resolve(name);
    if (Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)
        && Files.size(library) == packed.openConnection().getContentLengthLong()) {
      return;
    }
    Files.createDirectories(folder);
    Path beside = Files.createTempFile(folder, name, ".new");
    try (InputStream in = packed.openStream()) {
      Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
