package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every processor that reads and emits records keeps, run by the engine. A plugin's tests
 * extend it and give a sample of each.
 *
 * <pre>{@code
 * class TextContractTest extends ProcessorContract {
 *   @Override
 *   protected List<Sample> samples() {
 *     return List.of(Sample.text(new Trim(), "{ends: start}", " a", "b "));
 *   }
 * }
 * }</pre>
 */
public abstract class ProcessorContract {

  /**
   * How long a processor may take to stop; far more than it needs, far less than a person waits.
   */
  private static final Duration PROMPTLY = Duration.ofSeconds(5);

  @TempDir Path folder;

  /** At least one for each processor of the plugin that reads and emits records. */
  protected abstract List<Sample> samples();

  /**
   * A processor at work.
   *
   * @param with its options as YAML: <code>{ends: start}</code>
   * @param records what it reads; none of them is rejected
   */
  public record Sample(Processor<?> processor, String with, List<DataRecord> records) {

    public Sample {
      records = List.copyOf(records);
    }

    /** One that reads text. */
    public static Sample text(Processor<?> processor, String with, String... records) {
      return of(processor, with, DataRecord::text, records);
    }

    /** One that reads JSON. */
    public static Sample json(Processor<?> processor, String with, String... records) {
      return of(
          processor, with, (value, origin) -> DataRecord.text(value, origin).parsed(), records);
    }

    private static Sample of(
        Processor<?> processor,
        String with,
        BiFunction<String, Origin, DataRecord> make,
        String... records) {
      var all = new ArrayList<DataRecord>();
      for (String record : records) {
        all.add(make.apply(record, new Origin("sample", all.size() + 1L, -1)));
      }
      return new Sample(processor, with, all);
    }

    private String name() {
      return Instances.declaration(processor).name() + " " + with;
    }
  }

  @TestFactory
  final Stream<DynamicTest> declaresItselfInItsJar() {
    return each(sample -> {
      ProcessorDeclaration declared = Instances.declaration(sample.processor());
      assertThat(inJar(sample.processor())).contains(declared);
    });
  }

  @TestFactory
  final Stream<DynamicTest> hasASampleOfEachThatReadsAndEmits() throws IOException {
    Set<String> known = new HashSet<>();
    samples().forEach(one -> known.add(Instances.declaration(one.processor()).name()));
    return inJar(samples().getFirst().processor()).stream()
        .filter(one -> one.readsRecords() && one.emits() != Emitted.NONE && one.blocks().isEmpty())
        .map(one ->
            DynamicTest.dynamicTest(one.name(), () -> assertThat(known).contains(one.name())));
  }

  @TestFactory
  final Stream<DynamicTest> keepsNoState() {
    return each(sample -> {
      for (Field field : sample.processor().getClass().getDeclaredFields()) {
        assertThat(Modifier.isFinal(field.getModifiers())).describedAs("%s", field).isTrue();
      }
    });
  }

  @TestFactory
  final Stream<DynamicTest> givesTheSameForTheSame() {
    return each(sample -> assertThat(emitted(sample)).isEqualTo(emitted(sample)));
  }

  @TestFactory
  final Stream<DynamicTest> emitsWhatItDeclares() {
    return each(sample -> {
      Set<Kind> read = new HashSet<>();
      sample.records().forEach(record -> read.add(record.kind()));
      Emitted declared =
          tester(sample, new ArrayList<>()).plan(yaml(sample)).steps().units().stream()
              .flatMap(unit -> unit.steps().stream())
              .filter(step -> step.id().equals("sample"))
              .findFirst()
              .orElseThrow()
              .options()
              .emits();
      for (String line : emitted(sample)) {
        Kind kind = Kind.valueOf(line.substring(0, line.indexOf(' ')));
        switch (declared) {
          case NONE -> throw new AssertionError("emits " + line);
          case TEXT -> assertThat(kind).isEqualTo(Kind.TEXT);
          case JSON -> assertThat(kind).isEqualTo(Kind.JSON);
          case BYTES -> assertThat(kind).isEqualTo(Kind.BYTES);
          case SAME -> assertThat(read).contains(kind);
        }
      }
    });
  }

  @TestFactory
  final Stream<DynamicTest> stopsWhenItIsCancelled() {
    return each(sample -> {
      var source = new SampleRecords(sample.records(), true);
      WorkflowTester.Started run =
          WorkflowTester.in(folder)
              .grace(PROMPTLY)
              .with(source, sample.processor(), new SampleResults(new ArrayList<>()))
              .start(yaml(sample));
      source.awaitMany();
      run.cancel();
      WorkflowTester.Ended ended = run.await();
      assertThat(ended.end("sample").failure()).isNull();
      assertThat(ended.outcome()).isIn(Outcome.CANCELLED, Outcome.SUCCEEDED);
    });
  }

  /** Those started by {@code StepContext.start} are ended; others go on when nobody wants them. */
  @TestFactory
  final Stream<DynamicTest> leavesNoProcessBehind() {
    return each(sample -> {
      List<ProcessHandle> before = ProcessHandle.current().children().toList();
      emitted(sample);
      assertThat(ProcessHandle.current().children()).isSubsetOf(before);
    });
  }

  private List<String> emitted(Sample sample) throws InterruptedException {
    List<String> results = Collections.synchronizedList(new ArrayList<>());
    WorkflowTester.Ended run = tester(sample, results).run(yaml(sample));
    assertThat(run.failure()).isNull();
    return List.copyOf(results);
  }

  private WorkflowTester tester(Sample sample, List<String> results) {
    var source = new SampleRecords(sample.records(), false);
    return WorkflowTester.in(folder).with(source, sample.processor(), new SampleResults(results));
  }

  private static String yaml(Sample sample) {
    Kind kind = sample.records().getFirst().kind();
    return """
    name: contract
    steps:
      - {id: source, uses: contract.records, with: {%s: true}}
      - {id: sample, uses: %s, with: %s}
      - {id: results, uses: contract.results}
    """
        .formatted(kind, Instances.declaration(sample.processor()).name(), sample.with());
  }

  private Stream<DynamicTest> each(Check check) {
    return samples().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> check.of(sample)));
  }

  /** What is asked of a sample. */
  @FunctionalInterface
  private interface Check {
    void of(Sample sample) throws Exception;
  }

  private static List<ProcessorDeclaration> inJar(Processor<?> processor) throws IOException {
    var all = new ArrayList<ProcessorDeclaration>();
    ClassLoader loader = processor.getClass().getClassLoader();
    for (URL file : Collections.list(loader.getResources(PluginDeclaration.FILE))) {
      try (InputStream json = file.openStream()) {
        PluginDeclaration plugin = PluginDeclaration.read("sample", "0", "", json);
        boolean own =
            plugin.processors().stream()
                .anyMatch(one -> one.className().equals(processor.getClass().getName()));
        all.addAll(own ? plugin.processors() : List.of());
      }
    }
    assertThat(all)
        .describedAs("%s in %s", processor.getClass(), PluginDeclaration.FILE)
        .isNotEmpty();
    return all;
  }
}
