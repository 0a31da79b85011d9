package dev.nightjar.store;

import dev.nightjar.runtime.cache.WorkKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cache of two levels: what was used last in memory, everything in a folder. The folder holds a
 * table, {@code index.db}, and the files of results. Nothing is opened before it is first needed.
 *
 * <p>To lose it loses nothing but time: a table that is damaged is set aside and begun anew, and
 * when the disk refuses, the cache says so and is empty from then on.
 */
final class DiskCache implements StepCache {

  private final Path folder;
  private final long limit;
  private final InstantSource clock;
  private final Consumer<String> warnings;
  private final CacheFiles files;
  private final CacheMemory memory = new CacheMemory();

  /** One connection, which is for one thread at a time. */
  private final ReentrantLock lock = new ReentrantLock();

  private final AtomicBoolean swept = new AtomicBoolean();
  private @Nullable CacheTable table;
  private boolean off;

  /**
   * A cache.
   *
   * @param folder made when first needed
   * @param limit of what lies on disk, in bytes
   * @param warnings are told of what a person should know, a line each
   */
  DiskCache(Path folder, long limit, InstantSource clock, Consumer<String> warnings) {
    this.folder = folder;
    this.limit = limit;
    this.clock = clock;
    this.warnings = warnings;
    this.files = new CacheFiles(folder.resolve("results"), clock);
  }

  @Override
  public BitSet known(List<WorkKey> keys, @Nullable Duration ttl) {
    Instant since = since(ttl);
    var known = new BitSet();
    var places = new HashMap<String, Integer>();
    for (int i = 0; i < keys.size(); i++) {
      String digest = keys.get(i).digest();
      if (inMemory(digest, since) != null) {
        known.set(i);
      } else {
        places.put(digest, i);
      }
    }
    List<String> onDisk = ask(List.of(), open -> open.known(places.keySet(), since));
    onDisk.forEach(digest -> known.set(Objects.requireNonNull(places.get(digest))));
    return known;
  }

  @Override
  public Map<WorkKey, Result> find(Collection<WorkKey> keys, @Nullable Duration ttl) {
    Instant since = since(ttl);
    var found = new LinkedHashMap<WorkKey, Result>();
    var rest = new HashMap<String, WorkKey>();
    for (WorkKey key : keys) {
      String digest = key.digest();
      Result known = inMemory(digest, since);
      if (known == null) {
        rest.put(digest, key);
      } else {
        found.put(key, known);
      }
    }
    for (CacheTable.Row row :
        ask(List.<CacheTable.Row>of(), open -> open.find(rest.keySet(), since))) {
      WorkKey key = Objects.requireNonNull(rest.get(row.digest()));
      found.put(key, promoted(row.digest(), result(row)));
    }
    return found;
  }

  private Instant since(@Nullable Duration ttl) {
    return ttl == null ? Instant.EPOCH : clock.instant().minus(ttl);
  }

  private @Nullable Result inMemory(String digest, Instant since) {
    Result result = memory.find(digest);
    return result == null || result.kept().isBefore(since) ? null : result;
  }

  /** Takes a small result into memory, with its bytes. */
  private Result promoted(String digest, Result result) {
    if (!CacheMemory.isSmall(result)) {
      return result;
    }
    try {
      Result promoted = inMemory(result);
      memory.keep(digest, promoted);
      return promoted;
    } catch (IOException gone) {
      // Who reads it will see, too.
      return result;
    }
  }

  private static Result inMemory(Result result) throws IOException {
    var pieces = new HashMap<String, Piece>();
    for (Map.Entry<String, Piece> piece : result.pieces().entrySet()) {
      pieces.put(piece.getKey(), MemoryPiece.of(piece.getValue()));
    }
    return new Result(result.values(), pieces, result.kept());
  }

  /**
   * How a result is written in the table.
   *
   * @param pieces by name: the file's number in the bundle, and the range in it
   */
  private record Written(JsonNode values, Map<String, Range> pieces) {

    record Range(int file, long offset, long length, String digest) {}
  }

  private Result result(CacheTable.Row row) {
    Written written = JsonMapper.shared().readValue(row.result(), Written.class);
    var pieces = new HashMap<String, Piece>();
    written
        .pieces()
        .forEach((name, range) ->
            pieces.put(
                name,
                new FilePiece(
                    files.file(row.bundle(), range.file()),
                    range.offset(),
                    range.length(),
                    range.digest())));
    return new Result(written.values(), pieces, row.kept());
  }

  @Override
  public void used(Collection<WorkKey> hits, long misses) {
    List<String> digests = hits.stream().map(WorkKey::digest).toList();
    change(open -> {
      open.used(digests, digests.size(), misses, clock.instant());
      return List.of();
    });
  }

  @Override
  public void forget(WorkKey key) {
    String digest = key.digest();
    memory.forget(digest);
    change(open -> open.forget(digest));
  }

  @Override
  public @Nullable WorkKey latest(String place) {
    return ask(Optional.<WorkKey>empty(), open -> Optional.ofNullable(open.latest(place)))
        .orElse(null);
  }

  @Override
  public void keep(List<Kept> results, @Nullable Duration ttl, boolean memoryOnly) {
    if (results.isEmpty()) {
      return;
    }
    try {
      if (memoryOnly) {
        keepInMemory(results);
      } else {
        keepOnDisk(results, ttl);
      }
    } catch (IOException e) {
      warnings.accept(
          "the cache in %s keeps nothing more of this run: %s".formatted(folder, reason(e)));
    }
  }

  private void keepInMemory(List<Kept> results) throws IOException {
    for (Kept kept : results) {
      memory.keep(kept.key().digest(), inMemory(kept.result()));
    }
  }

