package dev.nightjar.spi.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.RecordProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pf4j.DefaultPluginManager;
import org.pf4j.processor.ExtensionAnnotationProcessor;

class ProcessorIndexerTest {

  private static final String HEAD =
      """
      package a;
      import dev.nightjar.spi.*;
      import dev.nightjar.spi.ProcessorSpec.*;
      import java.time.Duration;
      import java.util.*;
      import org.jspecify.annotations.Nullable;
      """;

  private static final String BODY =
      "@Override public RecordFunction open(Options o, StepContext c) { return (r, out) -> {}; }"
          + " public record Options(";

  @TempDir Path folder;

  private Compilation compile(String... sources) {
    return Compilation.of(folder, Stream.of(new ProcessorIndexer()), sources);
  }

  /** A record processor with these options. */
  private static String withOptions(String components, String more) {
    return HEAD
        + "@ProcessorSpec(name = \"a.p\", summary = \"S.\", accepts = Kind.TEXT,"
        + " emits = Emitted.TEXT)\n"
        + "public final class P implements RecordProcessor<P.Options> {\n"
        + BODY
        + "\n"
        + components
        + ") {}\n"
        + more
        + "}";
  }

  @Test
  void writesTheWholeDeclaration() {
    var compiled =
        compile(
            withOptions(
                """
                @Doc("How many.") @Default("1000") int maxRecords,
                @Doc("Where.") @Nullable Duration timeOut,
                @Doc("What.") @Secret String token,
                @Doc("How.") @Default("lines") Mode as,
                @Doc("Which.") @Default("[]") @Accepts(Kind.JSON) @Emits(Emitted.JSON)
                List<FieldPath> fields,
                @Doc("Each.") Map<String, Part> parts
                """,
                """
                public enum Mode { @Doc("By line.") LINES, @Emits(Emitted.BYTES) WHOLE_FILE }
                public record Part(@Doc("Size.") @Default("0.5") double size) {}
                """));

    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.file("META-INF/nightjar/processors.json"))
        .isEqualToIgnoringWhitespace(
            """
            {"format": 1, "processors": [{
              "name": "a.p", "summary": "S.", "shape": "record",
              "accepts": ["text"], "emits": "text", "effect": "pure", "scope": "split",
              "blocks": [], "bindings": [], "outputs": [], "class": "a.P",
              "options": [
                {"name": "max_records", "type": "integer", "doc": "How many.", "required": false,
                 "default": "1000"},
                {"name": "time_out", "type": "duration", "doc": "Where.", "required": false},
                {"name": "token", "type": "string", "doc": "What.", "required": true,
                 "secret": true},
                {"name": "as", "type": {"choice": [
                   {"name": "lines", "constant": "LINES", "doc": "By line."},
                   {"name": "whole_file", "constant": "WHOLE_FILE", "doc": "",
                    "emits": "bytes"}]},
                 "doc": "How.", "required": false, "default": "lines"},
                {"name": "fields", "type": {"list": "field_path"}, "doc": "Which.",
                 "required": false, "default": "[]", "accepts": ["json"], "emits": "json"},
                {"name": "parts", "type": {"map": {"nested": [
                   {"name": "size", "type": "number", "doc": "Size.", "required": false,
                    "default": "0.5"}]}},
                 "doc": "Each.", "required": true}
              ]}]}
            """);
  }

  @Test
  void listsProcessorsByNameWithBlocksAndOutputs() {
    var compiled =
        compile(
            HEAD
                + """
                @ProcessorSpec(name = "a.z", summary = "S.", effect = Effect.ONCE, outputs =
                    @OutputSpec(name = "n", type = "integer", summary = "Count."))
                public final class Z implements Task<Z.Options> {
                  public record Options() {}
                  @Override public void run(Options o, StepContext c) {}
                }
                """,
            HEAD
                + """
                public class Outer {
                  @ProcessorSpec(name = "a.b", summary = "S.", blocks = {"steps", "else?"})
                  public static final class Branch implements Control<Branch.Options> {
                    public record Options() {}
                    @Override public void run(Options o, Input i, Output p, Body b, StepContext c) {}
                  }
                }
                """);

    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.file("META-INF/extensions.idx"))
        .isEqualTo("# Written by nightjar-spi\na.Outer$Branch\na.Z\n");
    assertThat(compiled.file("META-INF/nightjar/processors.json"))
        .contains("\"class\" : \"a.Outer$Branch\"", "\"shape\" : \"control\"", "\"once\"")
        .containsPattern("\"else\",\\s+\"required\" : false");
  }

  @Test
  void compilesWithPf4jsOwnProcessorBesideIt() {
    String source = withOptions("@Doc(\"X.\") String x", "");
    for (var order :
        List.of(
            Stream.of(new ProcessorIndexer(), new ExtensionAnnotationProcessor()),
            Stream.of(new ExtensionAnnotationProcessor(), new ProcessorIndexer()))) {
      var compiled = Compilation.of(folder, order.map(p -> p), source);

      assertThat(compiled.errors()).isEmpty();
      assertThat(compiled.file("META-INF/extensions.idx").lines()).contains("a.P");
    }
  }

  @Test
  void pf4jFindsTheProcessor() throws IOException {
    var compiled = compile(withOptions("@Doc(\"X.\") String x", ""));
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    jar(compiled.classes(), plugins.resolve("a.jar"));

    var manager = new DefaultPluginManager(plugins);
    manager.loadPlugins();
    manager.startPlugins();
    List<?> found = manager.getExtensions(RecordProcessor.class, "a");
    manager.unloadPlugins();

    assertThat(found).singleElement().extracting(one -> one.getClass().getName()).isEqualTo("a.P");
  }

  private static void jar(Path classes, Path file) throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(file));
        var files = Files.walk(classes)) {
      jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
      jar.write("Manifest-Version: 1.0\nPlugin-Id: a\nPlugin-Version: 1.0.0\n".getBytes(UTF_8));
      for (Path one :
          files.filter(Files::isRegularFile).filter(one -> !one.equals(file)).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(one).toString()));
        jar.write(Files.readAllBytes(one));
      }
    }
  }

  @Test
  void writesNothingWhereThereIsNoProcessor() {
    var compiled = compile("package a; public class None {}");

    assertThat(compiled.errors()).isEmpty();
    assertThat(folder.resolve("META-INF")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          String x | needs a @Doc
          @Doc(" ") String x | needs a @Doc
          @Doc("X.") Object x | cannot be a java.lang.Object
          @Doc("X.") String[] x | cannot be a java.lang.String[]
          @Doc("X.") float x | cannot be a float
          @Doc("X.") Map<Integer, String> x | cannot be a java.util.Map
          @Doc("X.") List<Thread> x | cannot be a java.lang.Thread
          @Doc("X.") @Default("yes") boolean x | `yes` is no boolean
          @Doc("X.") @Default("1.5") int x | `1.5` is no integer
          @Doc("X.") @Default("2147483648") int x | `2147483648` is no integer
          @Doc("X.") @Default("9223372036854775808") long x | is no long
          @Doc("X.") @Default("much") double x | `much` is no number
          @Doc("X.") @Default("30") Duration x | `30` is no duration
          @Doc("X.") @Default("30.13.2026") java.time.LocalDate x | is no date
          @Doc("X.") @Default("third") Mode x | `third` is none of first, second
          @Doc("X.") @Default("first") List<Mode> x | is no list
          @Doc("X.") @Default("[first, third]") List<Mode> x | `third` is none of first, second
          @Doc("X.") @Default("x") Map<String, String> x | is no map
          @Doc("X.") @Default("s") Records x | is no records
          @Doc("X.") @Default("x") @Nullable String x | not both
          @Doc("X.") @Nullable int x | never null
          @Doc("X.") Empty x | nothing to choose
          @Doc("X.") Loop x | contains itself
          @Doc("X.") String aB, @Doc("Y.") String a_b | another component is the option `a_b`
          @Doc("X.") String straße | no name for an option
          """)
  void refusesOptions(String component, String message) {
    var compiled =
        compile(
            withOptions(
                component,
                """
                public enum Mode { FIRST, SECOND }
                public enum Empty {}
                public record Loop(@Doc("Again.") List<Loop> loops) {}
                """));

    assertThat(compiled.errors()).singleElement().asString().contains(message);
    assertThat(folder.resolve("META-INF")).doesNotExist();
  }

  @Test
  void pointsAtTheOptionThatIsWrong() {
    var compiled = compile(withOptions("@Doc(\"X.\") String x,\n String y", ""));

    assertThat(compiled.errors()).singleElement().asString().startsWith("11: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name = "p", accepts = Kind.TEXT | not of the form plugin.processor
          name = "A.p", accepts = Kind.TEXT | not of the form plugin.processor
          name = "a.p.q", accepts = Kind.TEXT | not of the form plugin.processor
          name = "a.p" | accepts at least one kind
          name = "a.p", emits = Emitted.TEXT | accepts at least one kind
          name = "a.p", accepts = Kind.TEXT, blocks = "steps" | only a Control
          name = "a.p", accepts = Kind.TEXT, outputs = @OutputSpec(name = "N", summary = "S.") | is not named
          name = "a.p", accepts = Kind.TEXT, outputs = @OutputSpec(name = "n", type = "int", summary = "S.") | has no type `int`
          name = "a.p", accepts = Kind.TEXT, outputs = @OutputSpec(name = "n", summary = "") | needs a summary
          """)
  void refusesSpecs(String spec, String message) {
    var compiled =
        compile(
            HEAD
                + "@ProcessorSpec(summary = \"S.\", "
                + spec
                + ") public class P implements RecordProcessor<P.Options> {"
                + BODY
                + ") {} }");

    assertThat(compiled.errors()).singleElement().asString().contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          class P implements RecordProcessor<P.Options> { | P has to be public
          public abstract class P implements RecordProcessor<P.Options> { | not abstract
          public class P implements RecordProcessor<P.Options> { private P() {} | public constructor
          public class P implements RecordProcessor<P.Options> { public P(int n) {} | public constructor
          """)
  void refusesClasses(String head, String message) {
    var compiled =
        compile(
            HEAD
                + "@ProcessorSpec(name = \"a.p\", summary = \"S.\", accepts = Kind.TEXT) "
                + head
                + BODY
                + ") {} }");

    assertThat(compiled.errors()).singleElement().asString().contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accepts = Kind.TEXT | Task<P.Options> | Options o | reads no records
          emits = Emitted.TEXT | Task<P.Options> | Options o | a Task emits nothing
          emits = Emitted.NONE | StreamProcessor<P.Options> | Options o, Input i, Output p | accepts or emits
          emits = Emitted.SAME | StreamProcessor<P.Options> | Options o, Input i, Output p | nothing is accepted
          emits = Emitted.NONE | Control<P.Options> | Options o, Input i, Output p, Body b | declares the blocks
          blocks = {"a", "a?"} | Control<P.Options> | Options o, Input i, Output p, Body b | declared twice
          blocks = "A" | Control<P.Options> | Options o, Input i, Output p, Body b | is not named
          """)
  void refusesFlowsThatTheirShapeDoesNotHave(
      String spec, String shape, String parameters, String message) {
    String method = shape.startsWith("Stream") ? "process" : "run";
    var compiled =
        compile(
            HEAD
                + "@ProcessorSpec(name = \"a.p\", summary = \"S.\", %s)".formatted(spec)
                + "public class P implements %s { public record Options() {}".formatted(shape)
                + "@Override public void %s(%s, StepContext c) {} }".formatted(method, parameters));

    assertThat(compiled.errors()).singleElement().asString().contains(message);
  }

  @Test
  void refusesASinkThatEmits() {
    var compiled =
        compile(
            HEAD
                + "@ProcessorSpec(name = \"a.p\", summary = \"S.\", accepts = Kind.TEXT, emits ="
                + " Emitted.TEXT) public class P implements RecordProcessor<P.Options>,"
                + " Sink<P.Options> { public record Options() {} @Override public RecordFunction"
                + " open(Options o, StepContext c) { return (r, p) -> {}; } @Override public void"
                + " commit(Options o, Iterable<java.nio.file.Path> p, StepContext c) {} }");

    assertThat(compiled.errors()).singleElement().asString().contains("emits nothing");
  }

  @Test
  void refusesWhatIsNoProcessorAndOptionsThatAreNoRecordOfTheirOwn() {
    var compiled =
        compile(
            HEAD + "@ProcessorSpec(name = \"a.c\", summary = \"S.\") public class C {}",
            HEAD
                + "@ProcessorSpec(name = \"a.d\", summary = \"S.\") public class D implements"
                + " Task<Record> { @Override public void run(Record o, StepContext c) {} }");

    assertThat(compiled.errors())
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).contains("implements one of"),
            one -> assertThat(one).contains("are a record"));
  }

  @Test
  void refusesANameTwice() {
    String task =
        "@ProcessorSpec(name = \"a.c\", summary = \"S.\") public class %s implements"
            + " Task<%s.Options> { public record Options() {}"
            + " @Override public void run(Options o, StepContext c) {} }";

    var compiled = compile(HEAD + task.formatted("C", "C"), HEAD + task.formatted("D", "D"));

    assertThat(compiled.errors()).singleElement().asString().contains("already the name of a.C");
  }
}
