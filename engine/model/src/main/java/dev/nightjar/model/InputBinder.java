package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds the values given to a run to the inputs of its workflow.
 *
 * <p>A path that is given starts at the folder the person stands in; a default path, at the
 * workflow's folder, as all paths in it. Nothing that is wrong with a secret shows its value.
 */
public final class InputBinder {

  private static final String OPTION = "--input";

  private final Workflow workflow;
  private final Map<String, JsonNode> before;
  private final Path current;
  private final Diagnostics diagnostics;
  private final Map<String, Given> given = new LinkedHashMap<>();

  /** Inputs that something was given for, be it wrong: they are not missing as well. */
  private final Set<String> mentioned = new HashSet<>();

  /** A value on its way in. */
  private record Given(JsonNode value, Place place) {}

  /**
   * The inputs of a run.
   *
   * @param values what {@code inputs} stands for in expressions: each declared input that is no
   *     secret, with JSON's null for an optional one without a value
   * @param secrets the values of inputs of type secret, which are read as {@code secrets.NAME}
   */
  public record Bound(JsonNode values, Map<String, String> secrets) {
    public Bound {
      secrets = Map.copyOf(secrets);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return values.toString();
    }
  }

  private InputBinder(
      Workflow workflow, Map<String, JsonNode> before, Path current, Diagnostics diagnostics) {
    this.workflow = workflow;
    this.before = before;
    this.current = current;
    this.diagnostics = diagnostics;
  }

  /**
   * Binds what a person gives; every mistake is noted.
   *
   * @param file the content of a file of values, or null
   * @param pairs {@code name=value} as typed; they win over the file
   * @param current the folder that given paths start at, absolute
   * @return null when there are mistakes
   */
  public static @Nullable Bound bind(
      Workflow workflow,
      @Nullable YamlNode file,
      List<String> pairs,
      Path current,
      Diagnostics diagnostics) {
    return bind(workflow, Map.of(), file, pairs, current, diagnostics);
  }

  /**
   * Binds what a person gives, and what another run of the workflow was given.
   *
   * @param before what the other run's inputs were; those that the workflow no longer has are left
   *     out. Whatever stands for a secret, which no run remembers, says that it was given, and has
   *     to be given again
   * @param file the content of a file of values, or null; its values win over those before
   * @param pairs {@code name=value} as typed; they win over the file
   * @param current the folder that given paths start at, absolute
   * @return null when there are mistakes
   */
  public static @Nullable Bound bind(
      Workflow workflow,
      Map<String, JsonNode> before,
      @Nullable YamlNode file,
      List<String> pairs,
      Path current,
      Diagnostics diagnostics) {
    var found = new Diagnostics();
    var binder = new InputBinder(workflow, before, current, found);
    binder.readFile(file);
    binder.readPairs(pairs);
    binder.takeOver();
    Bound bound = binder.bound();
    found.sorted().forEach(diagnostics::add);
    return found.hasErrors() ? null : bound;
  }

  /**
   * Values as they were bound, so no path is made absolute; a declaration that has changed since
   * may no longer take them.
   */
  private void takeOver() {
    for (InputDeclaration input : workflow.inputs()) {
      JsonNode value = before.get(input.name());
      if (value == null || value.isNull() || input.type() == InputDeclaration.Type.SECRET) {
        continue;
      }
      if (mentioned.add(input.name()) && fits(input, value, input.place())) {
        given.put(input.name(), new Given(value, input.place()));
      }
    }
  }

  private void readFile(@Nullable YamlNode file) {
    if (file == null) {
      return;
    }
    if (!(file instanceof YamlNode.Mapping map)) {
      error(file.place(), "a file of inputs is a map of names to values");
      return;
    }
    for (YamlNode.Entry entry : map.entries().values()) {
      InputDeclaration input = declared(entry.key().text(), entry.key().place());
      if (input != null) {
        boolean secret = input.type() == InputDeclaration.Type.SECRET;
        Place place = secret ? masked(input.name()) : entry.value().place();
        accept(input, entry.value().json(), place);
      }
    }
  }

