package dev.nightjar.model.options;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.Expression;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.Records;
import dev.nightjar.spi.Secret;
import dev.nightjar.spi.Template;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The options of a record that the engine itself knows, such as {@code RetryPolicy}. */
public final class OptionDeclarations {

  private static final Pattern WORD_END =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /** The compiler's part has the same table for plugins; a test compares them. */
  private static final Map<Class<?>, OptionType.Simple> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, OptionType.Simple.STRING),
          Map.entry(boolean.class, OptionType.Simple.BOOLEAN),
          Map.entry(Boolean.class, OptionType.Simple.BOOLEAN),
          Map.entry(int.class, OptionType.Simple.INTEGER),
          Map.entry(Integer.class, OptionType.Simple.INTEGER),
          Map.entry(long.class, OptionType.Simple.LONG),
          Map.entry(Long.class, OptionType.Simple.LONG),
          Map.entry(double.class, OptionType.Simple.NUMBER),
          Map.entry(Double.class, OptionType.Simple.NUMBER),
          Map.entry(Duration.class, OptionType.Simple.DURATION),
          Map.entry(Path.class, OptionType.Simple.PATH),
          Map.entry(LocalDate.class, OptionType.Simple.DATE),
          Map.entry(JsonNode.class, OptionType.Simple.JSON),
          Map.entry(FieldPath.class, OptionType.Simple.FIELD_PATH),
          Map.entry(Expression.class, OptionType.Simple.EXPRESSION),
          Map.entry(Template.class, OptionType.Simple.TEMPLATE),
          Map.entry(Records.class, OptionType.Simple.RECORDS));

  private OptionDeclarations() {}

  /**
   * The options of a record, in the order of its components; the same as a plugin's build makes of
   * it.
   *
   * @throws IllegalArgumentException when a component cannot be an option
   */
  public static List<OptionDeclaration> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(OptionDeclarations::option).toList();
  }

  private static OptionDeclaration option(RecordComponent component) {
    Default standard = component.getAnnotation(Default.class);
    boolean nullable =
        Stream.of(component.getAnnotations(), component.getAnnotatedType().getAnnotations())
            .flatMap(Arrays::stream)
            .map(Annotation::annotationType)
            .anyMatch(one -> one.getSimpleName().equals("Nullable"));
    return new OptionDeclaration(
        WORD_END.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT),
        type(component.getGenericType()),
        doc(component),
        standard == null && !nullable,
        standard == null ? null : standard.value(),
        component.isAnnotationPresent(Secret.class),
        accepts(component),
        emits(component));
  }

  private static OptionType type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new OptionType.ListOf(type(arguments[0]));
      }
      if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new OptionType.MapOf(type(arguments[1]));
      }
    }
    if (type instanceof Class<?> simple) {
      OptionType known = SIMPLE.get(simple);
      if (known != null) {
        return known;
      }
      if (simple.isEnum()) {
        return new OptionType.Choice(
            Arrays.stream(simple.getFields())
                .filter(Field::isEnumConstant)
                .map(OptionDeclarations::constant)
                .toList());
      }
      if (simple.isRecord()) {
        return new OptionType.Nested(of(simple.asSubclass(Record.class)));
      }
    }
    throw new IllegalArgumentException("an option cannot be a " + type.getTypeName());
  }

  private static OptionType.Constant constant(Field field) {
    return new OptionType.Constant(
        field.getName().toLowerCase(Locale.ROOT),
        field.getName(),
        doc(field),
        accepts(field),
        emits(field));
  }

  private static String doc(AnnotatedElement element) {
    Doc doc = element.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  private static @Nullable List<Kind> accepts(AnnotatedElement element) {
    Accepts accepts = element.getAnnotation(Accepts.class);
    return accepts == null ? null : List.of(accepts.value());
  }

  private static @Nullable Emitted emits(AnnotatedElement element) {
    Emits emits = element.getAnnotation(Emits.class);
    return emits == null ? null : emits.value();
  }
}
