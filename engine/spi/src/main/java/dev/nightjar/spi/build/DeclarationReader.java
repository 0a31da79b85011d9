package dev.nightjar.spi.build;

import dev.nightjar.spi.Control;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Sink;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.spi.Task;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and checks the declaration of one processor. */
final class DeclarationReader {

  private static final Set<String> OUTPUT_TYPES =
      Set.of("string", "integer", "number", "boolean", "list", "map", "any");

  private final ProcessingEnvironment environment;
  private final Types types;
  private final Mistakes mistakes;

  DeclarationReader(ProcessingEnvironment environment, Mistakes mistakes) {
    this.environment = environment;
    this.types = environment.getTypeUtils();
    this.mistakes = mistakes;
  }

  /** The four kinds of processors, named as in the file. */
  private enum Shape {
    RECORD(RecordProcessor.class),
    STREAM(StreamProcessor.class),
    TASK(Task.class),
    CONTROL(Control.class);

    private final Class<?> type;

    Shape(Class<?> type) {
      this.type = type;
    }
  }

  /** What stands in the file; of a declaration with mistakes, as much as can be read. */
  ObjectNode read(TypeElement element) {
    ProcessorSpec spec = element.getAnnotation(ProcessorSpec.class);
    Shape shape = shape(element);
    checkClass(element);
    checkSpec(element, spec);
    if (shape != null) {
      checkFlow(element, spec, shape);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", spec.name());
    json.put("summary", spec.summary());
    json.put("shape", word(shape == null ? Shape.RECORD : shape));
    putKinds(json.putArray("accepts"), spec.accepts());
    json.put("emits", word(spec.emits()));
    json.put("effect", word(spec.effect()));
    json.put("scope", word(spec.scope()));
    putBlocks(json.putArray("blocks"), spec);
    ArrayNode bindings = json.putArray("bindings");
    Arrays.stream(spec.bindings()).forEach(bindings::add);
    putOutputs(json.putArray("outputs"), spec);
    json.put("class", environment.getElementUtils().getBinaryName(element).toString());
    TypeElement options = shape == null ? null : options(element, shape);
    json.set(
        "options",
        options == null
            ? JsonNodeFactory.instance.arrayNode()
            : new OptionReader(environment, mistakes).read(options));
    return json;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static void putKinds(ArrayNode array, Kind[] kinds) {
    for (Kind kind : kinds) {
      array.add(word(kind));
    }
  }

  private void putBlocks(ArrayNode array, ProcessorSpec spec) {
    for (String block : spec.blocks()) {
      array.addObject().put("name", blockName(block)).put("required", !block.endsWith("?"));
    }
  }

  private static String blockName(String block) {
    return block.endsWith("?") ? block.substring(0, block.length() - 1) : block;
  }

  private void putOutputs(ArrayNode array, ProcessorSpec spec) {
    for (ProcessorSpec.OutputSpec output : spec.outputs()) {
      array
          .addObject()
          .put("name", output.name())
          .put("type", output.type())
          .put("summary", output.summary());
    }
  }

  private @Nullable Shape shape(TypeElement element) {
    List<Shape> shapes =
        Arrays.stream(Shape.values())
            .filter(shape -> types.isSubtype(erased(element.asType()), erased(type(shape))))
            .toList();
    mistakes.unless(
        shapes.size() == 1,
        element,
        "a class with @ProcessorSpec implements one of RecordProcessor, StreamProcessor, Task and"
            + " Control");
    return shapes.size() == 1 ? shapes.getFirst() : null;
  }

  private boolean isSink(TypeElement element) {
    return types.isSubtype(erased(element.asType()), erased(type(Sink.class)));
  }

  private TypeMirror type(Shape shape) {
    return type(shape.type);
  }

  private TypeMirror type(Class<?> type) {
    return Objects.requireNonNull(
            environment.getElementUtils().getTypeElement(type.getCanonicalName()))
        .asType();
  }

  private TypeMirror erased(TypeMirror type) {
    return types.erasure(type);
  }

  private void checkClass(TypeElement element) {
    mistakes.unless(
        element.getKind() == ElementKind.CLASS
            && !element.getModifiers().contains(Modifier.ABSTRACT),
        element,
        "a processor is a class that is not abstract");
    for (Element at = element;
        at != null && at.getKind() != ElementKind.PACKAGE;
        at = at.getEnclosingElement()) {
      mistakes.unless(
          at.getModifiers().contains(Modifier.PUBLIC),
          element,
          "the engine makes instances of a processor: " + at.getSimpleName() + " has to be public");
    }
    mistakes.unless(
        !element.getNestingKind().isNested() || element.getModifiers().contains(Modifier.STATIC),
        element,
        "a processor inside another class has to be static");
    // A constructor that nobody wrote is as visible as its class.
    if (element.getModifiers().contains(Modifier.PUBLIC)) {
      mistakes.unless(
          ElementFilter.constructorsIn(element.getEnclosedElements()).stream()
              .anyMatch(DeclarationReader::isUsable),
          element,
          "a processor needs a public constructor without arguments");
    }
  }

  private static boolean isUsable(ExecutableElement constructor) {
    return constructor.getParameters().isEmpty()
        && constructor.getModifiers().contains(Modifier.PUBLIC);
  }

  private void checkSpec(TypeElement element, ProcessorSpec spec) {
    mistakes.unless(
        Names.isProcessor(spec.name()),
        element,
        "the name `" + spec.name() + "` is not of the form plugin.processor, both [a-z][a-z0-9_]*");
    mistakes.unless(!spec.summary().isBlank(), element, "summary must say what the processor does");
    var blocks = new HashSet<String>();
    for (String block : spec.blocks()) {
      String name = blockName(block);
      mistakes.unless(
          Names.isWord(name), element, "the block `" + block + "` is not named [a-z][a-z0-9_]*");
      mistakes.unless(blocks.add(name), element, "the block `" + name + "` is declared twice");
    }
    for (String name : spec.bindings()) {
      mistakes.unless(
          Names.isWord(name), element, "the binding `" + name + "` is not named [a-z][a-z0-9_]*");
    }
    var outputs = new HashSet<String>();
    for (ProcessorSpec.OutputSpec output : spec.outputs()) {
      checkOutput(element, output);
      mistakes.unless(
          outputs.add(output.name()),
          element,
          "the output `" + output.name() + "` is declared twice");
    }
  }

  private void checkOutput(TypeElement element, ProcessorSpec.OutputSpec output) {
    String subject = "the output `" + output.name() + "`";
    mistakes.unless(
        Names.isWord(output.name()), element, subject + " is not named [a-z][a-z0-9_]*");
    mistakes.unless(
        OUTPUT_TYPES.contains(output.type()),
        element,
        subject
            + " has no type `"
            + output.type()
            + "`: "
            + OUTPUT_TYPES.stream().sorted().toList());
    mistakes.unless(!output.summary().isBlank(), element, subject + " needs a summary");
  }

  private void checkFlow(TypeElement element, ProcessorSpec spec, Shape shape) {
    boolean reads = spec.accepts().length > 0;
    boolean emits = spec.emits() != Emitted.NONE;
    boolean blocks = spec.blocks().length > 0;
    switch (shape) {
      case RECORD ->
          mistakes.unless(reads, element, "a RecordProcessor accepts at least one kind of records");
      case STREAM ->
          mistakes.unless(
              reads || emits,
              element,
              "a StreamProcessor accepts or emits records; work without records is a Task");
      case TASK -> {
        mistakes.unless(!reads, element, "a Task reads no records and accepts nothing");
        mistakes.unless(!emits, element, "a Task emits nothing; a StreamProcessor may");
      }
      case CONTROL ->
          mistakes.unless(blocks, element, "a Control declares the blocks of steps it runs");
    }
    mistakes.unless(
        !isSink(element) || (reads && !emits), element, "a Sink accepts records and emits nothing");
    mistakes.unless(
        !blocks || shape == Shape.CONTROL, element, "only a Control runs blocks of steps");
    mistakes.unless(
        spec.bindings().length == 0 || blocks,
        element,
        "bindings are for nested steps, and no blocks are declared");
    mistakes.unless(
        spec.emits() != Emitted.SAME || reads,
        element,
        "emits SAME is the kind that is read, and nothing is accepted");
  }

  /** The record that the processor's type argument names. */
  private @Nullable TypeElement options(TypeElement element, Shape shape) {
    DeclaredType parent = parent(element.asType(), shape);
    if (parent != null
        && parent.getTypeArguments().size() == 1
        && types.asElement(parent.getTypeArguments().getFirst()) instanceof TypeElement options
        && options.getKind() == ElementKind.RECORD) {
      mistakes.unless(
          options.getTypeParameters().isEmpty(),
          options,
          "an options record has no type parameters");
      return options;
    }
    mistakes.at(element, "the options of a processor are a record, named as its type argument");
    return null;
  }

  private @Nullable DeclaredType parent(TypeMirror type, Shape shape) {
    if (type instanceof DeclaredType declared
        && types.isSameType(erased(type), erased(type(shape)))) {
      return declared;
    }
    for (TypeMirror above : types.directSupertypes(type)) {
      DeclaredType found = parent(above, shape);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
