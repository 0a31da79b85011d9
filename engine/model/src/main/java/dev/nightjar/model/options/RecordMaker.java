package dev.nightjar.model.options;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes instances of one record class, which may come from a plugin's class loader. */
final class RecordMaker {

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final List<Type> types;

  RecordMaker(Class<?> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    this.types = Arrays.stream(components).map(RecordComponent::getGenericType).toList();
    Class<?>[] erased =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      this.constructor = type.getDeclaredConstructor(erased);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("the record " + type.getName() + " has no constructor", e);
    }
    // Records of plugins need not be public.
    constructor.setAccessible(true);
  }

  /** The types of its components, in order. */
  List<Type> types() {
    return types;
  }

  /**
   * A record of these values.
   *
   * @throws IllegalArgumentException as its constructor throws it
   */
  Object make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  static Class<? extends Record> recordClass(Type type) {
    return ((Class<?>) type).asSubclass(Record.class);
  }

  /** The enum's constant that was declared under this name. */
  static Object constant(Type type, OptionType.Constant constant) {
    for (Object one : ((Class<?>) type).getEnumConstants()) {
      if (((Enum<?>) one).name().equals(constant.constant())) {
        return one;
      }
    }
    throw new IllegalStateException(
        type.getTypeName() + " has no " + constant.constant() + " that its plugin declares");
  }
}
