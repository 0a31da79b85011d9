package dev.nightjar.runtime.journal;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes records of any type, by their components, with values that are easily lost. */
final class Samples {

  /** What the components hold. */
  enum Filling {
    /** As much as there can be. */
    FULL,
    /** Nothing where there can be nothing, and the numbers that stand for nothing. */
    EMPTY
  }

  private final Random random;
  private final Filling filling;

  Samples(long seed, Filling filling) {
    this.random = new Random(seed);
    this.filling = filling;
  }

  /** An instance of each kind of event there is. */
  Stream<Event> events() {
    return Arrays.stream(Event.class.getPermittedSubclasses()).map(kind -> (Event) record(kind));
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = Stream.of(components).map(this::component).toArray();
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private @Nullable Object component(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    boolean optional = type.isAnnotationPresent(Nullable.class);
    return optional && filling == Filling.EMPTY ? null : value(component.getGenericType());
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class ? list(generic) : map(generic);
    }
    return scalar((Class<?>) type);
  }

  private Object scalar(Class<?> type) {
    if (type.isRecord()) {
      return record(type);
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    return switch (type.getSimpleName()) {
      case "String" -> text();
      case "int" -> filling == Filling.EMPTY ? -1 : random.nextInt();
      case "long", "Long" -> filling == Filling.EMPTY ? -1L : random.nextLong();
      case "long[]" -> new long[] {random.nextLong(), Long.MAX_VALUE};
      case "double" -> random.nextDouble();
      case "boolean" -> random.nextBoolean();
      case "Instant" -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case "Duration" ->
          Duration.ofSeconds(random.nextLong(1L << 40), random.nextInt(1_000_000_000));
      case "JsonNode" -> tree();
      default -> throw new AssertionError("make a sample of " + type);
    };
  }

  private List<Object> list(ParameterizedType type) {
    Type element = type.getActualTypeArguments()[0];
    int size = filling == Filling.EMPTY ? 0 : 3;
    return Stream.generate(() -> value(element)).limit(size).toList();
  }

  private Map<Object, Object> map(ParameterizedType type) {
    Type[] types = type.getActualTypeArguments();
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < 3 && filling == Filling.FULL; i++) {
      map.put(value(types[0]), value(types[1]));
    }
    return map;
  }

  /** With what a writer has to escape. */
  private String text() {
    return filling == Filling.EMPTY
        ? ""
        : "é\"\\\n\u0000\u2028 😀 " + Long.toHexString(random.nextLong());
  }

  private JsonNode tree() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (filling == Filling.EMPTY) {
      return nodes.objectNode();
    }
    var tree = nodes.objectNode().put(text(), random.nextInt()).putNull("nothing");
    tree.put("long", Long.MIN_VALUE).put("double", 1.0E10).put("decimal", new BigDecimal("1.10"));
    tree.set("as written", DataRecord.text("[1.00, 1E+5, -0]", Origin.NONE).parsed().json());
    tree.putArray("array").add(true).addObject().put("text", text());
    return tree;
  }
}
