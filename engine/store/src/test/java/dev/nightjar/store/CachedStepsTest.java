package dev.nightjar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightjar.plugin.file.FileCopy;
import dev.nightjar.plugin.file.FileRead;
import dev.nightjar.plugin.file.FileWrite;
import dev.nightjar.plugin.json.Validate;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Event.CacheAsked;
import dev.nightjar.runtime.journal.Event.CacheMiss;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.Secret;
import dev.nightjar.spi.StepContext;
import dev.nightjar.testkit.WorkflowTester;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Steps with {@code cache:}, run again after one thing has changed. */
final class CachedStepsTest {

  private static final String WORKFLOW =
      """
      name: orders
      steps:
        - {id: read, uses: file.read, with: {path: "in/*.txt"}}
        - {id: mark, uses: test.mark, with: {tag: a}, cache: true, rejects: {path: bad.jsonl}}
        - {id: write, uses: file.write, with: {path: out.txt}}
      """;

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final Mark mark = new Mark();
  private StepCache cache =
      StepCache.in(Path.of("unused"), 0, InstantSource.system(), warnings::add);

  /** Says which records it was given. */
  @ProcessorSpec(
      name = "test.mark",
      summary = "Marks records.",
      accepts = Kind.TEXT,
      emits = Emitted.TEXT)
  public static final class Mark implements RecordProcessor<Mark.Options> {
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    public record Options(
        @Doc("Put before.") String tag, @Doc("Not to be seen.") @Secret @Nullable String word) {}

    @Override
    public RecordFunction open(Mark.Options options, StepContext context) {
      return (record, out) -> {
        String text = record.text();
        seen.add(text);
        if (text.startsWith("bad")) {
          throw new Rejected("it is bad");
        }
        out.emit(DataRecord.text(options.tag() + ":" + text, record.origin()));
      };
    }
  }

  @BeforeEach
  void inputs() throws IOException {
    cache.close();
    cache = open();
    for (int i = 0; i < 10; i++) {
      write("in/f" + i + ".txt", "one " + i + "\ntwo " + i + "\n");
    }
  }

  @AfterEach
  void close() {
    cache.close();
    assertThat(warnings).isEmpty();
  }

  private StepCache open() {
    return StepCache.in(folder.resolve("cache"), 1L << 30, tester().clock(), warnings::add);
  }

