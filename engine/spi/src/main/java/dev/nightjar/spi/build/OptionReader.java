package dev.nightjar.spi.build;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.Secret;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the components of an options record, each of which is one option. */
final class OptionReader {

  private final Mistakes mistakes;
  private final OptionTypes types;

  /** The records being read, the outermost first: one inside itself would have no end. */
  private final Deque<TypeElement> within = new ArrayDeque<>();

  OptionReader(ProcessingEnvironment environment, Mistakes mistakes) {
    this.mistakes = mistakes;
    this.types = new OptionTypes(environment, this);
  }

  /** The options in the order of the components, or null for a record that contains itself. */
  @Nullable ArrayNode readNested(TypeElement options) {
    return within.contains(options) ? null : read(options);
  }

  ArrayNode read(TypeElement options) {
    within.push(options);
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    var names = new HashSet<String>();
    for (RecordComponentElement component : options.getRecordComponents()) {
      ObjectNode option = read(component);
      String name = option.get("name").stringValue();
      mistakes.unless(
          names.add(name), component, "another component is the option `" + name + "` already");
      all.add(option);
    }
    within.pop();
    return all;
  }

  private ObjectNode read(RecordComponentElement component) {
    String name = Names.option(component.getSimpleName().toString());
    mistakes.unless(
        Names.isWord(name), component, "`" + name + "` is no name for an option: [a-z][a-z0-9_]*");
    ObjectNode option = JsonNodeFactory.instance.objectNode().put("name", name);
    var type = types.read(component.asType());
    switch (type) {
      case OptionTypes.Type.Known known -> {
        option.set("type", known.json());
        checkDefault(component, known);
      }
      case OptionTypes.Type.Unknown unknown -> mistakes.at(component, unknown.reason());
    }
    Doc doc = component.getAnnotation(Doc.class);
    if (doc == null || doc.value().isBlank()) {
      mistakes.at(component, "an option needs a @Doc that says what it means");
    }
    option.put("doc", doc == null ? "" : doc.value());
    Default standard = component.getAnnotation(Default.class);
    option.put("required", standard == null && !isNullable(component));
    if (standard != null) {
      option.put("default", standard.value());
    }
    if (component.getAnnotation(Secret.class) != null) {
      option.put("secret", true);
    }
    putKinds(option, component);
    return option;
  }

  /** What a step reads and emits that gives this option, or chooses this constant. */
  static void putKinds(ObjectNode json, Element element) {
    Accepts accepts = element.getAnnotation(Accepts.class);
    if (accepts != null) {
      DeclarationReader.putKinds(json.putArray("accepts"), accepts.value());
    }
    Emits emits = element.getAnnotation(Emits.class);
    if (emits != null) {
      json.put("emits", DeclarationReader.word(emits.value()));
    }
  }

  private void checkDefault(RecordComponentElement component, OptionTypes.Type.Known type) {
    boolean primitive = component.asType().getKind().isPrimitive();
    if (isNullable(component) && primitive) {
      mistakes.at(component, "a primitive is never null: use the class, as in @Nullable Integer");
    }
    Default standard = component.getAnnotation(Default.class);
    if (standard == null) {
      return;
    }
    if (isNullable(component)) {
      mistakes.at(component, "an option has a @Default or is @Nullable, not both");
    }
    String wrong = DefaultCheck.problem(standard.value(), type.json());
    if (wrong != null) {
      mistakes.at(component, wrong);
    }
  }

  /** Whichever {@code @Nullable} it is: JSpecify's is on the type, older ones on the component. */
  private static boolean isNullable(RecordComponentElement component) {
    return isNullable((AnnotatedConstruct) component)
        || isNullable(component.asType())
        || isNullable(component.getAccessor().getReturnType());
  }

  private static boolean isNullable(AnnotatedConstruct construct) {
    return construct.getAnnotationMirrors().stream()
        .anyMatch(
            one -> one.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable"));
  }

  private static boolean isNullable(TypeMirror type) {
    return isNullable((AnnotatedConstruct) type);
  }
}
