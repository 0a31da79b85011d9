package dev.nightjar.spi.build;

import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Records;
import dev.nightjar.spi.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which YAML each Java type stands for. */
final class OptionTypes {

  /** The engine has the same table for records of its own; a test compares them. */
  private static final Map<String, String> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class.getName(), "string"),
          Map.entry("boolean", "boolean"),
          Map.entry(Boolean.class.getName(), "boolean"),
          Map.entry("int", "integer"),
          Map.entry(Integer.class.getName(), "integer"),
          Map.entry("long", "long"),
          Map.entry(Long.class.getName(), "long"),
          Map.entry("double", "number"),
          Map.entry(Double.class.getName(), "number"),
          Map.entry(Duration.class.getName(), "duration"),
          Map.entry(Path.class.getName(), "path"),
          Map.entry(LocalDate.class.getName(), "date"),
          Map.entry(JsonNode.class.getName(), "json"),
          Map.entry(FieldPath.class.getName(), "field_path"),
          Map.entry(Expression.class.getName(), "expression"),
          Map.entry(Template.class.getName(), "template"),
          Map.entry(Records.class.getName(), "records"));

  private static final String SUPPORTED =
      "options are String, boolean, int, long, double, Duration, Path, LocalDate, JsonNode,"
          + " FieldPath, Expression, Template, Records, an enum, a record, List<T> or"
          + " Map<String, T> of these";

  private final ProcessingEnvironment environment;
  private final OptionReader records;

  OptionTypes(ProcessingEnvironment environment, OptionReader records) {
    this.environment = environment;
    this.records = records;
  }

  /** What a Java type stands for. */
  sealed interface Type {
    /** As in the file: a word, or an object with one entry. */
    record Known(JsonNode json) implements Type {}

    /** Not something YAML can be read into. */
    record Unknown(String reason) implements Type {}
  }

  Type read(TypeMirror type) {
    if (type.getKind().isPrimitive()) {
      return simple(type.getKind().name().toLowerCase(Locale.ROOT));
    }
    if (!(type instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement element)) {
      return unknown(type.toString());
    }
    String name = environment.getElementUtils().getBinaryName(element).toString();
    if (name.equals(List.class.getName()) && declared.getTypeArguments().size() == 1) {
      return wrap("list", read(declared.getTypeArguments().getFirst()));
    }
    if (name.equals(Map.class.getName()) && hasNamesAsKeys(declared)) {
      return wrap("map", read(declared.getTypeArguments().get(1)));
    }
    if (element.getKind() == ElementKind.ENUM) {
      return choice(element);
    }
    if (element.getKind() == ElementKind.RECORD && !SIMPLE.containsKey(name)) {
      ArrayNode options = records.readNested(element);
      return options == null
          ? new Type.Unknown("the record " + element.getSimpleName() + " contains itself")
          : new Type.Known(JsonNodeFactory.instance.objectNode().set("nested", options));
    }
    return simple(name);
  }

  private static boolean hasNamesAsKeys(DeclaredType map) {
    return map.getTypeArguments().size() == 2
        && map.getTypeArguments().getFirst() instanceof DeclaredType key
        && key.asElement() instanceof TypeElement element
        && element.getQualifiedName().contentEquals(String.class.getName());
  }

  private static Type simple(String name) {
    String word = SIMPLE.get(name);
    return word == null ? unknown(name) : new Type.Known(JsonNodeFactory.instance.stringNode(word));
  }

  private static Type unknown(String type) {
    return new Type.Unknown("an option cannot be a " + type + "; " + SUPPORTED);
  }

  private static Type wrap(String word, Type inner) {
    return inner instanceof Type.Known known
        ? new Type.Known(JsonNodeFactory.instance.objectNode().set(word, known.json()))
        : inner;
  }

  private static Type choice(TypeElement element) {
    ArrayNode constants = JsonNodeFactory.instance.arrayNode();
    for (Element constant : element.getEnclosedElements()) {
      if (constant.getKind() == ElementKind.ENUM_CONSTANT) {
        Doc doc = constant.getAnnotation(Doc.class);
        String name = constant.getSimpleName().toString();
        ObjectNode json = constants.addObject();
        json.put("name", Names.constant(name)).put("constant", name);
        json.put("doc", doc == null ? "" : doc.value());
        OptionReader.putKinds(json, constant);
      }
    }
    return constants.isEmpty()
        ? new Type.Unknown("the enum " + element.getSimpleName() + " has nothing to choose")
        : new Type.Known(JsonNodeFactory.instance.objectNode().set("choice", constants));
  }
}
