package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.cache.ResultCache.FilePiece;
import dev.nightjar.runtime.cache.ResultCache.Kept;
import dev.nightjar.runtime.cache.ResultCache.Piece;
import dev.nightjar.runtime.cache.ResultCache.Result;
import dev.nightjar.runtime.cache.WorkKey;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Event.CacheMiss;
import dev.nightjar.spi.Split;
import dev.nightjar.stage.Attempt;
import dev.nightjar.stage.Counts;
import dev.nightjar.stage.FolderTree;
import dev.nightjar.stage.RejectLog;
import dev.nightjar.stage.Segments;
import dev.nightjar.stage.Segments.Segment;
import dev.nightjar.stage.Spool;
import dev.nightjar.stage.Stage;
import dev.nightjar.stage.StageTask;
import dev.nightjar.stage.TaskPieces;
import dev.nightjar.stage.TaskResult;
import dev.nightjar.stage.TaskRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the tasks of a stage whose results are kept for later runs: each split by itself, and only
 * those whose result is not known. Whichever it was, a task leaves the same files.
 */
final class StageCache {

  /** Keys are made so many at a time, however many splits there are. */
  private static final int KEYS = 1_000;

  /** Why so many splits had to be done is told; the others are counted. */
  private static final int TOLD = 10;

  /** The folder of the split that is being worked on. */
  private static final String SPLIT = "split";

  private static final String RECORDS = "records";
  private static final String REJECTS = "rejects";

  private final RunContext run;
  private final ResultCache cache;
  private final Step.Cache setting;
  private final WorkKey.Work work;
  private final String place;
  private final String prefix;
  private final boolean single;
  private final Map<Integer, Done> done = new HashMap<>();
  private final List<CacheMiss> why = new ArrayList<>();
  private long hits;
  private long misses;

  /**
   * The cache of one stage.
   *
   * @param work what its steps do
   * @param place the path of the step whose records are kept
   * @param prefix how the paths of its steps begin
   * @param single whether all it reads is one piece of work
   */
  StageCache(
      RunContext run,
      Step.Cache setting,
      WorkKey.Work work,
      String place,
      String prefix,
      boolean single) {
    this.run = run;
    this.cache = run.cache();
    this.setting = setting;
    this.work = work;
    this.place = run.workflow() + "/" + place;
    this.prefix = prefix;
    this.single = single;
  }

  /**
   * What a result says of itself, besides the records.
   *
   * @param prefix how the paths of the steps began
   */
  private record Values(
      long records,
      long lines,
      String prefix,
      Map<String, Counts> counts,
      Map<String, Map<String, JsonNode>> outputs) {

    /** Who takes a result over has not spent the time. */
    Values idle() {
      var idle = new LinkedHashMap<String, Counts>();
      counts.forEach((step, one) -> idle.put(step, one.idle()));
      return new Values(records, lines, prefix, idle, outputs);
    }
  }

  /** What was computed by a task and is to be kept: ranges of the files in its folder. */
  private record Fresh(WorkKey key, Values values, Segment records, Segment rejects) {}

