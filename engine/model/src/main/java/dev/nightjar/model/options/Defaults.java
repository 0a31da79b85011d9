package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.options.OptionType.ListOf;
import dev.nightjar.model.options.OptionType.MapOf;
import dev.nightjar.model.options.OptionType.Nested;
import dev.nightjar.model.options.OptionType.Simple;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes settings of the defaults that plugins declare; those were checked at their build. */
record Defaults(Map<String, Duration> timeouts) {

  /**
   * The setting of an option that is not given, or null when it has no default.
   *
   * @throws IllegalStateException when the declaration is wrong, which its plugin's build refuses
   */
  @Nullable Setting of(OptionDeclaration option, Place place) {
    String text = option.defaultText();
    if (text == null) {
      return null;
    }
    boolean parts =
        option.type() instanceof ListOf
            || option.type() instanceof MapOf
            || option.type() instanceof Nested
            || option.type() == Simple.JSON;
    Place start = new Place(new SourceText("default of " + option.name(), text), 0, text.length());
    try {
      if (option.type() == Simple.EXPRESSION || parts) {
        return written(option, start);
      }
      return new JsonSettings(timeouts).read(option.type(), value(option.type(), text), place);
    } catch (Unfit | NumberFormatException e) {
      throw wrong(option, e);
    }
  }

  private Setting written(OptionDeclaration option, Place place) {
    var diagnostics = new Diagnostics();
    YamlNode node =
        option.type() == Simple.EXPRESSION
            ? scalar(place)
            : YamlReader.read(place.source(), diagnostics);
    var reader =
        new SettingReader(SettingReader.Names.none(), timeouts, diagnostics, Vocabulary.OPTIONS);
    Setting setting = node == null ? null : reader.read(option, "the default", node);
    if (setting == null || diagnostics.hasErrors()) {
      throw wrong(option, null);
    }
    return setting;
  }

  private static YamlNode scalar(Place place) {
    String text = place.source().text();
    return new YamlNode.Scalar(
        place,
        text,
        true,
        JsonNodeFactory.instance.stringNode(text),
        (start, end) -> new Place(place.source(), start, end));
  }

  /** Numbers and truths as such; text of every other type may look like them and stays text. */
  private static JsonNode value(OptionType type, String text) {
    var nodes = JsonNodeFactory.instance;
    if (type == Simple.BOOLEAN) {
      return nodes.booleanNode(Boolean.parseBoolean(text));
    }
    if (type == Simple.INTEGER || type == Simple.LONG) {
      return nodes.numberNode(Long.parseLong(text));
    }
    return type == Simple.NUMBER ? nodes.numberNode(new BigDecimal(text)) : nodes.stringNode(text);
  }

  private static IllegalStateException wrong(OptionDeclaration option, @Nullable Exception e) {
    return new IllegalStateException(
        "the default of `" + option.name() + "`, `" + option.defaultText() + "`, does not fit", e);
  }
}