  private void keepOnDisk(List<Kept> results, @Nullable Duration ttl) throws IOException {
    var numbers = new LinkedHashMap<Path, Integer>();
    var added = new ArrayList<CacheTable.Added>();
    for (Kept kept : results) {
      Result result = kept.result();
      String text = JsonMapper.shared().writeValueAsString(written(result, numbers));
      added.add(new CacheTable.Added(kept.key(), text, result.bytes()));
    }
    long bytes = 0;
    for (Path file : numbers.keySet()) {
      bytes += Files.size(file);
    }
    if (bytes > limit || isOff()) {
      return;
    }
    String bundle =
        numbers.isEmpty()
            ? "values-" + results.getFirst().key().digest()
            : files.add(List.copyOf(numbers.keySet()));
    Instant now = clock.instant();
    Instant expires = ttl == null ? null : now.plus(ttl);
    long size = bytes;
    boolean noted =
        change(open -> {
          open.add(bundle, numbers.size(), size, added, now, expires);
          return open.shrink(limit, now);
        });
    if (noted) {
      sweep();
    } else {
      files.remove(bundle, numbers.size());
    }
  }

  private static Written written(Result result, Map<Path, Integer> numbers) {
    var pieces = new HashMap<String, Written.Range>();
    result
        .pieces()
        .forEach((name, piece) -> {
          if (!(piece instanceof FilePiece range)) {
            throw new IllegalArgumentException("what is to be kept on disk lies in files");
          }
          int number = numbers.computeIfAbsent(range.file(), file -> numbers.size());
          pieces.put(
              name, new Written.Range(number, range.offset(), range.length(), range.digest()));
        });
    return new Written(result.values(), pieces);
  }

  /** Once in the life of a process that keeps something. */
  private void sweep() throws IOException {
    if (!swept.getAndSet(true)) {
      files.sweep(name -> ask(true, open -> open.hasBundle(name)));
    }
  }

  @Override
  public CacheStats stats(int mostAccessed) {
    var none = new CacheStats(0, 0, limit, 0, 0, List.of());
    return exists() ? ask(none, open -> open.stats(limit, mostAccessed)) : none;
  }

  @Override
  public long clear(@Nullable Instant before) {
    memory.clear();
    if (!exists()) {
      return 0;
    }
    var freed = new long[1];
    change(open -> {
      List<CacheTable.Removed> removed = open.clear(before);
      freed[0] = removed.stream().mapToLong(CacheTable.Removed::bytes).sum();
      return removed;
    });
    ask(
        0,
        open -> {
          open.giveBack();
          return 0;
        });
    return freed[0];
  }

  /** Whether there is one on disk: to ask makes none. */
  private boolean exists() {
    return Files.exists(index());
  }

  private Path index() {
    return folder.resolve("index.db");
  }

  private boolean isOff() {
    lock.lock();
    try {
      return off;
    } finally {
      lock.unlock();
    }
  }

  /** A question to the table. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(CacheTable table) throws SQLException;
  }

  /** Changes the table in one transaction, then removes the files of what is gone from it. */
  private boolean change(Question<List<CacheTable.Removed>> change) {
    Optional<List<CacheTable.Removed>> removed =
        ask(
            Optional.<List<CacheTable.Removed>>empty(),
            open -> Optional.of(open.inTransaction(() -> change.ask(open))));
    removed.ifPresent(all -> all.forEach(gone -> files.remove(gone.name(), gone.files())));
    return removed.isPresent();
  }

  private <T> T ask(T otherwise, Question<T> question) {
    lock.lock();
    try {
      return off ? otherwise : question.ask(open());
    } catch (SQLException | IOException e) {
      if (isDamage(e)) {
        setAside("damaged: " + e.getMessage());
      } else {
        off = true;
        warnings.accept("the cache in %s is not used by this run: %s".formatted(folder, reason(e)));
      }
      return otherwise;
    } finally {
      lock.unlock();
    }
  }

  private CacheTable open() throws SQLException, IOException {
    CacheTable known = table;
    if (known == null) {
      Files.createDirectories(folder);
      known = opened();
      table = known;
    }
    return known;
  }

  private CacheTable opened() throws SQLException, IOException {
    try {
      return CacheTable.open(index());
    } catch (CacheTable.OtherVersion other) {
      setAside(String.valueOf(other.getMessage()));
    } catch (SQLException e) {
      if (!isDamage(e)) {
        throw e;
      }
      setAside("damaged: " + e.getMessage());
    }
    try {
      return CacheTable.open(index());
    } catch (CacheTable.OtherVersion impossible) {
      throw new IOException(impossible);
    }
  }

  private static boolean isDamage(Exception e) {
    if (!(e instanceof SQLiteException failure)) {
      return false;
    }
    int code = failure.getResultCode().code & 0xff;
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  /** The files of its results are left to the sweep. */
  private void setAside(String why) {
    Path aside = folder.resolve("index.db.set-aside");
    try {
      if (table != null) {
        table.close();
        table = null;
      }
      Files.move(index(), aside, StandardCopyOption.REPLACE_EXISTING);
      for (String more : List.of("-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve("index.db" + more));
      }
      warnings.accept(
          "the cache in %s is begun anew, its table is now %s; it was %s"
              .formatted(folder, aside.getFileName(), why));
    } catch (SQLException | IOException e) {
      off = true;
      warnings.accept("the cache in %s is not used by this run: %s".formatted(folder, reason(e)));
    }
  }

  private static String reason(Exception e) {
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getFile() + ": " + file.getReason()
        : String.valueOf(e.getMessage());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      off = true;
      if (table != null) {
        table.close();
        table = null;
      }
    } catch (SQLException late) {
      // Everything was written before.
    } finally {
      lock.unlock();
    }
  }
}
