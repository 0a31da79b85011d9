package dev.nightjar.plugin.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.RetryPolicy;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step in a folder, with what a test of files must have in hand: which splits make a task,
 * which records make a part, and how often it is committed.
 */
final class Trial implements StepContext, Output {

  private static final String COMMIT = "commit";

  /** The workflow's folder. */
  final Path folder;

  final List<DataRecord> records = new ArrayList<>();
  final List<String> rejects = new ArrayList<>();
  final Map<String, Object> outputs = new TreeMap<>();
  final Map<String, Long> counters = new TreeMap<>();
  final List<Path> parts = new ArrayList<>();

  /** What happens meanwhile to the world outside. */
  Change onEmit = () -> {};

  /** How many items are worked on at once. */
  int atOnce = 1;

  private final Path scratch;
  private List<Split> splits = List.of();
  private boolean committing;

  /** Something that happens to files. */
  interface Change {
    void make() throws IOException;
  }

  Trial(Path folder) {
    try {
      this.folder = folder.toRealPath();
      this.scratch = Files.createTempDirectory(folder, ".scratch");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Reads with a task for each split; lines are numbered through, as the engine does. */
  Trial read(FileRead reader, FileRead.Options options) throws Exception {
    return readSplits(reader, options, reader.splits(options, this));
  }

  /** Reads splits that were made earlier. */
  Trial readSplits(FileRead reader, FileRead.Options options, List<Split> some) throws Exception {
    String last = "";
    long before = 0;
    for (Split split : some) {
      int from = records.size();
      before = split.source().equals(last) ? before : counters.getOrDefault(LINES, 0L);
      last = split.source();
      long linesBefore = counters.getOrDefault(LINES, 0L) - before;
      splits = List.of(split);
      reader.process(options, List.<DataRecord>of()::iterator, this, this);
      for (int i = from; i < records.size(); i++) {
        Origin origin = records.get(i).origin();
        long line = origin.line() == 0 ? 0 : origin.line() + linesBefore;
        records.set(
            i, records.get(i).withOrigin(new Origin(origin.source(), line, origin.offset())));
      }
    }
    return this;
  }

  /** Reads all splits with one task. */
  void readAtOnce(FileRead reader, FileRead.Options options) throws Exception {
    splits = reader.splits(options, this);
    reader.process(options, List.<DataRecord>of()::iterator, this, this);
  }

  /** Writes one part. */
  Trial write(FileWrite.Options options, DataRecord... input) throws Exception {
    parts.add(Files.createDirectory(scratch.resolve("part-" + parts.size())));
    try (var function = new FileWrite().open(options, this)) {
      for (DataRecord record : input) {
        try {
          function.apply(record, this);
        } catch (Rejected rejected) {
          reject(record, rejected.reason());
        }
      }
      function.finish();
    }
    return this;
  }

  Trial commit(FileWrite.Options options) throws Exception {
    committing = true;
    try {
      new FileWrite().commit(options, parts, this);
    } finally {
      committing = false;
    }
    return this;
  }

  <C extends Record> Trial run(Task<C> task, C options) throws Exception {
    task.run(options, this);
    return this;
  }

  List<String> texts() {
    return records.stream().map(DataRecord::text).toList();
  }

  static DataRecord text(String text) {
    return DataRecord.text(text, Origin.NONE);
  }

  static DataRecord from(String source, String text) {
    return DataRecord.text(text, new Origin(source, 1, 0));
  }

  /** What lies at a path, as text. */
  String content(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  Path file(String path, String content) throws IOException {
    return file(path, content.getBytes(UTF_8));
  }

  Path file(String path, byte[] content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** The names in a folder, without those of the step's own. */
  List<String> names(String path) throws IOException {
    try (var names = Files.list(folder.resolve(path))) {
      return names
          .map(name -> name.getFileName().toString())
          .filter(name -> !name.startsWith(".scratch"))
          .sorted()
          .toList();
    }
  }

  @Override
  public void emit(DataRecord record) {
    records.add(record);
    try {
      onEmit.make();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void reject(DataRecord record, String reason) {
    rejects.add(record.origin() + ": " + reason);
  }

  @Override
  public String step() {
    return "trial";
  }

  @Override
  public String stepKey() {
    return "run-1/trial";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(Instant.EPOCH);
  }

  @Override
  public RandomGenerator random() {
    return new Random(1);
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger("trial");
  }

  @Override
  public Map<String, String> env() {
    return Map.of();
  }

  @Override
  public Process start(ProcessBuilder builder) {
    throw new UnsupportedOperationException("steps about files start none");
  }

  @Override
  public void count(String name, long n) {
    counters.merge(name, n, Long::sum);
  }

  @Override
  public void progress(long done, long total) {}

  @Override
  public void output(String name, Object value) {
    outputs.put(name, value);
  }

  @Override
  public Path folder() {
    return scratch;
  }

  @Override
  public Path part() {
    try {
      return committing ? Files.createDirectories(scratch.resolve(COMMIT)) : parts.getLast();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How many bytes each file of the parts has, and each that lies beside them. */
  Map<Path, Long> partSizes() throws IOException {
    var sizes = new TreeMap<Path, Long>();
    try (var files = Files.walk(scratch)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(scratch.resolve(COMMIT))) {
          sizes.put(file, Files.size(file));
        }
      }
    }
    return sizes;
  }

  @Override
  public List<Split> splits() {
    return splits;
  }

  @Override
  public Path resolve(String path) {
    return folder.resolve(path);
  }

  @Override
  public Path writable(Path path) {
    Path real = path.normalize();
    for (Path at = real; at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        try {
          if (!at.toRealPath().startsWith(folder)) {
            throw new PermanentFailure(path + " lies outside");
          }
          return path;
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    }
    return path;
  }

  @Override
  public String display(Path path) {
    return path.startsWith(folder) ? folder.relativize(path).toString() : path.toString();
  }

  @Override
  public void measure(String series, String label, Map<String, Long> values) {}

  @Override
  public List<Measurement> measurements(String series) {
    return List.of();
  }

  @Override
  public <T> T retrying(RetryPolicy policy, Callable<T> call) throws Exception {
    return call.call();
  }

  @Override
  public <T, R> void parallel(Iterable<T> items, int limit, Work<T, R> work, Consumer<R> inOrder)
      throws Exception {
    try (var threads = Executors.newFixedThreadPool(atOnce)) {
      var results = new ArrayList<Future<R>>();
      for (T item : items) {
        long index = results.size();
        results.add(threads.submit(() -> work.apply(item, index)));
      }
      for (Future<R> result : results) {
        inOrder.accept(result.get());
      }
    }
  }

  @Override
  public void sleep(Duration duration) {}

  @Override
  public void checkCancelled() {}
}
