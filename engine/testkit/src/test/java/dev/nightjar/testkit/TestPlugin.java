package dev.nightjar.testkit;

import dev.nightjar.spi.Body;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Records;
import dev.nightjar.spi.Sink;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Small processors for tests of the engine; what some of them do is told by the test. */
final class TestPlugin {

  private TestPlugin() {}

  /** Numbers as text, in splits of about equal size that are pieces of one source. */
  @ProcessorSpec(name = "test.numbers", summary = "Counts from 1.", emits = Emitted.TEXT)
  public static final class Numbers implements StreamProcessor<Numbers.Options> {

    public record Options(
        @Doc("The last.") int count, @Doc("How many pieces.") @Default("1") int pieces) {}

    @Override
    public List<Split> splits(Numbers.Options options, StepContext context) {
      var splits = new ArrayList<Split>();
      for (int i = 0; i < options.pieces(); i++) {
        var detail = JsonNodeFactory.instance.objectNode();
        detail.put("first", (long) options.count() * i / options.pieces() + 1);
        detail.put("last", (long) options.count() * (i + 1) / options.pieces());
        splits.add(new Split("numbers", -1, detail));
      }
      return splits;
    }

    @Override
    public void process(Numbers.Options options, Input in, Output out, StepContext context) {
      for (Split split : context.splits()) {
        long first = split.detail().get("first").longValue();
        for (long n = first; n <= split.detail().get("last").longValue(); n++) {
          context.count(StepContext.LINES, 1);
          out.emit(DataRecord.text(Long.toString(n), new Origin("numbers", n - first + 1, -1)));
        }
      }
    }
  }

  /** What a test has a record step do. */
  @FunctionalInterface
  interface Change {
    void apply(DataRecord record, Output out, StepContext context) throws Exception;
  }

  @ProcessorSpec(
      name = "test.each",
      summary = "Does what the test says to each record.",
      accepts = Kind.TEXT,
      emits = Emitted.TEXT)
  public static final class Each implements RecordProcessor<Each.Options> {
    private final Change change;

    Each(Change change) {
      this.change = change;
    }

    public record Options() {}

    @Override
    public RecordFunction open(Each.Options options, StepContext context) {
      return (record, out) -> change.apply(record, out, context);
    }
  }

  /** Another of its kind, where one workflow needs two. */
  @ProcessorSpec(
      name = "test.keep",
      summary = "Keeps numbers with a remainder.",
      accepts = Kind.TEXT,
      emits = Emitted.SAME)
  public static final class Keep implements RecordProcessor<Keep.Options> {

    public record Options(@Doc("Divided by.") int modulo, @Doc("What is left.") int rest) {}

    @Override
    public RecordFunction open(Keep.Options options, StepContext context) {
      return (record, out) -> {
        if (Long.parseLong(record.text()) % options.modulo() == options.rest()) {
          out.emit(record);
        }
      };
    }
  }

  /** What a test has a task do. */
  @FunctionalInterface
  interface Work {
    void run(@Nullable String argument, StepContext context) throws Exception;
  }

  @ProcessorSpec(name = "test.do", summary = "Does what the test says.")
  public static final class Do implements Task<Do.Options> {
    private final Work work;

    Do(Work work) {
      this.work = work;
    }

    public record Options(@Doc("Anything.") @Nullable String argument) {}

    @Override
    public void run(Do.Options options, StepContext context) throws Exception {
      work.run(options.argument(), context);
    }
  }

  @ProcessorSpec(name = "test.log", summary = "Logs.")
  public static final class Log implements Task<Log.Options> {

    public record Options(@Doc("The line.") String message) {}

    @Override
    public void run(Log.Options options, StepContext context) {
      context.log().info(options.message());
    }
  }

  @ProcessorSpec(
      name = "test.sort",
      summary = "Sorts numbers, the largest first.",
      accepts = Kind.TEXT,
      emits = Emitted.SAME,
      scope = Scope.STREAM)
  public static final class Sort implements StreamProcessor<Sort.Options> {

    public record Options() {}

    @Override
    public void process(Sort.Options options, Input in, Output out, StepContext context) {
      var all = new ArrayList<DataRecord>();
      in.forEach(all::add);
      all.sort(Comparator.comparingLong((DataRecord one) -> Long.parseLong(one.text())).reversed());
      all.forEach(out::emit);
    }
  }

  @ProcessorSpec(
      name = "test.first",
      summary = "Lets the first records of a split pass and reads no more.",
      accepts = Kind.TEXT,
      emits = Emitted.SAME)
  public static final class First implements StreamProcessor<First.Options> {

