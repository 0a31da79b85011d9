package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Place;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The values of all options of one record. Used by many threads. */
final class RecordSetting {

  private final Place place;
  private final List<Slot> slots;

  /**
   * An option and its value.
   *
   * @param given null when it is not
   * @param standard the default, where it may be needed
   */
  record Slot(OptionDeclaration option, @Nullable Setting given, @Nullable Setting standard) {

    @Nullable Setting effective() {
      return given == null ? standard : given;
    }
  }

  RecordSetting(Place place, List<Slot> slots) {
    this.place = place;
    this.slots = List.copyOf(slots);
  }

  Place place() {
    return place;
  }

  List<Slot> slots() {
    return slots;
  }

  /** The values that will be bound, those of defaults included. */
  List<Setting> settings() {
    var settings = new ArrayList<Setting>(slots.size());
    for (Slot slot : slots) {
      Setting effective = slot.effective();
      if (effective != null) {
        settings.add(effective);
      }
    }
    return settings;
  }

  /**
   * The record.
   *
   * @throws OptionFailure when a value does not fit
   */
  <R extends Record> R bind(Class<R> type, Binding binding) {
    RecordMaker known = binding.makers().of(type);
    if (known.types().size() != slots.size()) {
      throw new IllegalStateException(
          type.getName() + " is not the record that its plugin declares");
    }
    var values = new @Nullable Object[slots.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(slots.get(i), known.types().get(i), binding);
    }
    try {
      return type.cast(known.make(values));
    } catch (IllegalArgumentException e) {
      String message =
          Objects.requireNonNullElse(e.getMessage(), "the options do not fit together");
      throw Setting.failure(placeOf(message), message);
    }
  }

  private @Nullable Object value(Slot slot, Type type, Binding binding) {
    Object value = slot.given() == null ? null : slot.given().bind(type, binding);
    if (value == null && slot.standard() != null) {
      value = slot.standard().bind(type, binding);
    }
    if (value == null && slot.option().required()) {
      Place at = slot.given() == null ? place : slot.given().place();
      throw Setting.failure(
          at, "`" + slot.option().name() + "` is required, and its value is null");
    }
    return value;
  }

  /** Where the option that a message names first was given, or the place of all. */
  private Place placeOf(String message) {
    Place found = place;
    int first = Integer.MAX_VALUE;
    for (Slot slot : slots) {
      var name = Pattern.compile("(?<![a-z0-9_])" + slot.option().name() + "(?![a-z0-9_])");
      var matcher = name.matcher(message);
      if (slot.given() != null && matcher.find() && matcher.start() < first) {
        first = matcher.start();
        found = slot.given().place();
      }
    }
    return found;
  }

  /**
   * The options that were given, as a person would write them.
   *
   * @param secret what is shown for a secret
   */
  ObjectNode describe(UnaryOperator<JsonNode> secret) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Slot slot : slots) {
      if (slot.given() != null) {
        JsonNode written = slot.given().describe(secret);
        object.set(slot.option().name(), slot.option().secret() ? secret.apply(written) : written);
      }
    }
    return object;
  }

  /** These settings and all inside them. */
  static List<Setting> flat(List<Setting> settings) {
    var all = new ArrayList<Setting>();
    for (Setting setting : settings) {
      all.add(setting);
      List<Setting> parts = setting.parts();
      if (!parts.isEmpty()) {
        all.addAll(flat(parts));
      }
    }
    return all;
  }
}
