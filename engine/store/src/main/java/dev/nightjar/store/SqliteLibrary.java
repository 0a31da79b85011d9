package dev.nightjar.store;

import dev.nightjar.stage.UserCache;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
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
    Path cache =
        UserCache.folder(
            System.getenv(), System.getProperty("os.name"), System.getProperty("user.home", ""));
    if (cache != null) {
      places.add(cache);
    }
    places.add(otherwise.resolve("native"));
  }

  /**
   * Makes the driver's classes ready. Most of the time goes into a calendar, which it makes whether
   * or not anybody asks for a date.
   */
  static void preload() {
    new SQLiteConfig();
    SQLiteJDBCLoader.getVersion();
  }

  /** Says to the driver where the library lies; it unpacks one itself where this fails. */
  void unpack() {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String folder = "sqlite-" + SQLiteJDBCLoader.getVersion() + "/" + machine();
    for (Path place : places) {
      Path library = place.resolve(folder).resolve(name);
      try {
        if (!Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS) && !unpack(library)) {
          return;
        }
        System.setProperty(FOLDER, library.resolveSibling("").toString());
        System.setProperty(NAME, name);
        return;
      } catch (IOException cannot) {
        // The next place.
      }
    }
  }

  /** Those that need libraries of their own. The driver would start a process to know. */
  private static String machine() {
    String name = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    return (name + (hasMuslLoader() ? "-musl" : "")).replaceAll("[^A-Za-z0-9_-]+", "-");
  }

  private static boolean hasMuslLoader() {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*.so.*")) {
      return found.iterator().hasNext();
    } catch (IOException none) {
      return false;
    }
  }

  /** False when the driver has none for this machine. */
  private static boolean unpack(Path library) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library.getFileName();
    URL packed = SQLiteJDBCLoader.class.getResource(resource);
    if (packed == null) {
      return false;
    }
    Path folder = Files.createDirectories(library.resolveSibling(""));
    Path beside = Files.createTempFile(folder, "unpacked", ".new");
    try (InputStream in = packed.openStream()) {
      Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    return true;
  }
}