    public record Options(@Doc("How many.") int count) {}

    @Override
    public void process(First.Options options, Input in, Output out, StepContext context) {
      int left = options.count();
      for (DataRecord record : in) {
        if (left-- == 0) {
          return;
        }
        out.emit(record);
      }
    }
  }

  @ProcessorSpec(
      name = "test.without",
      summary = "Leaves out the records of another step.",
      accepts = Kind.TEXT,
      emits = Emitted.SAME)
  public static final class Without implements RecordProcessor<Without.Options> {

    public record Options(@Doc("The other step.") Records other) {}

    @Override
    public RecordFunction open(Without.Options options, StepContext context) {
      Set<String> others = new HashSet<>();
      options.other().open().forEach(record -> others.add(record.text()));
      return (record, out) -> {
        if (!others.contains(record.text())) {
          out.emit(record);
        }
      };
    }
  }

  @ProcessorSpec(name = "test.write", summary = "Writes lines to a file.", accepts = Kind.TEXT)
  public static final class Write implements StreamProcessor<Write.Options>, Sink<Write.Options> {

    public record Options(@Doc("The file.") Path path) {}

    @Override
    public void process(Write.Options options, Input in, Output out, StepContext context)
        throws IOException {
      context.writable(options.path());
      try (var writer = Files.newBufferedWriter(context.part().resolve("lines"))) {
        for (DataRecord record : in) {
          writer.append(record.text()).append('\n');
        }
      }
    }

    @Override
    public void commit(Write.Options options, Iterable<Path> parts, StepContext context)
        throws IOException {
      Path beside = options.path().resolveSibling(options.path().getFileName() + ".beside");
      Files.createDirectories(beside.getParent());
      try (var all = Files.newOutputStream(beside)) {
        for (Path part : parts) {
          Files.copy(part.resolve("lines"), all);
        }
      }
      Files.move(beside, options.path(), StandardCopyOption.ATOMIC_MOVE);
      context.output("path", context.display(options.path()));
    }

    static List<String> lines(Path file) throws IOException {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
  }

  /** What a test has a sink do when it commits. */
  @FunctionalInterface
  interface Commit {
    void run() throws Exception;
  }

  @ProcessorSpec(name = "test.publish", summary = "Commits as the test says.", accepts = Kind.TEXT)
  public static final class Publish
      implements StreamProcessor<Publish.Options>, Sink<Publish.Options> {
    private final Commit commit;

    Publish(Commit commit) {
      this.commit = commit;
    }

    public record Options() {}

    @Override
    public void process(Publish.Options options, Input in, Output out, StepContext context) {
      in.forEach(record -> {});
    }

    @Override
    public void commit(Publish.Options options, Iterable<Path> parts, StepContext context)
        throws Exception {
      commit.run();
    }
  }

  /** What a test has a control step do. */
  @FunctionalInterface
  interface Rule {
    void run(Input in, Output out, Body body, StepContext context) throws Exception;
  }

  @ProcessorSpec(
      name = "test.nest",
      summary = "Runs its steps as the test says.",
      blocks = {Body.STEPS, "catch?"})
  public static final class Nest implements Control<Nest.Options> {
    private final Rule rule;

    Nest(Rule rule) {
      this.rule = rule;
    }

    public record Options() {}

    @Override
    public void run(Nest.Options options, Input in, Output out, Body body, StepContext context)
        throws Exception {
      rule.run(in, out, body, context);
    }
  }

  @ProcessorSpec(
      name = "test.nest_records",
      summary = "Runs its steps as the test says, over records.",
      accepts = Kind.TEXT,
      emits = Emitted.TEXT,
      scope = Scope.STREAM,
      blocks = Body.STEPS)
  public static final class NestRecords implements Control<NestRecords.Options> {
    private final Rule rule;

    NestRecords(Rule rule) {
      this.rule = rule;
    }

    public record Options() {}

    @Override
    public void run(
        NestRecords.Options options, Input in, Output out, Body body, StepContext context)
        throws Exception {
      rule.run(in, out, body, context);
    }
  }

  /** Lets a test throw what no method declares. */
  static Exception unchecked(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  /** A tester that knows the processors about which there is nothing to tell. */
  static WorkflowTester in(Path folder) {
    return WorkflowTester.in(folder)
        .with(
            new Numbers(),
            new Keep(),
            new Log(),
            new Sort(),
            new First(),
            new Without(),
            new Write());
  }
}
