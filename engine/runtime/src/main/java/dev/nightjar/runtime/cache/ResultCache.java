package dev.nightjar.runtime.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Results of earlier work. Safe for use by many threads, also of several processes. */
public interface ResultCache {

  /**
   * The results that are kept under these keys' digests and have not expired; each found one counts
   * as used.
   */
  Map<WorkKey, Result> find(Collection<WorkKey> keys);

  /** The key under which a result of the same place was last kept; tells what has changed since. */
  @Nullable WorkKey latest(String place);

  /**
   * Keeps results, all or none of them. Where one of the digest is there already, that one stays.
   * The files of a result are linked or copied into the cache.
   *
   * @param ttl how long they may be used; null for as long as there is room
   * @param memoryOnly not on disk, and gone with the process
   */
  void keep(List<Kept> results, @Nullable Duration ttl, boolean memoryOnly) throws IOException;

  /** A result to be kept. */
  record Kept(WorkKey key, Result result) {}

  /**
   * What work has left.
   *
   * @param values small ones: outputs, counts; of a form that whoever keeps it knows
   * @param files by name; each a range of a file, so that many small results share one
   */
  record Result(JsonNode values, Map<String, Piece> files) {}

  /**
   * A range of a file.
   *
   * @param crc CRC-32C of the bytes
   */
  record Piece(Path file, long offset, long length, int crc) {}
}
