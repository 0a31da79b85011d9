package dev.nightjar.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.testkit.FaultyDisk;
import dev.nightjar.testkit.FaultyDisk.Fault;
import dev.nightjar.testkit.FaultyDisk.Kind;
import dev.nightjar.testkit.FaultyDisk.Operation;
import dev.nightjar.testkit.WorkflowTester;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of a run on its disk fails in turn: reading, parts, rejects, the commit of three
 * sinks, tidying up. Whatever fails, a reader sees the old output or the new one, the run says why
 * it failed, and nothing stays behind.
 */
class FaultyDiskTest {

  /** Two sinks read one source, so that its records wait on disk; the third appends. */
  private static final String WORKFLOW =
      """
      name: faulty
      steps:
        - id: read
          uses: file.read
          with: {path: data/*.txt}
          rejects: {path: out/rejected.ndjson}
        - id: all
          uses: file.write
          with: {path: out/all.txt}
        - id: each
          uses: file.write
          from: read
          with: {folder: out/each}
        - id: log
          uses: file.write
          from: read
          with: {path: out/log.txt.gz, exists: append}
      """;

  private static final String RETRYING = "defaults: {retry: {max_attempts: 3, delay: 1s}}\n";

  private static final Map<Kind, Set<Fault>> FAULTS =
      Map.of(
          Kind.READ, EnumSet.of(Fault.BROKEN, Fault.DENIED),
          Kind.OPEN, EnumSet.of(Fault.FULL, Fault.BROKEN, Fault.DENIED),
          Kind.WRITE, EnumSet.of(Fault.FULL, Fault.BROKEN, Fault.SHORT),
          Kind.FORCE, EnumSet.of(Fault.FULL, Fault.BROKEN),
          Kind.MOVE, EnumSet.of(Fault.FULL, Fault.BROKEN, Fault.DENIED),
          Kind.LINK, EnumSet.of(Fault.FULL, Fault.DENIED),
          Kind.FOLDER, EnumSet.of(Fault.FULL, Fault.DENIED),
          Kind.DELETE, EnumSet.of(Fault.BROKEN, Fault.DENIED),
          Kind.MODE, EnumSet.of(Fault.BROKEN, Fault.DENIED));

  /** What is in place once a step has succeeded: all files whose names begin like this. */
  private static final Map<String, String> WRITTEN =
      Map.of("read", "rejected", "all", "all", "each", "each", "log", "log");

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> eachOperationFails() throws Exception {
    return cases(WORKFLOW, FAULTS.size());
  }

  /** One that fails for a moment only costs an attempt, or the run; never the output. */
  @TestFactory
  Stream<DynamicTest> eachOperationFailsOnceWhereStepsAreRetried() throws Exception {
    return cases(WORKFLOW + RETRYING, 1);
  }

  private Stream<DynamicTest> cases(String yaml, int faults) throws Exception {
    var undisturbed = new Place(temporary.resolve("place"));
    Ended ended = undisturbed.run(yaml);
    assertThat(ended.failure()).isNull();
    SortedMap<String, String> right = undisturbed.output();
    var seen = new HashMap<Operation, Integer>();
    var cases = new ArrayList<DynamicTest>();
    for (Operation operation : undisturbed.disk.operations()) {
      int time = seen.merge(operation, 1, Integer::sum);
      for (Fault fault : FAULTS.get(operation.kind()).stream().limit(faults).toList()) {
        cases.add(
            DynamicTest.dynamicTest(
                fault + " " + operation.kind() + " " + time + " " + operation.path(),
                () ->
                    new Place(temporary.resolve("place"))
                        .fails(operation, time, fault, yaml, right)));
      }
    }
    assertThat(cases).hasSizeGreaterThan(100);
    return cases.stream();
  }

