package dev.nightjar.stage.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the jars of a folder declare, and their digests, kept from one process to the next: a jar
 * that looks as it did is neither opened nor read. For one thread at a time.
 *
 * <p>It is a help and nothing else. What is damaged, of another version or another folder is as
 * good as nothing, and so is a place that cannot be written.
 */
final class PluginIndex {

  /**
   * A jar that was changed so short a time before the index was written may have been changed once
   * more without looking different: clocks of file systems tick each 10 ms, of some each 2 s.
   */
  private static final long TICK = TimeUnit.SECONDS.toNanos(2);

  /** Folders share 64 files, so that they never need tidying up. */
  private static final int FILE_BITS = 6;

  /** Spreads hashes: those of paths that are alike differ little in the lower bits. */
  private static final int GOLDEN_RATIO = 0x9E37_79B9;

  private final @Nullable Path file;
  private final Path folder;
  private final Map<Path, IndexedJar> kept = new HashMap<>();
  private final Map<Path, IndexedJar> now = new LinkedHashMap<>();
  private boolean changed;

  private PluginIndex(@Nullable Path file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /** Of jars that are read each time. */
  static PluginIndex none() {
    return new PluginIndex(null, Path.of(""));
  }

  /**
   * Of the jars of a folder.
   *
   * @param place where indexes are kept; made when first needed
   */
  static PluginIndex of(Path folder, Path place) {
    Path whole = folder.toAbsolutePath().normalize();
    int number = (whole.toString().hashCode() * GOLDEN_RATIO) >>> (Integer.SIZE - FILE_BITS);
    var index = new PluginIndex(place.resolve("plugins-" + number + ".index"), folder);
    index.load();
    return index;
  }

  private void load() {
    try {
      Stamp own = Stamp.of(Objects.requireNonNull(file));
      if (own == null) {
        return;
      }
      for (IndexedJar jar : IndexFormat.read(Files.readAllBytes(file), folder)) {
        Stamp stamp = jar.jar().stamp();
        if (Math.max(stamp.modified(), stamp.changed()) < own.modified() - TICK) {
          kept.put(jar.jar().path(), jar);
        }
      }
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException none) {
      kept.clear();
    }
  }

  /**
   * Reads a jar, or tells what is remembered of it.
   *
   * @throws PluginException as {@link PluginJar#read}
   */
  PluginJar read(JarCopy file) {
    IndexedJar known = kept.get(file.copy());
    if (known == null || !looksSame(known.jar())) {
      known = new IndexedJar(PluginJar.read(file), null);
      changed = true;
    }
    now.put(file.copy(), known);
    return known.jar();
  }

  private static boolean looksSame(PluginJar jar) {
    try {
      Stamp stamp = Stamp.of(jar.content());
      return stamp != null && stamp.isSame(jar.stamp());
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * The SHA-256 of a jar that was read.
   *
   * @throws PluginException as {@link PluginJar#digest}
   */
  String digest(PluginJar jar) {
    IndexedJar known = now.get(jar.content());
    if (known != null && known.digest() != null) {
      return known.digest();
    }
    String digest = jar.digest();
    now.put(jar.content(), new IndexedJar(jar, digest));
    changed = true;
    return digest;
  }

  /** Keeps what was read, and forgets jars that are gone. Does nothing where nothing is new. */
  void save() {
    if (file == null || (!changed && now.size() == kept.size())) {
      return;
    }
    try {
      Path place = Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Path beside = Files.createTempFile(place, file.getFileName().toString(), ".new");
      try {
        Files.write(beside, IndexFormat.write(folder, new ArrayList<>(now.values())));
        // Whoever reads meanwhile sees one or the other; of two who write the second wins.
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
      changed = false;
    } catch (IOException cannot) {
      // The next start reads the jars again.
    }
  }
}
