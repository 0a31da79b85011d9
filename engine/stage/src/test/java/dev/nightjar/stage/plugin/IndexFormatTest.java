package dev.nightjar.stage.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.options.OptionDeclaration;
import dev.nightjar.model.options.OptionType;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IndexFormatTest {

  private static final Path FOLDER = Path.of("some", "plugins");

  @Test
  void everythingComesBackAsItWas() {
    List<IndexedJar> jars = List.of(jar("a.jar", null), jar("b.jar", "0123"));

    assertThat(IndexFormat.read(IndexFormat.write(FOLDER, jars), FOLDER)).isEqualTo(jars);
  }

  /** Whoever changes one of these raises {@link IndexFormat#VERSION} and writes both down here. */
  @Test
  void whatIsWrittenHasTheVersionItHad() {
    List<Class<?>> records =
        List.of(
            PluginJar.Dependency.class,
            Stamp.class,
            ProcessorDeclaration.class,
            ProcessorDeclaration.Block.class,
            ProcessorDeclaration.Output.class,
            OptionDeclaration.class,
            OptionType.Choice.class,
            OptionType.Constant.class,
            OptionType.ListOf.class,
            OptionType.MapOf.class,
            OptionType.Nested.class);
    List<Class<?>> enums =
        List.of(
            ProcessorDeclaration.Shape.class,
            Kind.class,
            Emitted.class,
            Effect.class,
            Scope.class,
            OptionType.Simple.class);

    String shape =
        Stream.concat(
                records.stream().map(IndexFormatTest::components),
                enums.stream().map(type -> Arrays.toString(type.getEnumConstants())))
            .collect(Collectors.joining("\n"));

    assertThat(shape)
        .as("the shape of version " + IndexFormat.VERSION)
        .isEqualTo(
            """
            Dependency id optional
            Stamp size modified changed key
            ProcessorDeclaration name summary shape accepts emits effect scope blocks bindings outputs options className
            Block name required
            Output name type summary
            OptionDeclaration name type doc required defaultText secret accepts emits
            Choice constants
            Constant name constant doc accepts emits
            ListOf element
            MapOf value
            Nested options
            [RECORD, STREAM, TASK, CONTROL]
            [text, json, bytes]
            [NONE, TEXT, JSON, BYTES, SAME]
            [PURE, IDEMPOTENT, ONCE]
            [SPLIT, STREAM]
            [STRING, BOOLEAN, INTEGER, LONG, NUMBER, DURATION, PATH, DATE, JSON, FIELD_PATH, EXPRESSION, TEMPLATE, RECORDS]\
            """);
  }

  private static String components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(" ", record.getSimpleName() + " ", ""));
  }

  private static IndexedJar jar(String name, String digest) {
    Path path = FOLDER.resolve(name);
    var plugin = new PluginDeclaration("p", "1.0.0", "Grüße 🐦", List.of(processor(), bare()));
    var dependencies =
        List.of(new PluginJar.Dependency("a", true), new PluginJar.Dependency("b", false));
    var stamp = new Stamp(Long.MAX_VALUE, 1_764_000_000_123_456_789L, -1, 42);
    return new IndexedJar(
        new PluginJar(path, path, plugin, ">=1.0.0", dependencies, stamp), digest);
  }

  private static ProcessorDeclaration processor() {
    return new ProcessorDeclaration(
        "p.all",
        "x".repeat(20_000),
        ProcessorDeclaration.Shape.CONTROL,
        List.of(Kind.values()),
        Emitted.SAME,
        Effect.ONCE,
        Scope.STREAM,
        List.of(new ProcessorDeclaration.Block("steps", true)),
        List.of("item", "index"),
        List.of(new ProcessorDeclaration.Output("count", "int", "How many.")),
        options(),
        "p.All");
  }

  private static ProcessorDeclaration bare() {
    return new ProcessorDeclaration(
        "p.bare",
        "",
        ProcessorDeclaration.Shape.TASK,
        List.of(),
        Emitted.NONE,
        Effect.PURE,
        Scope.SPLIT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "p.Bare");
  }

  private static List<OptionDeclaration> options() {
    List<OptionType> types = new ArrayList<>(List.of(OptionType.Simple.values()));
    types.add(
        new OptionType.Choice(
            List.of(
                new OptionType.Constant("one", "ONE", "First.", null, null),
                new OptionType.Constant("two", "TWO", "", List.of(), Emitted.NONE))));
    types.add(new OptionType.ListOf(new OptionType.MapOf(OptionType.Simple.JSON)));
    types.add(
        new OptionType.Nested(
            List.of(
                new OptionDeclaration(
                    "in", OptionType.Simple.DATE, "", true, null, false, null, null))));
    return types.stream()
        .map(type ->
            new OptionDeclaration(
                "o", type, "What.", false, "1", true, List.of(Kind.JSON), Emitted.NONE))
        .toList();
  }
}