  /** A task that has succeeded. */
  private record Done(
      List<WorkKey> hits, List<WorkKey> misses, List<CacheMiss> damaged, List<Fresh> fresh) {

    Done() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Which splits have a result, by their place. */
  BitSet known(List<Split> splits) {
    var known = new BitSet();
    for (int from = 0; from < splits.size(); from += KEYS) {
      var keys = new ArrayList<WorkKey>();
      for (Split split : splits.subList(from, Math.min(splits.size(), from + KEYS))) {
        keys.add(key(split));
      }
      BitSet some = cache.known(keys, setting.ttl());
      for (int i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
        known.set(from + i);
      }
    }
    return known;
  }

  private WorkKey key(Split split) {
    var fields = new TreeMap<String, String>();
    describe(split, fields);
    JsonNode offset = split.detail().get("offset");
    String at = offset == null || offset.asLong(0) == 0 ? "" : "@" + offset;
    return new WorkKey(place + "/" + split.source() + at, work, fields);
  }

  private static void describe(Split split, SortedMap<String, String> fields) {
    fields.put("split.source", split.source());
    JsonNode identity = split.detail().get(Split.IDENTITY);
    (identity == null ? split.detail() : identity)
        .properties()
        .forEach(field -> fields.put("split." + field.getKey(), field.getValue().toString()));
  }

  private WorkKey key(Spool.Part part, int number) throws IOException {
    var fields = new TreeMap<String, String>();
    fields.put("split.records", WorkDescription.content(part));
    fields.put("split.lines_before", String.valueOf(part.lineBase()));
    return new WorkKey(place + "/" + number, work, fields);
  }

  private WorkKey whole(StageTask task) throws IOException {
    var fields = new TreeMap<String, String>();
    if (task.splits().isEmpty()) {
      fields.put("input.records", WorkDescription.content(task.spool()));
    } else {
      for (Split split : task.splits()) {
        var one = new TreeMap<String, String>();
        describe(split, one);
        fields.put("input." + split.source() + one.get("split.offset"), one.toString());
      }
    }
    return new WorkKey(place, work, fields);
  }

  /** A piece of a task that is kept by itself. */
  private record Item(WorkKey key, StageTask task) {}

  private List<Item> items(StageTask task) throws IOException {
    int pieces = task.splits().size() + task.spool().parts().size();
    if (single || pieces == 0) {
      return List.of(new Item(whole(task), task));
    }
    Path folder = pieces == 1 ? task.folder() : task.folder().resolve(SPLIT);
    var items = new ArrayList<Item>();
    for (Split split : task.splits()) {
      items.add(new Item(key(split), part(task, List.of(split), Spool.EMPTY, folder)));
    }
    for (Spool.Part part : task.spool().parts()) {
      var spool = new Spool(List.of(part));
      items.add(new Item(key(part, items.size()), part(task, List.of(), spool, folder)));
    }
    return items;
  }

  private static StageTask part(StageTask task, List<Split> splits, Spool spool, Path folder) {
    return new StageTask(task.number(), task.attemptNumber(), splits, spool, folder);
  }

  /** As {@link TaskRunner#run}. */
  TaskResult run(Stage stage, StageTask task, Attempt attempt) throws IOException {
    try (var pieces = new TaskPieces(stage, attempt, run)) {
      return run(task, attempt, pieces);
    }
  }

  private TaskResult run(StageTask task, Attempt attempt, TaskPieces pieces) throws IOException {
    List<Item> items = items(task);
    Map<WorkKey, Result> found = cache.find(items.stream().map(Item::key).toList(), setting.ttl());
    var result = new Sum();
    var ended = new Done();
    var segments = new ArrayList<Segment>();
    for (Item item : items) {
      Result known = found.get(item.key());
      Segment taken = known == null ? null : take(item, known, task, result);
      if (taken == null) {
        taken = compute(item, task, pieces, ended, result);
        if (known == null) {
          ended.misses().add(item.key());
        } else {
          ended.damaged().add(new CacheMiss(source(item), "damaged", null, null));
        }
      } else {
        ended.hits().add(item.key());
      }
      segments.add(taken);
      attempt.check();
    }
    FolderTree.remove(task.folder().resolve(SPLIT));
    Segments.write(task.folder(), segments);
    Segments.flush(task.folder());
    pieces.count(result.counts);
    synchronized (this) {
      done.put(task.number(), ended);
    }
    return result.result();
  }

  /** Copies a result to the end of the task's files; null when its bytes are not what they were. */
  private @Nullable Segment take(Item item, Result known, StageTask task, Sum sum)
      throws IOException {
    Path spool = task.spoolPart();
    Path rejects = task.rejects();
    long spoolEnd = size(spool);
    long rejectsEnd = size(rejects);
    Files.createDirectories(task.folder());
    try {
      Values values = JsonMapper.shared().treeToValue(known.values(), Values.class);
      Segment copied = copy(known.pieces().get(RECORDS), spool);
      check(known.pieces().get(REJECTS));
      copyRejects(known.pieces().get(REJECTS), values.prefix(), rejects);
      sum.add(values, prefix);
      return copied;
    } catch (IOException | JacksonException damaged) {
      truncate(spool, spoolEnd);
      truncate(rejects, rejectsEnd);
      cache.forget(item.key());
      return null;
    }
  }

  private static Segment copy(@Nullable Piece piece, Path spool) throws IOException {
    if (piece == null) {
      return Segments.append(InputStream.nullInputStream(), spool);
    }
    try (InputStream in = piece.open()) {
      Segment copied = Segments.append(in, spool);
      if (!copied.digest().equals(piece.digest())) {
        throw new IOException("the bytes are not what they were");
      }
      return copied;
    }
  }

  private static void check(@Nullable Piece piece) throws IOException {
    if (piece != null) {
      try (InputStream in = piece.open()) {
        if (!Segments.of(in).digest().equals(piece.digest())) {
          throw new IOException("the bytes are not what they were");
        }
      }
    }
  }

  private void copyRejects(@Nullable Piece piece, String before, Path rejects) throws IOException {
    if (piece != null) {
      try (InputStream in = piece.open()) {
        RejectLog.append(in, before, prefix, rejects);
      }
    }
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static void truncate(Path file, long size) throws IOException {
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size);
      }
    }
  }

  private Segment compute(Item item, StageTask task, TaskPieces pieces, Done ended, Sum sum)
      throws IOException {
    Fresh fresh = computed(item, task, pieces.run(item.task()));
    ended.fresh().add(fresh);
    sum.add(fresh.values(), prefix);
    return fresh.records();
  }

  private Fresh computed(Item item, StageTask task, TaskResult result) throws IOException {
    var values =
        new Values(result.records(), result.lines(), prefix, result.counts(), result.outputs());
    Path folder = item.task().folder();
    if (folder.equals(task.folder())) {
      Segment records = Segments.of(task.spoolPart());
      return new Fresh(item.key(), values, records, Segments.of(task.rejects()));
    }
    Files.createDirectories(task.folder());
    Segment records = moved(item.task().spoolPart(), task.spoolPart());
    Segment rejects = moved(item.task().rejects(), task.rejects());
    Files.deleteIfExists(item.task().spoolPart());
    Files.deleteIfExists(item.task().rejects());
    return new Fresh(item.key(), values, records, rejects);
  }

  private static Segment moved(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return Segments.append(InputStream.nullInputStream(), to);
    }
    try (InputStream in = Files.newInputStream(from)) {
      return Segments.append(in, to);
    }
  }

  private static String source(Item item) {
    List<Split> splits = item.task().splits();
    return splits.size() == 1 ? splits.getFirst().source() : "";
  }

  /** Whether a task that has succeeded took everything from the cache. */
  synchronized boolean cached(int task) {
    Done ended = done.get(task);
    return ended != null && ended.fresh().isEmpty();
  }

  /** A task is committed: counts what it has used, and keeps what it has done. */
  void keep(int task, Path part) {
    Done ended;
    synchronized (this) {
      ended = done.remove(task);
    }
    if (ended == null) {
      return;
    }
    explain(ended.misses());
    synchronized (this) {
      why.addAll(ended.damaged());
      hits += ended.hits().size();
      misses += ended.fresh().size();
    }
    cache.used(ended.hits(), ended.fresh().size());
    cache.keep(
        ended.fresh().stream().map(fresh -> kept(fresh, part)).toList(),
        setting.ttl(),
        setting.memoryOnly());
  }

  private Kept kept(Fresh fresh, Path part) {
    var pieces = new HashMap<String, Piece>();
    put(RECORDS, StageTask.spoolPart(part), fresh.records(), pieces);
    put(REJECTS, StageTask.rejects(part), fresh.rejects(), pieces);
    JsonNode values = JsonMapper.shared().valueToTree(fresh.values().idle());
    return new Kept(fresh.key(), new Result(values, pieces, run.now()));
  }

  private static void put(String name, Path file, Segment range, Map<String, Piece> pieces) {
    if (range.length() > 0) {
      pieces.put(name, new FilePiece(file, range.offset(), range.length(), range.digest()));
    }
  }

  private void explain(List<WorkKey> missed) {
    for (WorkKey key : missed) {
      synchronized (this) {
        if (why.size() >= TOLD) {
          return;
        }
      }
      List<CacheMiss> reasons = CacheReasons.of(key, cache.latest(key.place()));
      synchronized (this) {
        why.addAll(reasons);
      }
    }
  }

  /** Tells what the stage has asked for and got, if it has asked. */
  synchronized void tell(String step, BlockState state) {
    if (hits + misses > 0) {
      state.emit(new Event.CacheAsked(run.now(), step, hits, misses, List.copyOf(why)));
    }
  }

  /** That it cannot be told what a step's result depends on. */
  static Event.Warned unusable(RunContext run, String step, IOException e) {
    return new Event.Warned(
        run.now(),
        step,
        "the cache is not asked: cannot read what its options name: " + e.getMessage());
  }

  /** What the pieces of a task add up to. */
  private static final class Sum {
    private long records;
    private long lines;
    private final Map<String, Counts> counts = new LinkedHashMap<>();
    private final Map<String, Map<String, JsonNode>> outputs = new LinkedHashMap<>();

    /** Adds a piece; the paths of its steps begin anew. */
    void add(Values values, String prefix) {
      int cut = values.prefix().length();
      records += values.records();
      lines += values.lines();
      values
          .counts()
          .forEach((step, more) -> counts.merge(prefix + step.substring(cut), more, Counts::plus));
      values
          .outputs()
          .forEach((step, more) ->
              outputs
                  .computeIfAbsent(prefix + step.substring(cut), key -> new LinkedHashMap<>())
                  .putAll(more));
    }

    TaskResult result() {
      return new TaskResult(records, lines, counts, outputs);
    }
  }
}
