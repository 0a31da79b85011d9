package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code inputs:}. */
final class InputsReader {

  private final Reading reading;

  InputsReader(Reading reading) {
    this.reading = reading;
  }

  List<InputDeclaration> read(Section top) {
    var inputs = new ArrayList<InputDeclaration>();
    top.entries(
        "inputs",
        (name, value) -> {
          reading.name(name, Reading.ID);
          Section section = Section.of(value, "an input", reading);
          if (section != null) {
            inputs.add(input(name, section));
          }
        });
    return List.copyOf(inputs);
  }

  private InputDeclaration input(YamlNode.Scalar name, Section section) {
    InputDeclaration.Type type = type(section);
    boolean sized = InputValues.sized(type);
    InputDeclaration.Type boundType = sized ? InputDeclaration.Type.INTEGER : type;
    JsonNode min = bound(section, "min", type, boundType);
    JsonNode max = bound(section, "max", type, boundType);
    var allowed = new ArrayList<JsonNode>();
    for (YamlNode item : section.items("enum")) {
      JsonNode one = value(item, type, "`enum`");
      if (one != null) {
        allowed.add(one);
      }
    }
    boolean required = section.bool("required", false);
    var bare =
        new InputDeclaration(
            name.place(),
            name.text(),
            type,
            null,
            required,
            section.text("description"),
            List.copyOf(allowed),
            min,
            max,
            pattern(section, type));
    JsonNode defaultValue = defaultValue(section, bare);
    section.finish("an input");
    return bare.withDefault(defaultValue);
  }

  private InputDeclaration.Type type(Section section) {
    InputDeclaration.Type type = section.word("type", InputDeclaration.Type.class);
    if (type == null && !section.has("type")) {
      return InputDeclaration.Type.STRING;
    }
    // After a mistake in the type nothing else is held against it.
    return type == null ? InputDeclaration.Type.JSON : type;
  }

  private @Nullable JsonNode bound(
      Section section, String key, InputDeclaration.Type type, InputDeclaration.Type boundType) {
    YamlNode node = section.value(key);
    if (node == null) {
      return null;
    }
    if (type == InputDeclaration.Type.BOOLEAN || type == InputDeclaration.Type.JSON) {
      String of = type.name().toLowerCase(Locale.ROOT);
      reading.error(
          Code.BAD_VALUE,
          section.keyPlace(key),
          "an input of type `" + of + "` has no `" + key + "`");
      return null;
    }
    return value(node, boundType, "`" + key + "`");
  }

  private @Nullable String pattern(Section section, InputDeclaration.Type type) {
    YamlNode.Scalar scalar = section.scalar("pattern", "a regular expression");
    if (scalar == null) {
      return null;
    }
    if (!InputValues.sized(type) || type == InputDeclaration.Type.LIST) {
      reading.error(Code.BAD_VALUE, scalar.place(), "`pattern` is for text and paths");
      return null;
    }
    String mistake = InputValues.patternMistake(scalar.text());
    if (mistake != null) {
      reading.error(Code.BAD_VALUE, scalar.place(), "this is no regular expression: " + mistake);
      return null;
    }
    return scalar.text();
  }

  private @Nullable JsonNode defaultValue(Section section, InputDeclaration input) {
    YamlNode node = section.value("default");
    if (node == null) {
      return null;
    }
    if (input.type() == InputDeclaration.Type.SECRET) {
      reading.error(
          Code.BAD_VALUE,
          section.keyPlace("default"),
          "a secret has no default: the file would give it away");
      return null;
    }
    if (input.required()) {
      reading.error(
          Code.BAD_VALUE,
          section.keyPlace("required"),
          "an input with a default is never missing",
          "remove `required` or `default`");
    }
    return check(node, input, "the default", Code.BAD_VALUE, reading);
  }

  private @Nullable JsonNode value(YamlNode node, InputDeclaration.Type type, String what) {
    JsonNode value = node.json();
    if (InputValues.hasType(value, type, reading.timeouts())) {
      return value;
    }
    Section.wrongType(node, what, InputValues.wanted(type), reading.diagnostics());
    return null;
  }

  /** A value that fits its input; null, and noted, when it does not. */
  static @Nullable JsonNode check(
      YamlNode node, InputDeclaration input, String what, Code code, Reading reading) {
    Diagnostics diagnostics = reading.diagnostics();
    JsonNode value = node.json();
    if (!InputValues.hasType(value, input.type(), reading.timeouts())) {
      String wanted = InputValues.wanted(input.type());
      boolean text = node instanceof YamlNode.Scalar scalar && scalar.value().isString();
      String came =
          text ? "`" + Reading.shortened(value.stringValue()) + "`" : Section.described(node);
      diagnostics.error(code, node.place(), what + " is " + came + ", not " + wanted);
      return null;
    }
    String limit = InputValues.limit(value, input, reading.timeouts());
    if (limit != null) {
      diagnostics.error(code, node.place(), what + " " + limit);
      return null;
    }
    return value;
  }
}
