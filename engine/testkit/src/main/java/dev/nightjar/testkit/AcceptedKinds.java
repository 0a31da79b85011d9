package dev.nightjar.testkit;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of records a processor reads: as declared, or as an option that is given says. */
final class AcceptedKinds {

  private AcceptedKinds() {}

  static List<Kind> of(ProcessorSpec spec, Record options) {
    var kinds = new ArrayList<Kind>();
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      Object value = value(component, options);
      if (given(value)) {
        add(component.getAnnotation(Accepts.class), kinds);
      }
      if (value instanceof Enum<?> choice) {
        add(ofChoice(choice), kinds);
      }
    }
    return kinds.isEmpty() ? List.of(spec.accepts()) : kinds;
  }

  private static void add(@Nullable Accepts accepts, List<Kind> kinds) {
    if (accepts != null) {
      kinds.addAll(List.of(accepts.value()));
    }
  }

  private static boolean given(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Collection<?> values -> !values.isEmpty();
      case Map<?, ?> values -> !values.isEmpty();
      case Boolean on -> on;
      default -> true;
    };
  }

  private static @Nullable Object value(RecordComponent component, Record options) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Accepts ofChoice(Enum<?> choice) {
    try {
      return choice.getDeclaringClass().getField(choice.name()).getAnnotation(Accepts.class);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
