package dev.nightjar.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.cache.ResultCache.FilePiece;
import dev.nightjar.runtime.cache.ResultCache.Kept;
import dev.nightjar.runtime.cache.ResultCache.Piece;
import dev.nightjar.runtime.cache.ResultCache.Result;
import dev.nightjar.runtime.cache.WorkKey;
import dev.nightjar.stage.Segments;
import dev.nightjar.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

final class DiskCacheTest {

  private static final long LIMIT = 10L << 20;

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final List<String> warnings = new ArrayList<>();
  private final List<StepCache> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(StepCache::close);
  }

  private StepCache open() {
    return open(LIMIT);
  }

  private StepCache open(long bytes) {
    StepCache cache = StepCache.in(home(), bytes, clock, warnings::add);
    opened.add(cache);
    return cache;
  }

  private Path home() {
    return folder.resolve("cache");
  }

  private static WorkKey key(String place, String size) {
    var work = new TreeMap<>(Map.of("clean.uses", "json.parse"));
    var split = Map.of("split.source", place, "split.size", size);
    return new WorkKey(place, WorkKey.Work.of(work), new TreeMap<>(split));
  }

  /** A piece of a file that all calls with the name share. */
  private FilePiece piece(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var segment = Segments.append(in, path);
    return new FilePiece(path, segment.offset(), segment.length(), segment.digest());
  }

  private Kept kept(WorkKey key, Piece piece) {
    var values = JsonNodeFactory.instance.objectNode().put("records", 7);
    return new Kept(key, new Result(values, Map.of("records", piece), clock.instant()));
  }

  private static @Nullable String text(StepCache cache, WorkKey key) throws IOException {
    Result result = cache.find(List.of(key), null).get(key);
    if (result == null) {
      return null;
    }
    try (InputStream in = Objects.requireNonNull(result.pieces().get("records")).open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static BitSet bits(int... set) {
    var bits = new BitSet();
    IntStream.of(set).forEach(bits::set);
    return bits;
  }

  private List<Path> results() throws IOException {
    Path results = home().resolve("results");
    if (!Files.exists(results)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(results)) {
      return files.sorted().toList();
    }
  }

  @Test
  void findsInAnotherProcessWhatWasKeptThoughTheFileItLayInIsGone() throws IOException {
    WorkKey one = key("w/clean/a", "1");
    WorkKey two = key("w/clean/b", "2");
    open()
        .keep(
            List.of(kept(one, piece("part", "first")), kept(two, piece("part", "second"))),
            null,
            false);
    Files.delete(folder.resolve("part"));

    StepCache other = open();

    assertThat(text(other, one)).isEqualTo("first");
    assertThat(text(other, two)).isEqualTo("second");
    assertThat(Objects.requireNonNull(other.find(List.of(one), null).get(one)).values())
        .isEqualTo(JsonNodeFactory.instance.objectNode().put("records", 7));
    assertThat(results()).hasSize(1);
    assertThat(warnings).isEmpty();
  }

  @Test
  void tellsWhichKeysItKnowsByTheirPlaceInTheList() throws IOException {
    StepCache cache = open();
    WorkKey known = key("w/clean/a", "1");
    cache.keep(List.of(kept(known, piece("part", "x"))), null, false);

    assertThat(cache.known(List.of(key("w/clean/a", "2"), known), null)).isEqualTo(bits(1));
    assertThat(cache.stats(5).hits()).isZero();
  }

  @Test
  void tellsWhatHasChangedSinceTheWorkOfTheSamePlace() throws IOException {
    StepCache cache = open();
    cache.keep(List.of(kept(key("w/clean/a", "812"), piece("part", "x"))), null, false);

    WorkKey before = Objects.requireNonNull(open().latest("w/clean/a"));

    assertThat(key("w/clean/a", "830").since(before))
        .containsExactly(new WorkKey.Difference("split.size", "812", "830"));
    assertThat(cache.latest("w/clean/other")).isNull();
  }

  @Test
  void makesNothingBeforeItIsAskedAndNothingWhenOnlyFiguresAreWanted() {
    StepCache cache = open();

    assertThat(cache.stats(5)).isEqualTo(new CacheStats(0, 0, LIMIT, 0, 0, List.of()));
    assertThat(cache.clear(null)).isZero();
    assertThat(home()).doesNotExist();
  }

  @Test
  void countsForGood() throws IOException {
    WorkKey often = key("w/clean/often", "1");
    WorkKey never = key("w/clean/never", "1");
    StepCache cache = open();
    cache.keep(List.of(kept(often, piece("p", "abc")), kept(never, piece("p", "d"))), null, false);
    cache.used(List.of(often), 3);
    clock.advance(Duration.ofMinutes(1));
    cache.used(List.of(often), 0);

    CacheStats stats = open().stats(1);

    assertThat(stats.entries()).isEqualTo(2);
    assertThat(stats.hits()).isEqualTo(2);
    assertThat(stats.misses()).isEqualTo(3);
    assertThat(stats.mostAccessed())
        .containsExactly(
            new CacheStats.Entry(
                "w/clean/often",
                often.digest(),
                3,
                2,
                clock.instant().minus(Duration.ofMinutes(1)),
                clock.instant(),
                null));
  }

  @Test
  void givesNothingThatIsOlderThanWhoAsksAllows() throws IOException {
    WorkKey key = key("w/clean/a", "1");
    StepCache cache = open();
    cache.keep(List.of(kept(key, piece("part", "x"))), Duration.ofDays(1), false);
    // The second time from memory.
    assertThat(text(cache, key)).isEqualTo("x");

    clock.advance(Duration.ofHours(2));

    assertThat(cache.find(List.of(key), Duration.ofHours(1))).isEmpty();
    assertThat(cache.known(List.of(key), Duration.ofHours(1)).isEmpty()).isTrue();
    assertThat(cache.find(List.of(key), Duration.ofHours(3))).hasSize(1);
    assertThat(open().find(List.of(key), Duration.ofHours(1))).isEmpty();
  }

  @Test
  void removesWhatHasExpiredWhenItKeepsMore() throws IOException {
    StepCache cache = open();
    cache.keep(List.of(kept(key("w/a", "1"), piece("one", "x"))), Duration.ofHours(1), false);
    clock.advance(Duration.ofHours(2));

    cache.keep(List.of(kept(key("w/b", "1"), piece("two", "y"))), null, false);

    assertThat(cache.stats(5).mostAccessed())
        .extracting(CacheStats.Entry::place)
        .containsExactly("w/b");
    assertThat(results()).hasSize(1);
  }

  @Test
  void keepsWhatWasUsedLastWhenItIsFull() throws IOException {
    String large = "x".repeat(3_000);
    StepCache cache = open(10_000);
    for (String name : List.of("a", "b", "c")) {
      cache.keep(List.of(kept(key(name, "1"), piece("file-" + name, large))), null, false);
      clock.advance(Duration.ofSeconds(1));
    }
    cache.used(List.of(key("a", "1")), 0);
    clock.advance(Duration.ofSeconds(1));

    cache.keep(List.of(kept(key("d", "1"), piece("file-d", large))), null, false);

    StepCache later = open();
    assertThat(text(later, key("a", "1"))).isEqualTo(large);
    assertThat(text(later, key("b", "1"))).isNull();
    assertThat(text(later, key("c", "1"))).isEqualTo(large);
    assertThat(text(later, key("d", "1"))).isEqualTo(large);
    assertThat(results()).hasSize(3);
    assertThat(cache.stats(1).bytes()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void keepsNothingThatIsLargerThanItself() throws IOException {
    StepCache cache = open(1_000);
    cache.keep(List.of(kept(key("a", "1"), piece("part", "x".repeat(2_000)))), null, false);

    assertThat(cache.stats(1).entries()).isZero();
    assertThat(results()).isEmpty();
  }

  @Test
  void aFileGoesWithTheLastResultInIt() throws IOException {
    WorkKey one = key("w/a", "1");
    WorkKey two = key("w/b", "1");
    StepCache cache = open();
    cache.keep(List.of(kept(one, piece("part", "x")), kept(two, piece("part", "y"))), null, false);

    cache.forget(one);
    assertThat(results()).hasSize(1);
    assertThat(text(cache, one)).isNull();
    assertThat(text(cache, two)).isEqualTo("y");

    cache.forget(two);
    assertThat(results()).isEmpty();
  }

  @Test
  void whatIsKeptAgainTakesThePlaceOfWhatWasKeptBefore() throws IOException {
    WorkKey key = key("w/a", "1");
    StepCache cache = open();
    cache.keep(List.of(kept(key, piece("one", "x"))), null, false);
    clock.advance(Duration.ofDays(2));
    cache.keep(List.of(kept(key, piece("two", "x"))), null, false);

    assertThat(cache.find(List.of(key), Duration.ofDays(1))).hasSize(1);
    assertThat(results()).hasSize(1);
  }

  @Test
  void clearsWhatWasNotUsedForSoLongAndTellsWhatWasFreed() throws IOException {
    StepCache cache = open();
    cache.keep(List.of(kept(key("old", "1"), piece("one", "x".repeat(5_000)))), null, false);
    clock.advance(Duration.ofDays(3));
    cache.keep(List.of(kept(key("new", "1"), piece("two", "y".repeat(2_000)))), null, false);

    assertThat(cache.clear(clock.instant().minus(Duration.ofDays(1)))).isBetween(5_000L, 5_500L);
    assertThat(text(cache, key("old", "1"))).isNull();
    assertThat(text(cache, key("new", "1"))).isNotNull();
    assertThat(cache.clear(null)).isBetween(2_000L, 2_500L);
    assertThat(results()).isEmpty();
    assertThat(cache.stats(1).entries()).isZero();
  }

  @Test
  void aSmallResultComesFromMemoryTheSecondTime() throws IOException {
    WorkKey key = key("w/a", "1");
    WorkKey large = key("w/b", "1");
    open()
        .keep(
            List.of(kept(key, piece("part", "x")), kept(large, piece("part", "y".repeat(100_000)))),
            null,
            false);
    StepCache cache = open();
    cache.find(List.of(key, large), null);
    for (Path file : results()) {
      Files.delete(file);
    }

    assertThat(text(cache, key)).isEqualTo("x");
    assertThat(Objects.requireNonNull(cache.find(List.of(large), null).get(large)).pieces())
        .allSatisfy((name, piece) -> assertThat(piece).isInstanceOf(FilePiece.class));
  }

  @Test
  void whatIsForMemoryAloneLeavesNoFile() throws IOException {
    WorkKey key = key("w/a", "1");
    WorkKey large = key("w/b", "1");
    StepCache cache = open();
    var results =
        List.of(kept(key, piece("part", "x")), kept(large, piece("part", "y".repeat(100_000))));
    cache.keep(results, null, true);
    Files.delete(folder.resolve("part"));

    assertThat(text(cache, key)).isEqualTo("x");
    assertThat(cache.known(List.of(key), null)).isEqualTo(bits(0));
    assertThat(open().find(List.of(key), null)).isEmpty();
    assertThat(results()).isEmpty();
    // A large one may go at any time; while it is there it is whole.
    String found = text(cache, large);
    assertThat(found == null || found.length() == 100_000).isTrue();
  }

  @Test
  void asksForTwentyThousandResultsAtOnce() throws IOException {
    StepCache cache = open(100L << 20);
    var keys = IntStream.range(0, 20_000).mapToObj(i -> key("w/" + i, "" + i)).toList();
    var piece = piece("part", "x");
    cache.keep(keys.stream().map(key -> kept(key, piece)).toList(), null, false);

    assertThat(open().known(keys, null).cardinality()).isEqualTo(20_000);
    assertThat(open().find(keys, null)).hasSize(20_000);
    cache.used(keys, 0);
    assertThat(cache.stats(1).hits()).isEqualTo(20_000);
  }

  @Test
  void aDamagedTableIsSetAsideAndBegunAnew() throws IOException {
    WorkKey key = key("w/a", "1");
    StepCache before = open();
    before.keep(List.of(kept(key, piece("part", "x"))), null, false);
    before.close();
    byte[] noise = new byte[16_384];
    new Random(1).nextBytes(noise);
    Files.write(home().resolve("index.db"), noise);

    StepCache cache = open();
    assertThat(text(cache, key)).isNull();
    assertThat(warnings).singleElement().asString().contains("index.db.set-aside", "damaged");
    cache.keep(List.of(kept(key, piece("part", "x"))), null, false);
    assertThat(text(open(), key)).isEqualTo("x");
  }

  @Test
  void aTableThatIsDamagedInTheMiddleHarmsNoRun() throws IOException {
    StepCache before = open();
    var keys = IntStream.range(0, 2_000).mapToObj(i -> key("w/" + i, "" + i)).toList();
    var piece = piece("part", "x");
    before.keep(keys.stream().map(key -> kept(key, piece)).toList(), null, false);
    before.close();
    Path index = home().resolve("index.db");
    byte[] bytes = Files.readAllBytes(index);
    for (int i = 3 * 4_096; i < bytes.length; i++) {
      bytes[i] = (byte) (bytes[i] ^ 0x5a);
    }
    Files.write(index, bytes);

    StepCache cache = open();
    assertThat(cache.find(keys, null)).isEmpty();
    assertThat(warnings).singleElement().asString().contains("begun anew");
    cache.keep(List.of(kept(keys.getFirst(), piece)), null, false);
    assertThat(text(open(), keys.getFirst())).isEqualTo("x");
  }

  @Test
  void aTableOfAnotherReleaseIsSetAside() throws Exception {
    open().keep(List.of(kept(key("a", "1"), piece("part", "x"))), null, false);
    close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home().resolve("index.db"));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThat(text(open(), key("a", "1"))).isNull();
    assertThat(warnings).singleElement().asString().contains("version 99", "version 1");
  }

  @Test
  void whereTheDiskRefusesTheRunGoesOnWithoutIt() throws IOException {
    Files.writeString(home(), "a file where the folder should be");
    StepCache cache = open();

    cache.keep(List.of(kept(key("a", "1"), piece("part", "x"))), null, false);

    assertThat(text(cache, key("a", "1"))).isNull();
    assertThat(warnings)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains(home().toString()));
    assertThat(home()).hasContent("a file where the folder should be");
  }

  @Test
  void filesThatWereNeverNotedAreSweptAfterAnHour() throws IOException {
    Path results = Files.createDirectories(home().resolve("results"));
    String young = "%013d-1-1.0".formatted(clock.instant().minusSeconds(60).toEpochMilli());
    String old = "%013d-1-1.0".formatted(clock.instant().minusSeconds(7_200).toEpochMilli());
    Files.writeString(results.resolve(young), "x");
    Files.writeString(results.resolve(old), "x");
    Files.writeString(results.resolve("notes.txt"), "not ours");

    open().keep(List.of(kept(key("a", "1"), piece("part", "x"))), null, false);

    assertThat(results.resolve(old)).doesNotExist();
    assertThat(results.resolve(young)).exists();
    assertThat(results.resolve("notes.txt")).exists();
  }

  @Test
  void theSameDigestComesOfTheSameFieldsWhateverThePlace() {
    WorkKey key = key("a", "1");
    assertThat(new WorkKey("elsewhere", key.work(), key.split()).digest()).isEqualTo(key.digest());
    assertThat(key("a", "1").digest()).isNotEqualTo(key("a", "2").digest());
  }
}
