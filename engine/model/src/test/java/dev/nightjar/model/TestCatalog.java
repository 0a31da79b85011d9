package dev.nightjar.model;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.options.OptionDeclaration;
import dev.nightjar.model.options.OptionType;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import java.util.Arrays;
import java.util.List;

/** A few processors as plugins would declare them; nothing of them can run. */
final class TestCatalog {

  private static final List<Kind> ANY = List.of(Kind.TEXT, Kind.JSON, Kind.BYTES);

  private TestCatalog() {}

  static Catalog catalog() {
    return new Catalog(
        List.of(
            plugin("file", read(), write()),
            plugin(
                "json",
                record("json.parse", List.of(Kind.TEXT), Emitted.JSON),
                record("json.format", List.of(Kind.JSON), Emitted.TEXT),
                record("json.validate", List.of(Kind.JSON), Emitted.SAME, path("schema", true))),
            plugin(
                "records",
                record(
                    "records.filter",
                    ANY,
                    Emitted.SAME,
                    simple("where", OptionType.Simple.EXPRESSION, true)),
                record(
                    "records.lookup",
                    ANY,
                    Emitted.SAME,
                    simple("table", OptionType.Simple.RECORDS, true))),
            plugin(
                "text",
                record(
                    "text.trim",
                    List.of(Kind.TEXT, Kind.JSON),
                    Emitted.SAME,
                    option("fields", new OptionType.ListOf(OptionType.Simple.FIELD_PATH), false))),
            plugin("memory", task("memory.snapshot", Effect.PURE, text("label"))),
            plugin(
                "flow",
                task("flow.log", Effect.PURE, text("message")),
                task("flow.send", Effect.ONCE, text("message")),
                control("flow.foreach", List.of("steps"), json("items")),
                control("flow.retry", List.of("steps", "catch?")),
                control("flow.switch", List.of("cases", "else?"), json("value")))));
  }

  private static PluginDeclaration plugin(String id, ProcessorDeclaration... processors) {
    return new PluginDeclaration(id, "1.4.0", "For tests.", List.of(processors));
  }

  private static ProcessorDeclaration read() {
    return new ProcessorDeclaration(
        "file.read",
        "Reads files.",
        Shape.STREAM,
        List.of(),
        Emitted.TEXT,
        Effect.PURE,
        Scope.SPLIT,
        List.of(),
        List.of(),
        List.of(),
        List.of(path("path", true)),
        "Read");
  }

  private static ProcessorDeclaration write() {
    return new ProcessorDeclaration(
        "file.write",
        "Writes a file.",
        Shape.STREAM,
        ANY,
        Emitted.NONE,
        Effect.IDEMPOTENT,
        Scope.SPLIT,
        List.of(),
        List.of(),
        List.of(new ProcessorDeclaration.Output("files", "list", "What was written.")),
        List.of(path("path", true)),
        "Write");
  }

  private static ProcessorDeclaration record(
      String name, List<Kind> accepts, Emitted emits, OptionDeclaration... options) {
    return declaration(name, Shape.RECORD, accepts, emits, Effect.PURE, List.of(), options);
  }

  private static ProcessorDeclaration task(
      String name, Effect effect, OptionDeclaration... options) {
    return declaration(name, Shape.TASK, List.of(), Emitted.NONE, effect, List.of(), options);
  }

  private static ProcessorDeclaration control(
      String name, List<String> blocks, OptionDeclaration... options) {
    return declaration(name, Shape.CONTROL, List.of(), Emitted.NONE, Effect.PURE, blocks, options);
  }

  private static ProcessorDeclaration declaration(
      String name,
      Shape shape,
      List<Kind> accepts,
      Emitted emits,
      Effect effect,
      List<String> blocks,
      OptionDeclaration... options) {
    List<ProcessorDeclaration.Block> declared =
        blocks.stream()
            .map(block ->
                new ProcessorDeclaration.Block(block.replace("?", ""), !block.endsWith("?")))
            .toList();
    return new ProcessorDeclaration(
        name,
        "For tests.",
        shape,
        accepts,
        emits,
        effect,
        Scope.SPLIT,
        declared,
        blocks.isEmpty() ? List.of() : List.of("item", "item_index"),
        List.of(),
        Arrays.asList(options),
        "None");
  }

  private static OptionDeclaration path(String name, boolean required) {
    return simple(name, OptionType.Simple.PATH, required);
  }

  private static OptionDeclaration text(String name) {
    return simple(name, OptionType.Simple.STRING, true);
  }

  private static OptionDeclaration json(String name) {
    return simple(name, OptionType.Simple.JSON, false);
  }

  private static OptionDeclaration simple(String name, OptionType.Simple type, boolean required) {
    return option(name, type, required);
  }

  private static OptionDeclaration option(String name, OptionType type, boolean required) {
    return new OptionDeclaration(name, type, "For tests.", required, null, false, null, null);
  }
}
