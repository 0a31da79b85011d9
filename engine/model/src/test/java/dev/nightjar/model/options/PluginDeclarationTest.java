package dev.nightjar.model.options;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nightjar.model.options.ProcessorDeclaration.Block;
import dev.nightjar.model.options.ProcessorDeclaration.Output;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.build.ProcessorIndexer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginDeclarationTest {

  private static final String SOURCE =
      """
      package a;
      import dev.nightjar.spi.*;
      import dev.nightjar.spi.ProcessorSpec.*;
      import java.util.*;
      import org.jspecify.annotations.Nullable;

      @ProcessorSpec(name = "a.p", summary = "S.", accepts = {Kind.TEXT, Kind.JSON},
          emits = Emitted.SAME, effect = Effect.ONCE, scope = Scope.STREAM, blocks = {"steps", "else?"},
          bindings = "item",
          outputs = @OutputSpec(name = "n", type = "integer", summary = "O."))
      public class P implements Control<P.Options> {
        @Override
        public void run(Options o, Input i, Output p, Body b, StepContext c) {}

        public enum Mode { @Doc("Fast.") @Accepts(Kind.BYTES) @Emits(Emitted.TEXT) VERY_FAST, SLOW }
        public record Part(@Doc("D.") @Default("1") int size) {}
        public record Options(
            @Doc("D.") String string, @Doc("D.") @Nullable String optional,
            @Doc("D.") @Secret String secret, @Doc("D.") boolean truth, @Doc("D.") Boolean truth2,
            @Doc("D.") int number, @Doc("D.") @Nullable Integer number2, @Doc("D.") long large,
            @Doc("D.") Long large2, @Doc("D.") @Default("0.5") double share, @Doc("D.") Double share2,
            @Doc("D.") java.time.Duration duration, @Doc("D.") java.nio.file.Path path,
            @Doc("D.") java.time.LocalDate date, @Doc("D.") tools.jackson.databind.JsonNode json,
            @Doc("D.") FieldPath fieldPath, @Doc("D.") Expression expression,
            @Doc("D.") Template template, @Doc("D.") Records otherRecords,
            @Doc("D.") @Accepts({Kind.JSON, Kind.TEXT}) @Emits(Emitted.NONE) Mode mode,
            @Doc("D.") List<Mode> modes, @Doc("D.") Map<String, List<FieldPath>> aURLMap,
            @Doc("D.") Part part, @Doc("D.") @Default("[]") List<Part> parts2Go) {}
      }
      """;

  @TempDir Path folder;

  @Test
  void whatABuildWritesIsWhatReflectionSees() throws Exception {
    compile();
    PluginDeclaration plugin;
    try (var json = Files.newInputStream(folder.resolve(PluginDeclaration.FILE))) {
      plugin = PluginDeclaration.read("a", "1.0", "D.", json);
    }

    List<OptionDeclaration> reflected;
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      reflected = OptionDeclarations.of(loader.loadClass("a.P$Options").asSubclass(Record.class));
    }

    assertThat(plugin.processors())
        .containsExactly(
            new ProcessorDeclaration(
                "a.p",
                "S.",
                Shape.CONTROL,
                List.of(Kind.TEXT, Kind.JSON),
                Emitted.SAME,
                Effect.ONCE,
                Scope.STREAM,
                List.of(new Block("steps", true), new Block("else", false)),
                List.of("item"),
                List.of(new Output("n", "integer", "O.")),
                reflected,
                "a.P"));
    assertThat(reflected)
        .filteredOn(option -> !option.required())
        .extracting(OptionDeclaration::name)
        .containsExactly("optional", "number2", "share", "parts2_go");
    assertThat(reflected).extracting(OptionDeclaration::name).contains("a_url_map");
  }

  private void compile() {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var unit =
        new SimpleJavaFileObject(URI.create("memory:///a/P.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE;
          }
        };
    var options = List.of("-d", folder.toString(), "-proc:full");
    var task = compiler.getTask(null, null, null, options, null, List.of(unit));
    task.setProcessors(List.of(new ProcessorIndexer()));
    assertThat(task.call()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"format": 2, "processors": []} | made for a newer Nightjar: its declarations have format 2, this one reads up to 1
          {"processors": []} | `format` is missing
          {"format": 1} | `processors` is missing
          {"format": 1, "processors": [{"name": 3}]} | `name` is no text
          {"format": 1, "processors": [{"name": "a.b", "summary": "S.", "shape": "round"}]} | `round` is no shape
          {"format": | is broken
          [] | `format` is missing
          """)
  void aFileThatCannotBeReadSaysWhy(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            PluginDeclaration.read(
                "a", "1.0", "D.", new ByteArrayInputStream(json.getBytes(UTF_8))))
        .withMessageContaining(message);
  }
}
