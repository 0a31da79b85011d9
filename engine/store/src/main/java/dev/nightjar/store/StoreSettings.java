package dev.nightjar.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is and who opens it.
 *
 * @param folder the work folder; the cache lies there, and {@code store.db} unless a database is
 *     named
 * @param url {@code jdbc:postgresql:…}; null for SQLite in the folder
 * @param lease how long a run stays with an owner that is not heard of
 */
public record StoreSettings(
    Path folder, @Nullable String url, InstantSource clock, Duration lease) {

  /** Three heartbeats fit in, and a run of a machine that died goes on soon. */
  public static final Duration LEASE = Duration.ofSeconds(15);
}
