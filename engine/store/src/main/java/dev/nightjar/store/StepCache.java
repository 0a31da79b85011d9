package dev.nightjar.store;

import dev.nightjar.runtime.cache.ResultCache;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The results of steps that have {@code cache:}, in a folder. It lies beside the store, also where
 * that is a database, because the files of the results do.
 */
public interface StepCache extends ResultCache, AutoCloseable {

  /**
   * A cache; nothing is opened or made before it is needed.
   *
   * @param folder of its own
   * @param bytes how large it may become
   * @param warnings are told of what a person should know, a line each
   */
  static StepCache in(Path folder, long bytes, InstantSource clock, Consumer<String> warnings) {
    return new DiskCache(folder, bytes, clock, warnings);
  }

  /** What it holds and was good for; makes none where there is none. */
  CacheStats stats(int mostAccessed);

  /**
   * Forgets what was last used before; null for everything.
   *
   * @return the bytes that were freed
   */
  long clear(@Nullable Instant before);

  @Override
  void close();
}