  @Test
  void theDiskDoesWhatItIsTold() throws Exception {
    var disk = FaultyDisk.over(temporary);
    Path file = disk.root().resolve("file");
    disk.fail(operation -> operation.kind() == Kind.WRITE, Fault.SHORT);
    assertThatThrownBy(() -> Files.writeString(file, "0123456789"))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(Files.readString(temporary.resolve("file"))).isEqualTo("01234");
    assertThat(disk.failed()).isEqualTo(new Operation(Kind.WRITE, Path.of("file")));
    disk.fail(operation -> operation.kind() == Kind.DELETE, Fault.DENIED);
    assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(AccessDeniedException.class);
    Files.delete(file);
    assertThat(temporary).isEmptyDirectory();
  }

  /** A folder with an old output, on a disk of its own. */
  private static final class Place {
    final FaultyDisk disk;
    private final Path folder;
    private final WorkflowTester tester;
    private final SortedMap<String, String> old;

    /** Always at the same place, because the names of files beside depend on it. */
    Place(Path folder) throws IOException {
      this.folder = folder;
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(one);
          }
        }
      }
      write("data/a.txt", "one\ntwo\n");
      Files.write(Files.createDirectories(folder.resolve("data")).resolve("b.txt"), bad());
      write("data/c.txt", "four\n");
      write("out/all.txt", "old\n");
      write("out/each/a.txt", "old a\n");
      write("out/rejected.ndjson", "{}\n");
      old = output();
      disk = FaultyDisk.over(folder);
      tester = WorkflowTester.in(disk.root()).with(new FileRead(), new FileWrite()).parallelism(1);
    }

    private static byte[] bad() {
      return new byte[] {'t', 'h', '\n', (byte) 0xff, '\n'};
    }

    private void write(String name, String content) throws IOException {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    }

    Ended run(String yaml) throws InterruptedException {
      return tester.run(yaml);
    }

    void fails(
        Operation operation, int time, Fault fault, String yaml, SortedMap<String, String> right)
        throws Exception {
      disk.fail(nth(operation, time), fault);
      Ended ended = run(yaml);
      assertThat(disk.failed()).isEqualTo(operation);
      disk.mend();

      if (ended.outcome() == Outcome.SUCCEEDED) {
        assertThat(output()).isEqualTo(right);
      } else {
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.failure().message().toLowerCase(Locale.ROOT))
            .contains(fault.text().toLowerCase(Locale.ROOT));
        assertThat(ended.failure().trace()).isNull();
        oldOrNew(right, ended);
      }

      Ended again = run(yaml.replace("exists: append", "exists: overwrite"));
      assertThat(again.failure()).isNull();
      assertThat(output()).isEqualTo(right);
    }

    private static Predicate<Operation> nth(Operation operation, int time) {
      var seen = new int[1];
      return one -> one.equals(operation) && ++seen[0] == time;
    }

    /** Each file of a failed run: as it was, or complete. Of steps that succeeded: complete. */
    private void oldOrNew(SortedMap<String, String> right, Ended ended) throws IOException {
      SortedMap<String, String> now = output();
      now.forEach((file, content) -> {
        boolean known = content.equals(old.get(file)) || content.equals(right.get(file));
        assertThat(known || temporary(file)).describedAs("%s: %s", file, content).isTrue();
      });
      assertThat(now.keySet()).containsAll(old.keySet());
      for (var end : ended.events(Event.StepEnded.class)) {
        String wrote = WRITTEN.get(end.step());
        if (end.outcome() == Outcome.SUCCEEDED && wrote != null) {
          assertThat(now.subMap(wrote, wrote + "~")).isEqualTo(right.subMap(wrote, wrote + "~"));
        }
      }
    }

    /** Stays only when it cannot be removed. */
    private boolean temporary(String file) {
      return disk.failed().kind() == Kind.DELETE && file.contains(".nightjar-");
    }

    /** All files below {@code out}, hidden ones, too, as text of one byte a character. */
    SortedMap<String, String> output() throws IOException {
      var files = new TreeMap<String, String>();
      Path out = folder.resolve("out");
      try (Stream<Path> all = Files.walk(out)) {
        all.filter(Files::isRegularFile)
            .forEach(file -> files.put(out.relativize(file).toString(), content(file)));
      }
      return files;
    }

    private static String content(Path file) {
      try {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
