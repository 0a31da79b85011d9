package dev.nightjar.model.options;

import dev.nightjar.model.options.ProcessorDeclaration.Block;
import dev.nightjar.model.options.ProcessorDeclaration.Output;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads declarations from their file. As a tree, because binding records costs 60 ms at a start,
 * and without Jackson's mapper: to make one takes longer than to read all plugins.
 */
final class DeclarationFile {

  /** The newest format this engine knows. */
  private static final int FORMAT = 1;

  private DeclarationFile() {}

  static List<ProcessorDeclaration> read(InputStream json) {
    try {
      JsonNode file = tree(json);
      int format = required(file, "format").asInt(0);
      if (format > FORMAT) {
        throw new IllegalArgumentException(
            "the plugin is made for a newer Nightjar: its declarations have format "
                + format
                + ", this one reads up to "
                + FORMAT);
      }
      return list(file, "processors", DeclarationFile::processor);
    } catch (Rejected e) {
      throw new IllegalArgumentException(
          PluginDeclaration.FILE + " is broken: " + e.getMessage(), e);
    }
  }

  private static JsonNode tree(InputStream json) {
    try {
      byte[] utf8 = json.readAllBytes();
      return DataRecord.utf8(utf8, 0, utf8.length, Origin.NONE).parsed().json();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessorDeclaration processor(JsonNode json) {
    return new ProcessorDeclaration(
        text(json, "name"),
        text(json, "summary"),
        word(Shape.class, text(json, "shape")),
        list(json, "accepts", DeclarationFile::kind),
        word(Emitted.class, text(json, "emits")),
        word(Effect.class, text(json, "effect")),
        word(Scope.class, text(json, "scope")),
        list(json, "blocks", one -> new Block(text(one, "name"), flag(one, "required"))),
        json.path("bindings").valueStream().map(one -> one.asString("")).toList(),
        list(
            json,
            "outputs",
            one -> new Output(text(one, "name"), text(one, "type"), text(one, "summary"))),
        list(json, "options", DeclarationFile::option),
        text(json, "class"));
  }

  private static OptionDeclaration option(JsonNode json) {
    return new OptionDeclaration(
        text(json, "name"),
        type(required(json, "type")),
        text(json, "doc"),
        flag(json, "required"),
        json.has("default") ? text(json, "default") : null,
        flag(json, "secret"),
        kinds(json),
        emits(json));
  }

  private static OptionType type(JsonNode json) {
    if (json.isString()) {
      return word(OptionType.Simple.class, json.stringValue());
    }
    if (json.has("choice")) {
      return new OptionType.Choice(list(json, "choice", DeclarationFile::constant));
    }
    if (json.has("list")) {
      return new OptionType.ListOf(type(required(json, "list")));
    }
    if (json.has("map")) {
      return new OptionType.MapOf(type(required(json, "map")));
    }
    return new OptionType.Nested(list(json, "nested", DeclarationFile::option));
  }

  private static OptionType.Constant constant(JsonNode json) {
    return new OptionType.Constant(
        text(json, "name"), text(json, "constant"), text(json, "doc"), kinds(json), emits(json));
  }

  private static @Nullable List<Kind> kinds(JsonNode json) {
    return json.has("accepts") ? list(json, "accepts", DeclarationFile::kind) : null;
  }

  private static Kind kind(JsonNode json) {
    return word(Kind.class, json.asString(""));
  }

  private static @Nullable Emitted emits(JsonNode json) {
    return json.has("emits") ? word(Emitted.class, text(json, "emits")) : null;
  }

  private static JsonNode required(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw broken("`" + name + "` is missing");
    }
    return value;
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = required(json, name);
    if (!value.isString()) {
      throw broken("`" + name + "` is no text");
    }
    return value.stringValue();
  }

  private static boolean flag(JsonNode json, String name) {
    return json.path(name).asBoolean(false);
  }

  private static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> read) {
    return required(json, name).valueStream().map(read).toList();
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(word.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw broken("`" + word + "` is no " + type.getSimpleName().toLowerCase(Locale.ROOT));
  }

  private static IllegalArgumentException broken(String what) {
    return new IllegalArgumentException(PluginDeclaration.FILE + " is broken: " + what);
  }
}
