package dev.nightjar.stage.plugin;

import dev.nightjar.spi.Control;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.spi.Task;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;

/** Finds the options record of a processor. */
public final class OptionsClass {

  private static final Set<Type> KINDS =
      Set.of(RecordProcessor.class, StreamProcessor.class, Task.class, Control.class);

  private OptionsClass() {}

  /**
   * The record {@code C} of a class that implements one of the four kinds with it.
   *
   * @throws IllegalStateException when the class does not say
   */
  @SuppressWarnings("unchecked")
  public static Class<? extends Record> of(Processor<?> processor) {
    for (Class<?> type = processor.getClass(); type != null; type = type.getSuperclass()) {
      for (Type implemented : type.getGenericInterfaces()) {
        if (implemented instanceof ParameterizedType kind
            && KINDS.contains(kind.getRawType())
            && kind.getActualTypeArguments()[0] instanceof Class<?> options) {
          return (Class<? extends Record>) options;
        }
      }
    }
    throw new IllegalStateException(
        processor.getClass().getName() + " does not name its options record");
  }
}