  private void readPairs(List<String> pairs) {
    var seen = new LinkedHashMap<String, String>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      var nameOnly = new SourceText(OPTION, name);
      Place namePlace = new Place(nameOnly, 0, name.length());
      if (equals < 0) {
        error(namePlace, "`" + Reading.shortened(name) + "` gives no value", "write `name=value`");
        continue;
      }
      if (seen.put(name, pair) != null) {
        error(namePlace, "the input `" + Reading.shortened(name) + "` is given twice");
        continue;
      }
      InputDeclaration input = declared(name, namePlace);
      if (input != null) {
        readPair(input, pair, equals + 1);
      }
    }
  }

  private void readPair(InputDeclaration input, String pair, int start) {
    String text = pair.substring(start);
    Place place =
        input.type() == InputDeclaration.Type.SECRET
            ? masked(input.name())
            : new Place(new SourceText(OPTION, pair), start, pair.length());
    JsonNode value =
        switch (input.type()) {
          case INTEGER, NUMBER, BOOLEAN, JSON, LIST -> yaml(text, input);
          case STRING, DATE, DATETIME, DURATION, PATH, SECRET ->
              JsonNodeFactory.instance.stringNode(text);
        };
    if (value != null) {
      accept(input, value, place);
    }
  }

  /** Values that are no text are typed as in YAML: {@code 3}, {@code [a, b]}, {@code {a: 1}}. */
  private @Nullable JsonNode yaml(String text, InputDeclaration input) {
    if (text.isBlank()) {
      return JsonNodeFactory.instance.stringNode(text);
    }
    YamlNode node = YamlReader.read(new SourceText(OPTION + " " + input.name(), text), diagnostics);
    return node == null ? null : node.json();
  }

  private void accept(InputDeclaration input, JsonNode value, Place place) {
    if (fits(input, value, place)) {
      boolean path = input.type() == InputDeclaration.Type.PATH;
      given.put(input.name(), new Given(path ? absolute(value) : value, place));
    }
  }

  private boolean fits(InputDeclaration input, JsonNode value, Place place) {
    boolean secret = input.type() == InputDeclaration.Type.SECRET;
    String name = "the input `" + input.name() + "`";
    if (!InputValues.hasType(value, input.type(), workflow.timeouts())) {
      String wanted = InputValues.wanted(input.type());
      String came = secret ? "no text" : "`" + Reading.shortened(shown(value)) + "`";
      error(input, place, name + " is " + came + ", and must be " + wanted);
      return false;
    }
    String limit = InputValues.limit(value, input, workflow.timeouts());
    if (limit != null) {
      String came = secret ? " " : " is `" + Reading.shortened(shown(value)) + "`, which ";
      error(input, place, name + came + limit);
      return false;
    }
    return true;
  }

  private JsonNode absolute(JsonNode path) {
    String text = path.stringValue();
    boolean absolute = text.startsWith("/") || Path.of(text).isAbsolute();
    return absolute
        ? path
        : JsonNodeFactory.instance.stringNode(current.resolve(text).normalize().toString());
  }

  private static String shown(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static Place masked(String name) {
    var source = new SourceText(OPTION, name + "=***");
    return new Place(source, name.length() + 1, name.length() + 4);
  }

  private @Nullable InputDeclaration declared(String name, Place place) {
    for (InputDeclaration input : workflow.inputs()) {
      if (input.name().equals(name)) {
        mentioned.add(name);
        return input;
      }
    }
    List<String> known = workflow.inputs().stream().map(InputDeclaration::name).toList();
    error(
        place,
        "the workflow has no input `" + Reading.shortened(name) + "`",
        Suggestions.hint(name, known, "it has: " + Reading.list(known)));
    return null;
  }

  private Bound bound() {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    var secrets = new LinkedHashMap<String, String>();
    for (InputDeclaration input : workflow.inputs()) {
      Given one = given.get(input.name());
      if (one == null && !mentioned.contains(input.name())) {
        checkMissing(input);
      }
      JsonNode value = one == null ? input.defaultValue() : one.value();
      if (input.type() != InputDeclaration.Type.SECRET) {
        values.set(input.name(), value == null ? JsonNodeFactory.instance.nullNode() : value);
      } else if (value != null) {
        secrets.put(input.name(), value.stringValue());
      }
    }
    return new Bound(values, secrets);
  }

  private void checkMissing(InputDeclaration input) {
    boolean forgotten =
        input.type() == InputDeclaration.Type.SECRET && before.containsKey(input.name());
    if (forgotten) {
      error(
          input,
          input.place(),
          "the input `" + input.name() + "` is a secret, which no run remembers",
          "give it again with `--input " + input.name() + "=...`");
    } else if (input.required()) {
      missing(input);
    }
  }

  private void missing(InputDeclaration input) {
    String wanted = InputValues.wanted(input.type());
    error(
        input,
        input.place(),
        "the input `" + input.name() + "` is required: " + wanted,
        "give it with `--input " + input.name() + "=...`");
  }

  private void error(Place place, String message, String... hints) {
    diagnostics.error(Code.BAD_INPUT, place, message, hints);
  }

  private void error(InputDeclaration input, Place place, String message, String... hints) {
    diagnostics.add(
        new Diagnostic(
            Diagnostic.Severity.ERROR,
            Code.BAD_INPUT,
            place,
            message,
            List.of(hints),
            input.name()));
  }
}
