package dev.nightjar.runtime.cache;

import dev.nightjar.stage.FileRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Results of earlier work. Safe for use by many threads, also of several processes.
 *
 * <p>No method fails: a cache that cannot be read has nothing, one that cannot be written keeps
 * nothing, and says so where it was told to.
 */
public interface ResultCache {

  /**
   * Which keys there are results of, by their place in the list; nothing is counted.
   *
   * @param ttl no result older than this; null for any
   */
  BitSet known(List<WorkKey> keys, @Nullable Duration ttl);

  /**
   * The results of these keys, those left out of which there are none. Whether the files of a
   * result are what they were is for the caller to check while it reads them.
   *
   * @param ttl no result older than this; null for any
   */
  Map<WorkKey, Result> find(Collection<WorkKey> keys, @Nullable Duration ttl);

  /** Counts: these results were of use, and so many were not there. */
  void used(Collection<WorkKey> hits, long misses);

  /** Forgets a result whose files are not what they were. */
  void forget(WorkKey key);

  /** The key under which a result of the same place was last kept; null when there is none. */
  @Nullable WorkKey latest(String place);

  /**
   * Keeps results. The files are linked or copied, and must not change any more.
   *
   * @param ttl how long they may be used; null for as long as there is room
   * @param memoryOnly not on disk, and gone with the process
   */
  void keep(List<Kept> results, @Nullable Duration ttl, boolean memoryOnly);

  /** Keeps nothing. */
  ResultCache NONE = new NoCache();

  /** A result to be kept. */
  record Kept(WorkKey key, Result result) {}

  /**
   * What work has left.
   *
   * @param values small ones: outputs, counts; of a form that whoever keeps it knows
   * @param pieces bytes by name
   * @param kept when the work was done
   */
  record Result(JsonNode values, Map<String, Piece> pieces, Instant kept) {

    public Result {
      pieces = Map.copyOf(pieces);
    }

    /** Bytes of all pieces. */
    public long bytes() {
      return pieces.values().stream().mapToLong(Piece::length).sum();
    }
  }

  /** Bytes, somewhere. */
  sealed interface Piece {

    long length();

    /** SHA-256 of the bytes when they were kept, 64 hexadecimal digits. */
    String digest();

    /** The bytes as they are now; to be closed. */
    InputStream open() throws IOException;
  }

  /** A range of a file, so that many small results share one. */
  record FilePiece(Path file, long offset, long length, String digest) implements Piece {

    @Override
    public InputStream open() throws IOException {
      return new FileRange(file, offset, length);
    }
  }

  /** Bytes in memory, of which nobody changes any. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record MemoryPiece(byte[] bytes, String digest) implements Piece {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    /** The bytes of another piece, taken into memory. */
    public static MemoryPiece of(Piece piece) throws IOException {
      try (InputStream in = piece.open()) {
        return new MemoryPiece(in.readAllBytes(), piece.digest());
      }
    }
  }
}
