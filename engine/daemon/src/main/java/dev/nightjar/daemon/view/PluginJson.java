package dev.nightjar.daemon.view;

import dev.nightjar.model.options.OptionDeclaration;
import dev.nightjar.model.options.OptionType;
import dev.nightjar.model.options.ProcessorDeclaration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What processors take and do, as programs read it. */
public final class PluginJson {

  private PluginJson() {}

  /** A processor with its options. */
  public static ObjectNode of(ProcessorDeclaration processor) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", processor.name())
            .put("summary", processor.summary())
            .put("shape", word(processor.shape()));
    ArrayNode accepts = json.putArray("accepts");
    processor.accepts().forEach(kind -> accepts.add(word(kind)));
    json.put("emits", word(processor.emits()))
        .put("effect", word(processor.effect()))
        .put("scope", word(processor.scope()));
    ArrayNode blocks = json.putArray("blocks");
    processor
        .blocks()
        .forEach(one -> blocks.addObject().put("name", one.name()).put("required", one.required()));
    json.set("bindings", TimelineJson.texts(processor.bindings()));
    ArrayNode outputs = json.putArray("outputs");
    processor
        .outputs()
        .forEach(one ->
            outputs
                .addObject()
                .put("name", one.name())
                .put("type", one.type())
                .put("summary", one.summary()));
    json.set("options", options(processor.options()));
    return json;
  }

  private static ArrayNode options(List<OptionDeclaration> options) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (OptionDeclaration option : options) {
      ObjectNode json =
          all.addObject()
              .put("name", option.name())
              .put("type", type(option.type()))
              .put("doc", option.doc())
              .put("required", option.required())
              .put("secret", option.secret());
      if (option.defaultText() != null) {
        json.put("default", option.defaultText());
      }
      addParts(json, option.type());
    }
    return all;
  }

  private static void addParts(ObjectNode json, OptionType type) {
    switch (type) {
      case OptionType.Nested(List<OptionDeclaration> options) ->
          json.set("options", options(options));
      case OptionType.ListOf(OptionType element) -> addParts(json, element);
      case OptionType.MapOf(OptionType value) -> addParts(json, value);
      case OptionType.Choice(List<OptionType.Constant> constants) -> {
        ArrayNode choices = json.putArray("choices");
        constants.forEach(one -> choices.addObject().put("name", one.name()).put("doc", one.doc()));
      }
      case OptionType.Simple _ -> {
        // Its name says all.
      }
    }
  }

  /** {@code list of path}, {@code lines|whole}. */
  public static String type(OptionType type) {
    return switch (type) {
      case OptionType.Simple simple -> word(simple).replace('_', ' ');
      case OptionType.Choice(List<OptionType.Constant> constants) ->
          constants.stream().map(OptionType.Constant::name).collect(Collectors.joining("|"));
      case OptionType.ListOf(OptionType element) -> "list of " + type(element);
      case OptionType.MapOf(OptionType value) -> "map to " + type(value);
      case OptionType.Nested _ -> "map";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