  private WorkflowTester tester() {
    return WorkflowTester.in(folder)
        .with(new FileRead(), new FileWrite(), new FileCopy(), new Validate(), mark)
        .cache(cache);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Ended run(String yaml) throws InterruptedException {
    return run(tester(), yaml);
  }

  private Ended run(WorkflowTester tester, String yaml) throws InterruptedException {
    mark.seen.clear();
    Ended run = tester.run(yaml);
    assertThat(run.failure()).isNull();
    return run;
  }

  private static CacheAsked asked(Ended run) {
    return run.events(CacheAsked.class).getLast();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out.txt"));
  }

  private String undisturbed(String yaml) throws IOException, InterruptedException {
    Ended run =
        WorkflowTester.in(folder)
            .with(new FileRead(), new FileWrite(), new FileCopy(), new Validate(), mark)
            .run(yaml);
    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    return output();
  }

  @Test
  void aSecondRunReadsNothingAndWritesTheSame() throws Exception {
    Ended first = run(WORKFLOW);
    String written = output();
    Files.delete(folder.resolve("out.txt"));

    Ended second = run(WORKFLOW);

    assertThat(asked(first))
        .extracting(CacheAsked::hits, CacheAsked::misses)
        .containsExactly(0L, 10L);
    assertThat(asked(second))
        .extracting(CacheAsked::hits, CacheAsked::misses)
        .containsExactly(10L, 0L);
    assertThat(mark.seen).isEmpty();
    assertThat(output()).isEqualTo(written).isEqualTo(undisturbed(WORKFLOW));
    assertThat(second.end("mark").outputs()).isEqualTo(first.end("mark").outputs());
    assertThat(second.events(Event.TaskCommitted.class))
        .filteredOn(task -> task.stage().equals("read"))
        .allSatisfy(task -> assertThat(task.cached()).isTrue());
  }

  @Test
  void computesWhatHasChangedAndKeepsTheOrder() throws Exception {
    run(WORKFLOW);
    write("in/f3.txt", "changed, and longer\n");

    Ended second = run(WORKFLOW);

    assertThat(mark.seen).containsExactly("changed, and longer");
    assertThat(asked(second))
        .extracting(CacheAsked::hits, CacheAsked::misses)
        .containsExactly(9L, 1L);
    assertThat(asked(second).why())
        .contains(new CacheMiss("in/f3.txt", "split.size", "12", "20"))
        .extracting(CacheMiss::field)
        .doesNotContain("split.length");
    assertThat(output()).isEqualTo(undisturbed(WORKFLOW));
  }

  @Test
  void aFileThatWasTouchedOrReplacedOrRenamedIsReadAgain() throws Exception {
    run(WORKFLOW);
    Files.setLastModifiedTime(
        folder.resolve("in/f1.txt"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    Path replaced = folder.resolve("in/f2.txt");
    FileTime before = Files.getLastModifiedTime(replaced);
    write("copy", Files.readString(replaced));
    Files.move(folder.resolve("copy"), replaced, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(replaced, before);
    Files.move(folder.resolve("in/f9.txt"), folder.resolve("in/g.txt"));

    Ended second = run(WORKFLOW);

    assertThat(mark.seen).containsExactly("one 1", "one 2", "one 9", "two 1", "two 2", "two 9");
    assertThat(asked(second).why())
        .extracting(CacheMiss::source, CacheMiss::field)
        .contains(
            tuple("in/f1.txt", "split.modified"),
            tuple("in/f2.txt", "split.file"),
            tuple("in/g.txt", "none"));
  }

  @Test
  void byTheirDigestsFilesThatWereCopiedAnewAreTheSame() throws Exception {
    String yaml = WORKFLOW.replace("\"in/*.txt\"", "\"in/*.txt\", digest: true");
    run(yaml);
    for (int i = 0; i < 10; i++) {
      Path file = folder.resolve("in/f" + i + ".txt");
      write("copy", Files.readString(file));
      Files.move(folder.resolve("copy"), file, StandardCopyOption.REPLACE_EXISTING);
    }
    write("in/f5.txt", "ONE 5\ntwo 5\n");

    Ended second = run(yaml);

    assertThat(mark.seen).containsExactly("ONE 5", "two 5");
    assertThat(asked(second).why()).extracting(CacheMiss::field).containsExactly("split.digest");
  }

  @Test
  void anotherOptionIsOtherWork() throws Exception {
    run(WORKFLOW);

    Ended second = run(WORKFLOW.replace("tag: a", "tag: b"));

    assertThat(asked(second).hits()).isZero();
    assertThat(asked(second).why().getFirst())
        .isEqualTo(new CacheMiss("in/f0.txt", "mark.options.tag", "a", "b"));
    assertThat(output()).startsWith("b:one 0\n");
    assertThat(asked(run(WORKFLOW)).hits()).isEqualTo(10);
  }

  @Test
  void theValueOfAnExpressionCounts() throws Exception {
    String yaml =
        "inputs: {day: {type: string}}\n"
            + WORKFLOW.replace("tag: a", "tag: \"${{ inputs.day }}\"");
    run(tester().input("day", "mon"), yaml);

    Ended other = run(tester().input("day", "tue"), yaml);
    Ended same = run(tester().input("day", "mon"), yaml);

    assertThat(asked(other).why().getFirst())
        .isEqualTo(new CacheMiss("in/f0.txt", "inputs.day", "mon", "tue"));
    assertThat(asked(same).hits()).isEqualTo(10);
  }

  @Test
  void whatTheKeySaysCounts() throws Exception {
    String yaml =
        "inputs: {day: {type: string}}\n"
            + WORKFLOW.replace("cache: true", "cache: {key: [inputs.day]}");
    run(tester().input("day", "mon"), yaml);

    assertThat(asked(run(tester().input("day", "tue"), yaml)).why().getFirst())
        .isEqualTo(new CacheMiss("in/f0.txt", "key.inputs.day", "mon", "tue"));
  }

  @Test
  void aSecretCountsAndIsWrittenNowhere() throws Exception {
    String yaml =
        "secrets: {pass: {env: PASS}}\n"
            + WORKFLOW.replace("{tag: a}", "{tag: a, word: \"${{ secrets.pass }}\"}");
    run(tester().secret("pass", "correct-horse"), yaml);

    Ended other = run(tester().secret("pass", "battery-staple"), yaml);

    assertThat(asked(other).hits()).isZero();
    CacheMiss why = asked(other).why().getFirst();
    assertThat(why.field()).isEqualTo("secrets.pass");
    assertThat(why.toString()).doesNotContain("horse", "staple");
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                  .doesNotContain("correct-horse", "battery-staple"));
    }
  }

  @Test
  void afterItsTimeAResultIsNoLongerUsed() throws Exception {
    String yaml = WORKFLOW.replace("cache: true", "cache: {ttl: 1h}");
    cache.close();
    WorkflowTester early = tester();
    cache = StepCache.in(folder.resolve("cache"), 1L << 30, early.clock(), warnings::add);
    run(early.cache(cache), yaml);
    early.clock().advance(Duration.ofMinutes(59));
    assertThat(asked(run(early, yaml)).hits()).isEqualTo(10);

    early.clock().advance(Duration.ofMinutes(2));
    Ended late = run(early, yaml);

    assertThat(asked(late).misses()).isEqualTo(10);
    assertThat(asked(late).why()).extracting(CacheMiss::field).containsOnly("expired");
  }

  @Test
  void rejectsComeOutOfTheCacheAsTheyWere() throws Exception {
    write("in/f4.txt", "good\nbad 1\nbad 2\n");
    run(WORKFLOW);
    String bad = Files.readString(folder.resolve("bad.jsonl"));
    write("in/f6.txt", "bad 3\n");

    Ended second = run(WORKFLOW);

    assertThat(mark.seen).containsExactly("bad 3");
    assertThat(Files.readString(folder.resolve("bad.jsonl"))).startsWith(bad).contains("bad 3");
    assertThat(second.end("mark").metrics().rejected()).isEqualTo(3);
    String limited = WORKFLOW.replace("path: bad.jsonl", "path: bad.jsonl, max: 2");
    assertThat(tester().run(limited).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aDamagedResultIsComputedAnew() throws Exception {
    write("in/f4.txt", "good\nbad 1\n");
    run(WORKFLOW);
    String written = output();
    try (Stream<Path> results = Files.list(folder.resolve("cache/results"))) {
      for (Path file : results.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
      }
    }
    cache.close();
    cache = open();

    Ended second = run(WORKFLOW);

    assertThat(output()).isEqualTo(written);
    assertThat(asked(second).misses()).isBetween(1L, 2L);
    assertThat(asked(second).why()).extracting(CacheMiss::field).containsOnly("damaged");
    assertThat(asked(run(WORKFLOW)).hits()).isEqualTo(10);
  }

  @Test
  void filesThatWereRemovedAreAsMissingResults() throws Exception {
    run(WORKFLOW);
    String written = output();
    try (Stream<Path> results = Files.list(folder.resolve("cache/results"))) {
      for (Path file : results.toList()) {
        Files.delete(file);
      }
    }
    cache.close();
    cache = open();

    assertThat(asked(run(WORKFLOW)).misses()).isEqualTo(10);
    assertThat(output()).isEqualTo(written);
    assertThat(asked(run(WORKFLOW)).hits()).isEqualTo(10);
  }

  @Test
  void aSchemaAndWhatItRefersToCount() throws Exception {
    write("in/a.json", "{\"n\": 1}\n");
    write("schemas/order.json", "{\"properties\": {\"n\": {\"$ref\": \"number.json\"}}}");
    write("schemas/number.json", "{\"type\": \"integer\"}");
    write("schemas/other.json", "{}");
    String yaml =
        """
        name: check
        steps:
          - {id: read, uses: file.read, with: {path: in/a.json}}
          - {id: mark, uses: test.mark, with: {tag: a}}
          - {id: parse, uses: test.parse}
          - {id: check, uses: json.validate, with: {schema: schemas/order.json}, cache: true}
          - {id: write, uses: file.write, with: {path: out.txt}}
        """;
    WorkflowTester tester = tester().with(new Parse());
    assertThat(asked(run(tester, yaml)).misses()).isEqualTo(1);
    write("schemas/other.json", "{\"type\": \"object\"}");
    assertThat(asked(run(tester, yaml)).hits()).isEqualTo(1);
    write("schemas/number.json", "{\"type\": \"number\"}");

    Ended third = run(tester, yaml);

    assertThat(asked(third).why())
        .extracting(CacheMiss::field)
        .containsExactly("check.files.schemas/number.json");
    write("schemas/order.json", "{}");
    assertThat(asked(run(tester, yaml)).why())
        .extracting(CacheMiss::field)
        .contains("check.files.schemas/order.json");
  }

  /** Makes JSON of what {@link Mark} gives. */
  @ProcessorSpec(
      name = "test.parse",
      summary = "Parses.",
      accepts = Kind.TEXT,
      emits = Emitted.JSON)
  public static final class Parse implements RecordProcessor<Parse.Options> {

    public record Options() {}

    @Override
    public RecordFunction open(Parse.Options options, StepContext context) {
      return (record, out) ->
          out.emit(
              DataRecord.json(
                  JsonMapper.shared().readTree(record.text().substring(2)), record.origin()));
    }
  }

  @Test
  void aTaskThatLeavesFilesDoesSoAgainWhenTheyAreNotThere() throws Exception {
    write("a.txt", "one");
    String yaml =
        """
        name: copying
        steps: [{id: copy, uses: file.copy, with: {from: a.txt, to: b.txt, exists: overwrite}, cache: true}]
        """;
    assertThat(run(yaml).events(Event.StepReused.class)).isEmpty();
    Ended second = run(yaml);
    assertThat(second.events(Event.StepReused.class))
        .singleElement()
        .satisfies(reused -> assertThat(reused.from()).isEqualTo("cache"));
    assertThat(second.end("copy").outputs()).isEqualTo(run(yaml).end("copy").outputs());

    Files.delete(folder.resolve("b.txt"));
    assertThat(run(yaml).events(Event.StepReused.class)).isEmpty();
    assertThat(folder.resolve("b.txt")).hasContent("one");

    write("a.txt", "two");
    Ended last = run(yaml);
    assertThat(last.events(Event.StepReused.class)).isEmpty();
    assertThat(asked(last).why()).extracting(CacheMiss::field).contains("copy.files.a.txt");
    assertThat(folder.resolve("b.txt")).hasContent("two");
  }

  @Test
  void aSinkAlwaysWritesAndKeepsWhatItReads() throws Exception {
    String yaml =
        WORKFLOW
            .replace(", cache: true", "")
            .replace("{path: out.txt}", "{path: out.txt}, cache: true");
    Plan plan = tester().plan(yaml).steps();
    assertThat(plan.units()).hasSize(2);
    assertThat(((Plan.Stage) plan.units().get(1)).cut())
        .isEqualTo("the cache keeps what `mark` emits");
    run(yaml);
    Files.writeString(folder.resolve("out.txt"), "spoilt");

    Ended second = run(yaml);

    assertThat(asked(second).hits()).isEqualTo(10);
    assertThat(output()).startsWith("a:one 0\n");
  }

  @Test
  void ofThousandsOfFilesTheTenThatHaveChangedAreRead() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      write("many/%02d/%05d.txt".formatted(i % 50, i), "line " + i + "\n");
    }
    String yaml = WORKFLOW.replace("in/*.txt", "many/**/*.txt");
    assertThat(asked(run(yaml)).misses()).isEqualTo(2_000);
    for (int i = 0; i < 2_000; i += 200) {
      write("many/%02d/%05d.txt".formatted(i % 50, i), "changed " + i + "\n");
    }

    Ended second = run(yaml);

    assertThat(mark.seen).hasSize(10).allMatch(text -> text.startsWith("changed"));
    assertThat(asked(second))
        .extracting(CacheAsked::hits, CacheAsked::misses)
        .containsExactly(1_990L, 10L);
    assertThat(second.end("write").outputs().get("records").asLong()).isEqualTo(2_000);
    assertThat(output()).isEqualTo(undisturbed(yaml));
  }

  @Test
  void aRunThatIsKilledAtAnyEventEndsAsOneThatWasNot() throws Exception {
    write("in/f4.txt", "good\nbad 1\n");
    run(WORKFLOW);
    write("in/f2.txt", "changed\n");
    write("in/f7.txt", "bad 7\n");
    String expected = undisturbed(WORKFLOW);
    String rejected = Files.readString(folder.resolve("bad.jsonl"));
    for (int events = 1; ; events++) {
      Files.delete(folder.resolve("out.txt"));
      write("in/f2.txt", "changed\n");
      List<Event> past = tester().kill(WORKFLOW, events);
      if (past.getLast() instanceof Event.RunEnded) {
        break;
      }
      if (past.getFirst() instanceof Event.RunStarted) {
        assertThat(tester().resume(WORKFLOW, past).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(output()).isEqualTo(expected);
        assertThat(Files.readString(folder.resolve("bad.jsonl"))).isEqualTo(rejected);
      }
    }
  }
}
